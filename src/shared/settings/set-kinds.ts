/** What can be made of the thumbnails of a run together, by the keys of the settings that name its file. */
export const setKinds = ['manifest', 'gallery', 'contactSheet'] as const;
export type SetKind = (typeof setKinds)[number];

/** How the names of their files end. */
export const extensionsOfSets: Readonly<Record<SetKind, readonly string[]>> = {
  manifest: ['.json'],
  gallery: ['.html', '.htm'],
  contactSheet: ['.pdf', '.jpg', '.jpeg', '.png'],
};

/** Whether a request asks for any of them. */
export function asksForSets(request: object): boolean {
  return setKinds.some((kind) => (request as Readonly<Record<string, unknown>>)[kind] !== undefined);
}

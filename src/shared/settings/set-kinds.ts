/** What can be made of the thumbnails of a run together, by the keys of the settings that name its file. */
export const setKinds = ['manifest', 'gallery', 'contactSheet'] as const;
export type SetKind = (typeof setKinds)[number];

/** How the names of their files end. */
export const extensionsOfSets: Readonly<Record<SetKind, readonly string[]>> = {
  manifest: ['.json'],
  gallery: ['.html', '.htm'],
  contactSheet: ['.pdf', '.jpg', '.jpeg', '.png'],
};

/** What the window calls them, in the output folder. */
export const usualSetNames: Readonly<Record<SetKind, string>> = {
  manifest: 'manifest.json',
  gallery: 'gallery.html',
  contactSheet: 'contact-sheet.pdf',
};

/** Which of them a request asks for. */
export function setsOf(request: object): SetKind[] {
  return setKinds.filter((kind) => (request as Readonly<Record<string, unknown>>)[kind] !== undefined);
}

/** Whether a request asks for any of them. */
export function asksForSets(request: object): boolean {
  return setsOf(request).length > 0;
}

/** The same request for a run that is only tried: it writes nothing but thumbnails. */
export function withoutSets<Request extends object>(request: Request): Request {
  return { ...request, manifest: undefined, gallery: undefined, contactSheet: undefined };
}

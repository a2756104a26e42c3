/**
 * Whether an `X-Robots-Tag` asks that the file not be used for training: `noai` or `noimageai`, addressed to everybody.
 * A directive for one named robot is ignored.
 */
export function forbidsAi(header: string | string[] | undefined): boolean {
  return [header ?? []]
    .flat()
    .flatMap((value) => value.split(','))
    .some((directive) => /^(noai|noimageai)$/i.test(directive.trim()));
}

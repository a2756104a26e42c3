import picomatch from 'picomatch';

/** @param below a name, or the path below a root with `/` as separator. */
export type NameMatcher = (below: string) => boolean;

/**
 * Tells which names a glob matches: one without a slash is matched against the last part of a path. Case and the form of
 * accents (NFC or NFD) do not matter.
 */
export function nameMatcher(glob: string): NameMatcher {
  const matches = picomatch(glob.normalize('NFC'), { nocase: true, basename: !glob.includes('/') });
  return (below) => matches(below.normalize('NFC'));
}

import { type NameMatcher, nameMatcher } from '../../names/name-matcher.ts';

/** Which files and folders a person wants walked. Case and the form of accents (NFC or NFD) do not matter. */
export interface SelectionOptions {
  /** A glob that files must match. One without a slash is matched against names, otherwise against paths below the root. */
  readonly match?: string | undefined;
  /** Globs of files and folders that are left out, matched likewise. */
  readonly exclude?: readonly string[] | undefined;
}

/**
 * Folders that systems and devices keep for themselves, in lower case: previews of network storages (Synology, QNAP), bins,
 * restore points, what macOS packs beside the files of an archive. What is in them repeats images, or was deleted.
 */
const systemFolders = new Set([
  '@eadir',
  '@recycle',
  '@recently-snapshot',
  '@sharebin',
  '@sharesnap',
  '@tmp',
  '#recycle',
  '#snapshot',
  '$recycle.bin',
  'recycler',
  'recycled',
  'system volume information',
  '__macosx',
  'lost+found',
]);

/** Whether a folder is not walked, for its name, unless it is given itself. Names that begin with a dot are hidden anyway. */
export function isSystemFolder(name: string): boolean {
  return systemFolders.has(name.toLowerCase());
}

export class Selection {
  readonly #matches: NameMatcher;
  readonly #excluded: readonly NameMatcher[];

  constructor({ match, exclude = [] }: SelectionOptions) {
    this.#matches = match === undefined ? () => true : nameMatcher(match);
    // `cache/` is how a folder is written in lists of what to leave out.
    this.#excluded = exclude.map((glob) => nameMatcher(glob.replace(/(?<=.)\/+$/, '')));
  }

  /** @param below the path below the root, with `/` as separator. */
  matches(below: string): boolean {
    return this.#matches(below);
  }

  excludes(below: string): boolean {
    return this.#excluded.some((matches) => matches(below));
  }
}

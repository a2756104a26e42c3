/** The names taken so far. A `Set`, or a `SeenSet` if there may be a million. */
interface TakenNames {
  readonly size: number;
  has(name: string): boolean;
  add(name: string): unknown;
}

/** Gives out each name only once. */
export class NameClaims {
  readonly #taken: TakenNames;

  constructor(taken: TakenNames = new Set()) {
    this.#taken = taken;
  }

  /**
   * Claims the first candidate that does not clash with a name taken before.
   * @param candidates in order of preference.
   * @param keysOf the keys of all names that a candidate takes, in the form for comparison.
   * @returns the last candidate if all of them clash.
   */
  claim<Candidate>(
    candidates: Iterable<Candidate>,
    keysOf: (candidate: Candidate) => readonly string[],
  ): Candidate {
    let last: { readonly candidate: Candidate } | undefined;
    for (const candidate of candidates) {
      if (this.#take(keysOf(candidate))) return candidate;
      last = { candidate };
    }
    if (!last) throw new RangeError('Expected at least one name to choose from.');
    return last.candidate;
  }

  #take(keys: readonly string[]): boolean {
    const taken = this.#taken;
    // A single key, the usual case, is looked up only once.
    if (keys.length > 1 && keys.some((key) => taken.has(key))) return false;
    const before = taken.size;
    for (const key of keys) taken.add(key);
    return taken.size > before;
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII.
const ascii = /^[\x00-\x7f]*$/;

/**
 * The form for comparing names, as the folder may be on, or be copied to, a volume that does not tell case: names that are
 * one on any of them are one here. By capitals first, as NTFS does, so that both small sigmas are one letter; a sharp s is
 * two letters, as in the full folding of Unicode.
 */
export function foldedName(name: string): string {
  if (ascii.test(name)) return name.toLowerCase();
  return name.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
}

/** The names that are taken. A `Set`, or a `SeenSet` where there may be a million. */
interface TakenNames {
  readonly size: number;
  has(name: string): boolean;
  add(name: string): unknown;
}

/** Hands out names, each once. */
export class NameClaims {
  readonly #taken: TakenNames;

  constructor(taken: TakenNames = new Set()) {
    this.#taken = taken;
  }

  /**
   * Takes the first candidate that clashes with nothing taken before.
   * @param candidates the best one first.
   * @param keysOf all that a candidate takes, as it is compared.
   * @returns the last candidate where all of them clash.
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
    // The usual one is looked up once and not twice.
    if (keys.length > 1 && keys.some((key) => taken.has(key))) return false;
    const before = taken.size;
    for (const key of keys) taken.add(key);
    return taken.size > before;
  }
}

/** Names are compared without case: the folder may be on, or be copied to, a file system that does not tell case apart. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

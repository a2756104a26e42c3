/** So many of a kind are told one by one; of the rest, which may be millions, only how many there are. */
const toldByName = 5;

const sentences = {
  back: (folder: string) => `${folder} is a symlink back to a folder above it; not walked.`,
  again: (folder: string) =>
    `${folder} leads to a folder that is walked under another path; not walked twice.`,
};

/** The paths that a walk did not take because they lead to folders that it takes by others. */
export class PathsLeftOut {
  readonly #root: string;
  readonly #counts = { back: 0, again: 0 };

  constructor(root: string) {
    this.#root = root;
  }

  /** @returns what a person is told of it at once. */
  add(kind: keyof typeof sentences, folder: string): string | undefined {
    this.#counts[kind] += 1;
    return this.#counts[kind] <= toldByName ? sentences[kind](folder) : undefined;
  }

  /** What is told in the end of those that were not told one by one. */
  rest(): string | undefined {
    const more = Object.values(this.#counts).reduce((sum, count) => sum + Math.max(0, count - toldByName), 0);
    if (more === 0) return undefined;
    const lead = more === 1 ? 'One more path leads' : `${more} more paths lead`;
    return `${lead} to folders in ${this.#root} that are walked under others; each folder is walked once.`;
  }
}

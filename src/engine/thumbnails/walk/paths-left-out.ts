/** How many paths of each kind are reported by name; of the rest, which may be millions, only the number. */
const toldByName = 5;

const sentences = {
  back: (folder: string) => `${folder} is a symlink back to a folder above it; not walked.`,
  again: (folder: string) =>
    `${folder} leads to a folder that is walked under another path; not walked twice.`,
};

/** The paths that a walk did not follow, because they lead to folders that it reaches by other paths. */
export class PathsLeftOut {
  readonly #root: string;
  readonly #counts = { back: 0, again: 0 };

  constructor(root: string) {
    this.#root = root;
  }

  /** @returns the warning to give now, if any. */
  add(kind: keyof typeof sentences, folder: string): string | undefined {
    this.#counts[kind] += 1;
    return this.#counts[kind] <= toldByName ? sentences[kind](folder) : undefined;
  }

  /** The final warning about the paths that were not reported by name. */
  rest(): string | undefined {
    const more = Object.values(this.#counts).reduce((sum, count) => sum + Math.max(0, count - toldByName), 0);
    if (more === 0) return undefined;
    const lead = more === 1 ? 'One more path leads' : `${more} more paths lead`;
    return `${lead} to folders in ${this.#root} that are walked under others; each folder is walked once.`;
  }
}

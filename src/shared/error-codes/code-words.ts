/** The words for a code. They name no flag and no part of the window, except in the variants for one of these. */
export interface CodeWords {
  /** The heading over the items that failed with this code. */
  readonly title: string;
  /** What a person can do about it. */
  readonly advice: string;
  /** The advice for the command line, which may name flags. */
  readonly atTerminal?: string;
  /** The advice for the window, where the title stands beside it. */
  readonly inWindow?: string;
}

export type CodeTable = Readonly<Record<string, CodeWords>>;

/** The words of a code. They name no flag and no part of the window, but in the words that are for one of these. */
export interface CodeWords {
  /** A heading over the items that failed so. */
  readonly title: string;
  /** What a person can do about it. */
  readonly advice: string;
  /** The same in the words of the command line, which may name flags. */
  readonly atTerminal?: string;
  /** The same in the words of the window, where the heading stands beside it. */
  readonly inWindow?: string;
}

export type CodeTable = Readonly<Record<string, CodeWords>>;

import type { ItemResult, Summary } from '../../shared/result.ts';

/** How a run is told to whoever started it. */
export interface Reporter {
  total(total: number): void;
  result(result: ItemResult): void;
  warning(warning: string): void;
  /** @param interruption where the run was ended before its items were. */
  summary(summary: Summary, interruption?: Interruption): void;
}

export interface Interruption {
  /** How many items there would have been, where the source had been read that far. */
  readonly planned: number | undefined;
}

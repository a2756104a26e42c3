import type { ItemResult, Summary } from '../../shared/result.ts';

/** How a run is told to whoever started it. */
export interface Reporter {
  total(total: number): void;
  result(result: ItemResult): void;
  warning(warning: string): void;
  summary(summary: Summary): void;
}

import type { RunStanding } from '../../engine/cluster/front-ends/index.ts';
import type { Forecast } from '../../engine/run/front-ends/index.ts';
import type { Limit } from '../../shared/limits/limit.ts';
import type { ItemResult, RemovedOutput, Summary } from '../../shared/result.ts';

/** Reports a run to whoever started it. */
export interface Reporter {
  /** Absent if it tells no total, not even of a run that was interrupted: then nobody need count the items beforehand. */
  total?(total: number): void;
  result(result: ItemResult): void;
  warning(warning: string): void;
  /** A thumbnail whose original is gone was removed, or of a dry run would be. */
  removed?(removed: RemovedOutput): void;
  /** What limits the run of late. Absent if it is told only at the end. */
  limit?(limit: Limit): void;
  /** How far a run is that workers have, and who works on it. Absent if that is not told. */
  standing?(standing: RunStanding): void;
  /** What a dry run foretells of the run. Absent if it is told after the summary, which a person reads first. */
  forecast?(forecast: Foretold): void;
  /** @param interruption given if the run ended before all of its items did. */
  summary(summary: Summary, interruption?: Interruption): void;
  /** In the place of the summary, where the run could not begin and the command goes on. */
  stop?(): void;
}

export interface Interruption {
  /** The number of items of the whole run, if the source had been read to its end. */
  readonly planned: number | undefined;
}

/** A forecast, and the pool size that it is for. */
export type Foretold = Forecast & { readonly poolSize: number };

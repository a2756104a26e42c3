import { bytesWritten, type ItemResult, type Status } from '../result.ts';

/** What was counted of items that have ended. */
interface Counted {
  readonly counts: Readonly<Record<Status, number>>;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** How far a run is by what those tell who do it: its results come later. */
export type Reached = Omit<Counted, 'counts'> & Readonly<Record<Exclude<Status, 'cancelled'>, number>>;

/** The progress of a run: its counters. Plain data, made by pure functions from results; its pace is that of `Pace`. */
export interface Progress extends Counted {
  /** What was told ahead of the results, and the results alone. */
  readonly ahead?: { readonly reached: Reached; readonly results: Counted } | undefined;
  /** The number of items, as far as it is known. */
  readonly total: number | undefined;
}

export function beginProgress(): Progress {
  const counts = { done: 0, skipped: 0, failed: 0, cancelled: 0 };
  return { counts, bytesIn: 0, bytesOut: 0, total: undefined };
}

export function withTotal(progress: Progress, total: number): Progress {
  return { ...progress, total };
}

/** Counts a result. Cheap: called for each item. */
export function withResult(progress: Progress, result: ItemResult): Progress {
  const { ahead } = progress;
  if (!ahead) return { ...progress, ...plus(progress, result) };
  return toldAhead(progress, plus(ahead.results, result), ahead.reached);
}

function plus({ counts, bytesIn, bytesOut }: Counted, result: ItemResult): Counted {
  return {
    counts: { ...counts, [result.status]: counts[result.status] + 1 },
    bytesIn: bytesIn + (result.bytesIn ?? 0),
    bytesOut: bytesOut + bytesWritten(result),
  };
}

/** @param reached undefined: the results alone count from now on. */
export function withReached(progress: Progress, reached: Reached | undefined): Progress {
  const { counts, bytesIn, bytesOut } = progress.ahead?.results ?? progress;
  const results = { counts, bytesIn, bytesOut };
  if (!reached) return { ...progress, ...results, ahead: undefined };
  return toldAhead(progress, results, reached);
}

/** Results may come before anybody has told that the run is so far: what is more counts. */
function toldAhead(progress: Progress, results: Counted, reached: Reached): Progress {
  const { done, skipped, failed, cancelled } = results.counts;
  return {
    ...progress,
    counts: {
      done: Math.max(done, reached.done),
      skipped: Math.max(skipped, reached.skipped),
      failed: Math.max(failed, reached.failed),
      cancelled,
    },
    bytesIn: Math.max(results.bytesIn, reached.bytesIn),
    bytesOut: Math.max(results.bytesOut, reached.bytesOut),
    ahead: { reached, results },
  };
}

export function ended({ counts }: Pick<Progress, 'counts'>): number {
  return counts.done + counts.skipped + counts.failed + counts.cancelled;
}

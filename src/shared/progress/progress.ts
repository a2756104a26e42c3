import { bytesWritten, type ItemResult, type Status } from '../result.ts';

/** What was counted of items that have ended. */
interface Counted {
  readonly counts: Readonly<Record<Status, number>>;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** How far a run is by what those tell who do it: its results come later. */
export type Reached = Omit<Counted, 'counts'> & Readonly<Record<Exclude<Status, 'cancelled'>, number>>;

/** The progress of a run: counters, rate and time left. Plain data, made by pure functions from results and a clock. */
export interface Progress extends Counted {
  /** What was told ahead of the results, and the results alone. */
  readonly ahead?: { readonly reached: Reached; readonly results: Counted } | undefined;
  /** The number of items, as far as it is known. */
  readonly total: number | undefined;
  /** The clock when the run began, in milliseconds. */
  readonly startedAt: number;
  /** Items ended a second, smoothed so that the rate neither jumps nor lags by more than a few seconds. */
  readonly perSecond: number;
  /** When the rate was last updated, and how many items had ended by then. */
  readonly measuredAt: number;
  readonly measuredEnded: number;
  /** The expected end of the run, in milliseconds of the clock, or undefined while there is no estimate. */
  readonly endsAt: number | undefined;
}

/** The half-life of the smoothed rate, in milliseconds: what happened 5 seconds ago counts half. */
const halfLifeMs = 5_000;
/** The rate is updated no more often than this, in milliseconds: shorter spans only measure noise. */
const minSpanMs = 200;
/** The expected end is kept while a new estimate differs by less than this share of the time left … */
const doubt = 0.15;
/** … or by less than this many milliseconds: an estimate that follows every small change is read as noise. */
export const minDoubtMs = 2_000;

export function beginProgress(now: number): Progress {
  const counts = { done: 0, skipped: 0, failed: 0, cancelled: 0 };
  return {
    counts,
    bytesIn: 0,
    bytesOut: 0,
    total: undefined,
    startedAt: now,
    perSecond: 0,
    measuredAt: now,
    measuredEnded: 0,
    endsAt: undefined,
  };
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

/** Updates the rate and the expected end. Called when progress is shown. */
export function measured(progress: Progress, now: number): Progress {
  const span = now - progress.measuredAt;
  if (span < minSpanMs) return progress;
  const current = ((ended(progress) - progress.measuredEnded) * 1000) / span;
  const age = now - progress.startedAt;
  // Until a half-life has passed, the plain average is the better estimate.
  const weight = age < halfLifeMs ? span / age : 1 - 0.5 ** (span / halfLifeMs);
  const perSecond = progress.perSecond + (current - progress.perSecond) * weight;
  const updated = { ...progress, perSecond, measuredAt: now, measuredEnded: ended(progress) };
  return { ...updated, endsAt: expectedEnd(updated, now) };
}

function expectedEnd({ total, perSecond, endsAt, ...rest }: Progress, now: number): number | undefined {
  if (total === undefined || perSecond <= 0) return undefined;
  const left = (Math.max(0, total - ended(rest)) * 1000) / perSecond;
  return believedEnd(endsAt, now, left);
}

/** The end that was expected before, unless it is clearly wrong by now. @param left the time that is left as it looks now. */
export function believedEnd(before: number | undefined, now: number, left: number): number {
  const isBelieved =
    before !== undefined && Math.abs(now + left - before) <= Math.max(minDoubtMs, left * doubt);
  return isBelieved ? before : now + left;
}

export function ended({ counts }: Pick<Progress, 'counts'>): number {
  return counts.done + counts.skipped + counts.failed + counts.cancelled;
}

/** Seconds left until the expected end, or undefined while there is no estimate. */
export function secondsLeft(progress: Progress, now: number): number | undefined {
  return progress.endsAt === undefined ? undefined : Math.max(0, progress.endsAt - now) / 1000;
}

import type { Counters } from '../../shared/ipc/run.ts';
import {
  beginProgress,
  ended,
  measured,
  type Progress,
  secondsLeft,
  withResult,
  withTotal,
} from '../../shared/progress.ts';
import type { ItemResult } from '../../shared/result.ts';

/** Until this many items have ended, the time left would be a guess that jumps, and none is given. */
const enough = 8;

/** A run's counters, rate and time left, in the run's own time. */
export class RunTotals {
  #progress: Progress = beginProgress(0);
  #totalKnown = false;

  /**
   * Call when the first item starts: the time before it (starting the pool, walking folders) says nothing of the rate.
   */
  begin(now: number): void {
    this.#progress = { ...this.#progress, startedAt: now, measuredAt: now, measuredEnded: this.ended };
  }

  add(result: ItemResult): void {
    this.#progress = withResult(this.#progress, result);
  }

  setTotal(total: number, known: boolean): void {
    this.#progress = withTotal(this.#progress, total);
    this.#totalKnown = known;
  }

  get ended(): number {
    return ended(this.#progress);
  }

  /** The share of items that have ended, or undefined while the total is not known. */
  get share(): number | undefined {
    const { total } = this.#progress;
    return this.#totalKnown && total ? this.ended / total : undefined;
  }

  counters(inFlight: number): Counters {
    const { counts, bytesIn, bytesOut, total = 0 } = this.#progress;
    // The count may be behind the work, and if a run is cancelled early it never arrives.
    return {
      ...counts,
      total: Math.max(total, this.ended + inFlight),
      totalKnown: this.#totalKnown,
      inFlight,
      bytesIn,
      bytesOut,
    };
  }

  /** Updates the rate and returns it. */
  rate(now: number): { perSecond: number; bytesPerSecond: number; secondsLeft?: number } {
    this.#progress = measured(this.#progress, now);
    return this.#told(now);
  }

  /** The rate over the whole run, for the time after its end. */
  finalRate(now: number): { perSecond: number; bytesPerSecond: number } {
    this.#progress = { ...this.#progress, perSecond: now > 0 ? (this.ended * 1000) / now : 0 };
    const { perSecond, bytesPerSecond } = this.#told(now);
    return { perSecond, bytesPerSecond };
  }

  #told(now: number) {
    const { perSecond, bytesIn } = this.#progress;
    const bytesAnItem = this.ended > 0 ? bytesIn / this.ended : 0;
    const left = this.#totalKnown && this.ended >= enough ? secondsLeft(this.#progress, now) : undefined;
    return {
      perSecond: rounded(perSecond),
      bytesPerSecond: Math.round(perSecond * bytesAnItem),
      ...(left !== undefined && { secondsLeft: rounded(left) }),
    };
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

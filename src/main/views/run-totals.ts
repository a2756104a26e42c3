import type { Counters, Listed, RunSnapshot } from '../../shared/ipc/run.ts';
import type { HostsStanding } from '../../shared/progress/hosts-standing.ts';
import { enoughForTimeLeft, workedOn } from '../../shared/progress/pace.ts';
import {
  beginProgress,
  ended,
  type Progress,
  type Reached,
  withReached,
  withResult,
  withTotal,
} from '../../shared/progress/progress.ts';
import { RecentRate } from '../../shared/progress/recent-rate.ts';
import { TimeLeft } from '../../shared/progress/time-left.ts';
import type { ItemResult } from '../../shared/result.ts';

/** A run's counters, rate and time left, in the run's own time. */
export class RunTotals {
  #progress: Progress = beginProgress();
  #totalKnown = false;
  #recent = new RecentRate(0);
  readonly #timeLeft = new TimeLeft();

  /**
   * Call when the first item starts: the time before it (starting the pool, walking folders) says nothing of the rate.
   */
  begin(now: number): void {
    this.#recent = new RecentRate(now);
  }

  add(result: ItemResult): void {
    this.#progress = withResult(this.#progress, result);
  }

  reach(reached: Reached | undefined): void {
    if (reached || this.#progress.ahead) this.#progress = withReached(this.#progress, reached);
  }

  setTotal(total: number, known: boolean): void {
    this.#progress = withTotal(this.#progress, total);
    this.#totalKnown = known;
  }

  get ended(): number {
    return ended(this.#progress);
  }

  /** Items that were worked on. */
  get worked(): number {
    return workedOn(this.#progress);
  }

  /** The share of items that have ended, or undefined while the total is not known. */
  get share(): number | undefined {
    const { total } = this.#progress;
    return this.#totalKnown && total ? this.ended / total : undefined;
  }

  /** What has results, where that is behind what was told. */
  get listed(): Listed | undefined {
    return this.#progress.ahead?.results.counts;
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

  /**
   * Updates the rate and returns it. The time left is that of the slowest host, where that is longer than what all items
   * will take; what is left at hosts that a person holds has none.
   */
  rate(
    now: number,
    hosts?: HostsStanding,
  ): Pick<RunSnapshot, 'perSecond' | 'bytesPerSecond' | 'secondsLeft' | 'slowestHost'> {
    const { perSecond, bytesPerSecond } = this.#recent.measure(now, this.worked, this.#progress.bytesIn);
    const rate = { perSecond: rounded(perSecond), bytesPerSecond: Math.round(bytesPerSecond) };
    const { total = 0 } = this.#progress;
    const left = Math.max(0, total - this.ended - (hosts?.heldLeft ?? 0));
    if (!this.#totalKnown || this.worked < enoughForTimeLeft || perSecond <= 0) return rate;
    if (left === 0 && (hosts?.heldLeft ?? 0) > 0) return rate;
    const ofAll = left / perSecond;
    const { seconds = 0, host } = hosts?.slowest ?? {};
    const secondsLeft = rounded(this.#timeLeft.estimate(now, Math.max(ofAll, seconds)));
    return { ...rate, secondsLeft, ...(seconds > ofAll && { slowestHost: host }) };
  }

  /** The rate over the whole run, for the time after its end. */
  finalRate(now: number): { perSecond: number; bytesPerSecond: number } {
    const each = now > 0 ? 1000 / now : 0;
    return {
      perSecond: rounded(this.worked * each),
      bytesPerSecond: Math.round(this.#progress.bytesIn * each),
    };
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

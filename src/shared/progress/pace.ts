import { ended, type Progress } from './progress.ts';
import { RecentRate } from './recent-rate.ts';
import { TimeLeft } from './time-left.ts';

/** Until this many items have been worked on, the time left would be a guess that jumps, and none is given. */
export const enoughForTimeLeft = 8;
/** Figures stay for so long, in milliseconds: what changes more often cannot be read. */
const readableMs = 400;

export interface PaceFigures {
  /** Items a second of late, without those that were skipped. Undefined while there is none. */
  readonly perSecond?: number;
  readonly secondsLeft?: number;
}

/** Items that were worked on: what is skipped takes next to no time, and says nothing of the rate. */
export function workedOn(progress: Progress): number {
  return ended(progress) - progress.counts.skipped;
}

/** How fast a run is of late, and how long it will take: for whoever looks at it again and again. */
export class Pace {
  readonly #recent: RecentRate;
  readonly #timeLeft = new TimeLeft();
  #figures: PaceFigures = {};
  #measuredAt: number;

  constructor(startedAt: number) {
    this.#recent = new RecentRate(startedAt);
    this.#measuredAt = startedAt;
  }

  measure(now: number, progress: Progress): PaceFigures {
    if (now - this.#measuredAt < readableMs) return this.#figures;
    this.#measuredAt = now;
    const worked = workedOn(progress);
    const { perSecond } = this.#recent.measure(now, worked, progress.bytesIn);
    if (perSecond <= 0) this.#figures = {};
    else if (progress.total === undefined || worked < enoughForTimeLeft) this.#figures = { perSecond };
    else {
      const left = Math.max(0, progress.total - ended(progress)) / perSecond;
      this.#figures = { perSecond, secondsLeft: this.#timeLeft.estimate(now, left) };
    }
    return this.#figures;
  }
}

import { believedEnd, minDoubtMs } from '../../shared/progress/progress.ts';

/** Seconds left until the expected end, which moves only when it is clearly wrong. */
export class TimeLeft {
  #endsAt: number | undefined;

  estimate(now: number, itemsLeft: number, perSecond: number): number | undefined {
    if (perSecond <= 0) return undefined;
    // Near the end it always follows: kept, it would say "now" for as long as the doubt lasts.
    const isFar = this.#endsAt !== undefined && this.#endsAt - now > 2 * minDoubtMs;
    this.#endsAt = believedEnd(isFar ? this.#endsAt : undefined, now, (itemsLeft * 1000) / perSecond);
    return Math.max(0, this.#endsAt - now) / 1000;
  }
}

import { believedEnd, minDoubtMs } from '../../shared/progress/progress.ts';

/** Seconds left until the expected end, which moves only when it is clearly wrong. */
export class TimeLeft {
  #endsAt: number | undefined;

  /** @param seconds what is left as it looks now. */
  estimate(now: number, seconds: number): number {
    // Near the end it always follows: kept, it would say "now" for as long as the doubt lasts.
    const isFar = this.#endsAt !== undefined && this.#endsAt - now > 2 * minDoubtMs;
    this.#endsAt = believedEnd(isFar ? this.#endsAt : undefined, now, seconds * 1_000);
    return Math.max(0, this.#endsAt - now) / 1000;
  }
}

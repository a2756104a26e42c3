/** The expected end is kept while a new estimate differs by less than this share of the time left … */
const doubt = 0.15;
/** … or by less than this many milliseconds: an estimate that follows every small change is read as noise. */
const minDoubtMs = 2_000;

/** Seconds left until the expected end, which moves only when it is clearly wrong. */
export class TimeLeft {
  #endsAt: number | undefined;

  estimate(now: number, itemsLeft: number, perSecond: number): number | undefined {
    if (perSecond <= 0) return undefined;
    const left = (itemsLeft * 1000) / perSecond;
    const kept = this.#endsAt;
    // Near the end it always follows: kept, it would say "now" for as long as the doubt lasts.
    const far = kept !== undefined && kept - now > 2 * minDoubtMs;
    const believed = far && Math.abs(now + left - kept) <= Math.max(minDoubtMs, left * doubt);
    const endsAt = believed ? kept : now + left;
    this.#endsAt = endsAt;
    return Math.max(0, endsAt - now) / 1000;
  }
}

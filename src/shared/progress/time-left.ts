/** The expected end is kept while a new estimate differs by less than this share of the time left … */
const doubt = 0.15;
/** … or by less than this many milliseconds: an estimate that follows every small change is read as noise. */
const minDoubtMs = 2_000;

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

/** The end that was expected before, unless it is clearly wrong by now. @param left the time that is left as it looks now. */
function believedEnd(before: number | undefined, now: number, left: number): number {
  const isBelieved =
    before !== undefined && Math.abs(now + left - before) <= Math.max(minDoubtMs, left * doubt);
  return isBelieved ? before : now + left;
}

/** The rate is that of the last so many milliseconds … */
const windowMs = 2_500;
/** … or, where less than this many items ended in them, of the time that these took: so it sinks, and is never 0 at once. */
const fewest = 8;
/** Moments closer together than this, in milliseconds, are one: shorter spans only measure noise. */
const minSpanMs = 100;

interface Moment {
  readonly at: number;
  readonly items: number;
  readonly bytes: number;
}

/** Items and bytes a second of late, not of the whole run: a run whose fast part is over is slow now. */
export class RecentRate {
  readonly #moments: Moment[];

  constructor(startedAt: number) {
    this.#moments = [{ at: startedAt, items: 0, bytes: 0 }];
  }

  measure(now: number, items: number, bytes: number): { perSecond: number; bytesPerSecond: number } {
    const moments = this.#moments;
    const old = (moment: Moment | undefined) =>
      moment !== undefined && moment.at <= now - windowMs && moment.items <= items - fewest;
    while (old(moments[1])) moments.shift();
    const [first] = moments;
    const span = first === undefined ? 0 : now - first.at;
    this.#note({ at: now, items, bytes });
    if (first === undefined || span <= 0) return { perSecond: 0, bytesPerSecond: 0 };
    return {
      perSecond: ((items - first.items) * 1000) / span,
      bytesPerSecond: ((bytes - first.bytes) * 1000) / span,
    };
  }

  #note(moment: Moment): void {
    const last = this.#moments.at(-1);
    const before = this.#moments.at(-2);
    if (last !== undefined && moment.at - last.at < minSpanMs) return;
    // Of a time in which nothing ended, its beginning and its end are enough.
    if (last?.items === moment.items && before?.items === moment.items) this.#moments.pop();
    this.#moments.push(moment);
  }
}

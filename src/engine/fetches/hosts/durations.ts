/** Each class of durations is so many times as long as the one before: quantiles are right to half of that. */
const step = 1.12;
const shortestMs = 0.1;
const longestMs = 600_000;
const classes = Math.ceil(Math.log(longestMs / shortestMs) / Math.log(step)) + 1;

/** Counts durations by their length, in bounded memory, for their quantiles. */
export class Durations {
  /** Allocated with the first: many hosts have few answers or none. */
  #counts: Uint32Array | undefined;
  count = 0;

  add(ms: number): void {
    this.#counts ??= new Uint32Array(classes);
    const place = Math.ceil(Math.log(Math.max(ms, shortestMs) / shortestMs) / Math.log(step));
    const at = Math.min(classes - 1, place);
    this.#counts[at] = (this.#counts[at] as number) + 1;
    this.count += 1;
  }

  /** The duration that this share of all did not exceed, in milliseconds; 0 if there are none. */
  quantile(share: number): number {
    return this.least(Math.max(1, Math.ceil(share * this.count)));
  }

  /** The duration that so many of all did not exceed. */
  least(many: number): number {
    let seen = 0;
    for (const [place, times] of this.#counts?.entries() ?? []) {
      seen += times;
      if (seen >= many) return rounded(shortestMs * step ** (place - 0.5));
    }
    return 0;
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

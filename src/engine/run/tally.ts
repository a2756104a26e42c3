import type { ErrorCode } from '../../shared/failure.ts';
import { bytesWritten, type ItemResult, type Summary } from '../../shared/result.ts';
import { StageSums } from '../../shared/stages.ts';

/** Adds up results to a summary. The clock is injected, so that tests need not wait. */
export class Tally {
  readonly #now: () => number;
  readonly #started: number;
  readonly #counts = { done: 0, skipped: 0, failed: 0, cancelled: 0 };
  /** Of all items together. */
  readonly stages = new StageSums();
  readonly #causes: Partial<Record<ErrorCode, number>> = {};
  #bytesIn = 0;
  #bytesOut = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#started = now();
  }

  add(result: ItemResult): void {
    const { status, bytesIn = 0, error } = result;
    this.#counts[status] += 1;
    if (error) this.#causes[error.code] = (this.#causes[error.code] ?? 0) + 1;
    this.#bytesIn += bytesIn;
    this.#bytesOut += bytesWritten(result);
  }

  /** What was worked on: nothing skipped, which takes no time. */
  get worked(): { readonly items: number; readonly bytesIn: number } {
    const { done, failed } = this.#counts;
    return { items: done + failed, bytesIn: this.#bytesIn };
  }

  summary(): Summary {
    const { done, skipped, failed, cancelled } = this.#counts;
    const total = done + skipped + failed + cancelled;
    const stages = this.stages.toMs();
    const seconds = (this.#now() - this.#started) / 1000;
    return {
      total,
      done,
      skipped,
      failed,
      cancelled,
      seconds: round(seconds),
      perSecond: seconds > 0 ? round(total / seconds) : 0,
      bytesIn: this.#bytesIn,
      bytesOut: this.#bytesOut,
      ...(failed > 0 && { causes: { ...this.#causes } }),
      ...(Object.keys(stages).length > 0 && { stages }),
    };
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

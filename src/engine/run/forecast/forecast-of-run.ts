import type { ItemResult, RunForecast } from '../../../shared/result.ts';
import type { RunOptions } from '../run-options.ts';
import { endOf, type Pace, paceOf } from './pace-of-sample.ts';

/** How long a run is watched before it is forecast, in milliseconds from when its first item has ended. */
const watchedMs = 1_000;
/** When so many items have ended, their pace is known well enough, and no more moments are kept. */
const mostItems = 10_000;
/** With a larger share of items that were there already the pace says nothing of those that are to be made. */
const mostSkipped = 0.05;
/** A forecast of less than this, in milliseconds, is of no use: the run has ended when it is read. */
const leastMs = 3_000;

/** Forecasts how long a run will take from its first second, so that its summary can tell how good that was. */
export class ForecastOfRun {
  readonly #now: () => number;
  readonly #started: number;
  #ended: number[] = [];
  #skipped = 0;
  #pace: Pace | undefined;
  #isWatched = false;
  #madeAfterMs = 0;
  #total: number | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#started = now();
  }

  /** The same options, listened to. */
  listening<Options extends Pick<RunOptions, 'onTotal' | 'onResult'>>(options: Options): Options {
    return {
      ...options,
      onTotal: (total, final) => {
        this.onTotal(total, final);
        options.onTotal?.(total, final);
      },
      onResult: (result) => {
        this.onResult(result);
        options.onResult?.(result);
      },
    };
  }

  onTotal(total: number, final: boolean): void {
    if (final) this.#total = total;
  }

  onResult({ status }: Pick<ItemResult, 'status'>): void {
    if (this.#isWatched) return;
    const ms = this.#now() - this.#started;
    if (status === 'skipped') this.#skipped += 1;
    else this.#ended.push(ms);
    if (ms - (this.#ended[0] ?? ms) < watchedMs && this.#ended.length < mostItems) return;
    this.#isWatched = true;
    this.#madeAfterMs = ms;
    if (this.#skipped <= mostSkipped * this.#ended.length) this.#pace = paceOf(this.#ended);
    this.#ended = [];
  }

  /** Undefined while nothing can be said, and of short runs. */
  get forecast(): RunForecast | undefined {
    if (!this.#pace || this.#total === undefined) return undefined;
    const ms = endOf(this.#pace, this.#total);
    if (ms < leastMs) return undefined;
    return { seconds: inTenths(ms), madeAfterSeconds: inTenths(this.#madeAfterMs) };
  }
}

function inTenths(ms: number): number {
  return Math.round(ms / 100) / 10;
}

import type { Ending, Job, MapOutcome } from './common/outcome.ts';
import { limitedProgress } from './common/progress-limit.ts';
import { timedOut, waitBeforeTry, withTries } from './common/tries.ts';
import type { Executor, ExecutorSettings } from './executor.ts';
import { move, outcomeOfThrown, type TaskFunction, ThreadPlace, untold } from './thread-place.ts';

export type ThisThreadSettings<Item> = Pick<
  ExecutorSettings<Item>,
  'data' | 'retries' | 'timeoutMs' | 'onProgress'
>;

/** Runs a function in the calling thread, for tasks that mostly wait. */
export class ThisThread<Item, Value> implements Executor<Item, Value> {
  readonly #task: TaskFunction<Item, Value>;
  readonly #settings: ThisThreadSettings<Item>;
  readonly #cancelling = new AbortController();
  readonly #isPlain: boolean;
  #places: ThreadPlace<Item, Value>[] = [];
  /** Whoever waits for an item. A function that ignores its signal cannot be ended; it is only no longer waited for. */
  readonly #endings: (Ending<Value> | undefined)[] = [];

  constructor(task: TaskFunction<Item, Value>, settings: ThisThreadSettings<Item> = {}) {
    this.#task = task;
    this.#settings = settings;
    this.#isPlain = !settings.retries && settings.timeoutMs === undefined && !settings.onProgress;
  }

  begin(job: Job<Item>, ending: Ending<Value>, place: number): void {
    if (this.#isPlain) {
      this.#places[place] ??= new ThreadPlace(this.#task, this.#settings.data, this.#cancelling.signal);
      this.#places[place].begin(job, ending);
      return;
    }
    this.#endings[place] = ending;
    void this.#tryAgainAndAgain(job).then((outcome) => this.#settle(outcome, ending, place));
  }

  cancel(): void {
    this.#cancelling.abort();
  }

  kill(): void {
    for (const [place, ending] of this.#endings.entries())
      if (ending) this.#settle({ status: 'cancelled', ms: 0 }, ending, place);
    for (const place of this.#places) place.abandon();
    this.#places = [];
  }

  async close(): Promise<void> {}

  #settle(outcome: MapOutcome<Value>, ending: Ending<Value>, place: number): void {
    // It may have been given up long ago, and another item be in its place.
    if (this.#endings[place] !== ending) return;
    this.#endings[place] = undefined;
    ending.end(outcome);
  }

  async #try(job: Job<Item>, signal: AbortSignal): Promise<MapOutcome<Value>> {
    const { data, onProgress } = this.#settings;
    const tell = (latest: unknown): void => {
      // Of a try that was given up nobody hears any more.
      if (!signal.aborted) onProgress?.(job, latest);
    };
    const limited = onProgress && limitedProgress(tell);
    const progress = limited?.progress ?? untold;
    const { item, index } = job;
    const started = performance.now();
    try {
      const value = await this.#task(item, { index, signal, data, state: undefined, progress, move });
      return { status: 'done', value, ms: performance.now() - started };
    } catch (thrown) {
      return outcomeOfThrown(thrown, performance.now() - started, this.#cancelling.signal);
    } finally {
      limited?.end();
    }
  }

  async #tryAgainAndAgain(job: Job<Item>): Promise<MapOutcome<Value>> {
    const { retries = 0 } = this.#settings;
    const { signal } = this.#cancelling;
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.#tryInTime(job);
      if (outcome.status !== 'failed') return outcome;
      if (tries > retries) return { ...outcome, error: withTries(outcome.error, tries) };
      await elapsed(waitBeforeTry(tries), signal);
      if (signal.aborted) return { status: 'cancelled', ms: 0 };
    }
  }

  /** When its time is up an item has failed: nobody can end a function that goes on. */
  async #tryInTime(job: Job<Item>): Promise<MapOutcome<Value>> {
    const { timeoutMs } = this.#settings;
    const { signal } = this.#cancelling;
    if (timeoutMs === undefined) return this.#try(job, signal);
    const error = timedOut(timeoutMs);
    const thrown = new DOMException(error.message, 'TimeoutError');
    const timing = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<'timeUp'>((resolve) => {
      timer = setTimeout(resolve, timeoutMs, 'timeUp');
    });
    const trying = this.#try(job, AbortSignal.any([signal, timing.signal]));
    const outcome = await Promise.race([trying, timeUp]);
    clearTimeout(timer);
    if (outcome === 'timeUp') timing.abort(thrown);
    // A function that computes lets no timer come in between.
    else if (outcome.status === 'cancelled' || outcome.ms <= timeoutMs) return outcome;
    return { status: 'failed', error, ms: outcome === 'timeUp' ? timeoutMs : outcome.ms, thrown };
  }
}

/** Also when the signal aborts meanwhile. */
function elapsed(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}

import type { Failure } from '../../shared/failure.ts';
import type { Job, MapOutcome } from './common/outcome.ts';
import { limitedProgress } from './common/progress-limit.ts';
import type { MapContext } from './common/task-context.ts';
import { failureOfThrown } from './common/thrown.ts';
import { timedOut, waitBeforeTry, withTries } from './common/tries.ts';
import type { Executor, ExecutorSettings } from './executor.ts';

export type TaskFunction<Item, Value> = (item: Item, context: MapContext) => Value | Promise<Value>;

export type ThisThreadSettings<Item> = Pick<
  ExecutorSettings<Item>,
  'data' | 'retries' | 'timeoutMs' | 'onProgress'
>;

type Settle<Value> = (outcome: MapOutcome<Value>) => void;

const move: MapContext['move'] = (value) => value;

/** Runs a function in the calling thread, for tasks that mostly wait. */
export class ThisThread<Item, Value> implements Executor<Item, Value> {
  readonly #task: TaskFunction<Item, Value>;
  readonly #settings: ThisThreadSettings<Item>;
  readonly #cancelling = new AbortController();
  /** Whoever waits for an item. A function that ignores its signal cannot be ended; it is only no longer waited for. */
  readonly #waiting = new Set<Settle<Value>>();
  readonly #isPlain: boolean;

  constructor(task: TaskFunction<Item, Value>, settings: ThisThreadSettings<Item> = {}) {
    this.#task = task;
    this.#settings = settings;
    this.#isPlain = !settings.retries && settings.timeoutMs === undefined;
  }

  execute(job: Job<Item>): Promise<MapOutcome<Value>> {
    return new Promise((resolve) => {
      const settle: Settle<Value> = (outcome) => {
        this.#waiting.delete(settle);
        resolve(outcome);
      };
      this.#waiting.add(settle);
      if (this.#isPlain) this.#try(job, this.#cancelling.signal, settle);
      else void this.#tryAgainAndAgain(job).then(settle);
    });
  }

  cancel(): void {
    this.#cancelling.abort();
  }

  kill(): void {
    for (const settle of this.#waiting) settle({ status: 'cancelled', ms: 0 });
  }

  async close(): Promise<void> {}

  #try(job: Job<Item>, signal: AbortSignal, settle: Settle<Value>): void {
    const { item, index } = job;
    const { data, onProgress } = this.#settings;
    const started = performance.now();
    let limited: ReturnType<typeof limitedProgress> | undefined;
    const progress = (value: unknown): void => {
      if (!onProgress) return;
      limited ??= limitedProgress((latest) => onProgress(job, latest));
      limited.progress(value);
    };
    const done = (value: Value): void => {
      limited?.end();
      settle({ status: 'done', value, ms: performance.now() - started });
    };
    const failed = (thrown: unknown): void => {
      limited?.end();
      const ms = performance.now() - started;
      if (this.#cancelling.signal.aborted) settle({ status: 'cancelled', ms });
      else settle({ status: 'failed', error: failureOfThrown(thrown, 'TASK_THREW'), ms, thrown });
    };
    let value: Value | Promise<Value>;
    try {
      value = this.#task(item, { index, signal, data, state: undefined, progress, move });
    } catch (thrown) {
      failed(thrown);
      return;
    }
    // Also for what is no promise: items that end at once must not end within each other's calls.
    Promise.resolve(value).then(done, failed);
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

  #tryInTime(job: Job<Item>): Promise<MapOutcome<Value>> {
    const { timeoutMs } = this.#settings;
    const { signal } = this.#cancelling;
    return new Promise((resolve) => {
      if (timeoutMs === undefined) return this.#try(job, signal, resolve);
      const timing = new AbortController();
      const error: Failure = timedOut(timeoutMs);
      const timer = setTimeout(() => {
        const thrown = new DOMException(error.message, 'TimeoutError');
        resolve({ status: 'failed', error, ms: timeoutMs, thrown });
        timing.abort(thrown);
      }, timeoutMs);
      this.#try(job, AbortSignal.any([signal, timing.signal]), (outcome) => {
        clearTimeout(timer);
        // A function that computes lets no timer come in between.
        if (outcome.ms > timeoutMs && outcome.status !== 'cancelled')
          resolve({ status: 'failed', error, ms: outcome.ms });
        else resolve(outcome);
      });
    });
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

import type { Ending, Job, MapOutcome } from './common/outcome.ts';
import { limitedProgress } from './common/progress-limit.ts';
import type { MapContext } from './common/task-context.ts';
import { failureOfThrown } from './common/thrown.ts';
import { timedOut, waitBeforeTry, withTries } from './common/tries.ts';
import { type Executor, type ExecutorSettings, promised } from './executor.ts';

export type TaskFunction<Item, Value> = (item: Item, context: MapContext) => Value | Promise<Value>;

export type ThisThreadSettings<Item> = Pick<
  ExecutorSettings<Item>,
  'data' | 'retries' | 'timeoutMs' | 'onProgress'
>;

const move: MapContext['move'] = (value) => value;

/** Runs a function in the calling thread, for tasks that mostly wait. */
export class ThisThread<Item, Value> implements Executor<Item, Value> {
  readonly #task: TaskFunction<Item, Value>;
  readonly #settings: ThisThreadSettings<Item>;
  readonly #cancelling = new AbortController();
  /** Whoever waits for an item. A function that ignores its signal cannot be ended; it is only no longer waited for. */
  readonly #calls: Call<Item, Value>[] = [];
  readonly #isPlain: boolean;

  constructor(task: TaskFunction<Item, Value>, settings: ThisThreadSettings<Item> = {}) {
    this.#task = task;
    this.#settings = settings;
    this.#isPlain = !settings.retries && settings.timeoutMs === undefined;
  }

  begin(job: Job<Item>, ending: Ending<Value>): void {
    const call = new Call(job, ending, this.#calls);
    if (this.#isPlain) void this.#try(job, this.#cancelling.signal, call);
    else void this.#tryAgainAndAgain(call);
  }

  execute(job: Job<Item>): Promise<MapOutcome<Value>> {
    return promised(this, job);
  }

  cancel(): void {
    this.#cancelling.abort();
  }

  kill(): void {
    for (const call of this.#calls.slice()) call.settle({ status: 'cancelled', ms: 0 });
  }

  async close(): Promise<void> {}

  async #try(job: Job<Item>, signal: AbortSignal, call: Settled<Value>): Promise<void> {
    const { data, onProgress } = this.#settings;
    let limited: ReturnType<typeof limitedProgress> | undefined;
    const progress = (value: unknown): void => {
      if (!onProgress) return;
      limited ??= limitedProgress((latest) => onProgress(job, latest));
      limited.progress(value);
    };
    const started = performance.now();
    let outcome: MapOutcome<Value>;
    try {
      const { index } = job;
      const value = await this.#task(job.item, { index, signal, data, state: undefined, progress, move });
      outcome = { status: 'done', value, ms: performance.now() - started };
    } catch (thrown) {
      const ms = performance.now() - started;
      outcome = this.#cancelling.signal.aborted
        ? { status: 'cancelled', ms }
        : { status: 'failed', error: failureOfThrown(thrown, 'TASK_THREW'), ms, thrown };
    }
    limited?.end();
    call.settle(outcome);
  }

  async #tryAgainAndAgain(call: Call<Item, Value>): Promise<void> {
    const { retries = 0 } = this.#settings;
    const { signal } = this.#cancelling;
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.#tryInTime(call.job);
      if (outcome.status !== 'failed') return call.settle(outcome);
      if (tries > retries) return call.settle({ ...outcome, error: withTries(outcome.error, tries) });
      await elapsed(waitBeforeTry(tries), signal);
      if (signal.aborted) return call.settle({ status: 'cancelled', ms: 0 });
    }
  }

  #tried(job: Job<Item>, signal: AbortSignal): Promise<MapOutcome<Value>> {
    return new Promise((settle) => void this.#try(job, signal, { settle }));
  }

  /** When its time is up an item has failed: nobody can end a function that goes on. */
  async #tryInTime(job: Job<Item>): Promise<MapOutcome<Value>> {
    const { timeoutMs } = this.#settings;
    const { signal } = this.#cancelling;
    if (timeoutMs === undefined) return this.#tried(job, signal);
    const error = timedOut(timeoutMs);
    const thrown = new DOMException(error.message, 'TimeoutError');
    const timing = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<'timeUp'>((resolve) => {
      timer = setTimeout(resolve, timeoutMs, 'timeUp');
    });
    const trying = this.#tried(job, AbortSignal.any([signal, timing.signal]));
    const outcome = await Promise.race([trying, timeUp]);
    clearTimeout(timer);
    if (outcome === 'timeUp') timing.abort(thrown);
    // A function that computes lets no timer come in between.
    else if (outcome.status === 'cancelled' || outcome.ms <= timeoutMs) return outcome;
    return { status: 'failed', error, ms: outcome === 'timeUp' ? timeoutMs : outcome.ms, thrown };
  }
}

interface Settled<Value> {
  settle(outcome: MapOutcome<Value>): void;
}

/** An item in progress: one of a list, from which it goes when it is settled, the first time. */
class Call<Item, Value> implements Settled<Value> {
  readonly job: Job<Item>;
  readonly #ending: Ending<Value>;
  readonly #calls: Call<Item, Value>[];
  /** Its place in the list; below zero when it is settled. */
  #at: number;

  constructor(job: Job<Item>, ending: Ending<Value>, calls: Call<Item, Value>[]) {
    this.job = job;
    this.#ending = ending;
    this.#calls = calls;
    this.#at = calls.length;
    calls.push(this);
  }

  settle(outcome: MapOutcome<Value>): void {
    if (this.#at < 0) return;
    const last = this.#calls.pop();
    if (last && last !== this) {
      this.#calls[this.#at] = last;
      last.#at = this.#at;
    }
    this.#at = -1;
    this.#ending.end(outcome);
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

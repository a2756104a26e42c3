import type { Ending, Job, MapOutcome } from './common/outcome.ts';
import type { MapContext } from './common/task-context.ts';
import { failureOfThrown } from './common/thrown.ts';

export type TaskFunction<Item, Value> = (item: Item, context: MapContext) => Value | Promise<Value>;

export const move: MapContext['move'] = (value) => value;
export const untold: MapContext['progress'] = () => {};

export function outcomeOfThrown(thrown: unknown, ms: number, signal: AbortSignal): MapOutcome<never> {
  return signal.aborted
    ? { status: 'cancelled', ms }
    : { status: 'failed', error: failureOfThrown(thrown, 'TASK_THREW'), ms, thrown };
}

/**
 * A place of the pool at which a function does one item after the other. What it takes to hear of an item's end is made
 * once for all of them: for short items that would be much of their time.
 */
export class ThreadPlace<Item, Value> {
  readonly #task: TaskFunction<Item, Value>;
  readonly #data: unknown;
  readonly #signal: AbortSignal;
  #ending: Ending<Value> | undefined;
  #startedAt = 0;

  constructor(task: TaskFunction<Item, Value>, data: unknown, signal: AbortSignal) {
    this.#task = task;
    this.#data = data;
    this.#signal = signal;
  }

  begin({ item, index }: Job<Item>, ending: Ending<Value>): void {
    this.#ending = ending;
    this.#startedAt = performance.now();
    const context = {
      index,
      signal: this.#signal,
      data: this.#data,
      state: undefined,
      progress: untold,
      move,
    };
    let value: Value | Promise<Value>;
    try {
      value = this.#task(item, context);
    } catch (thrown) {
      value = Promise.reject(thrown);
    }
    Promise.resolve(value).then(this.#done, this.#failed);
  }

  /** Whoever waits for its item does so no longer. A function that goes on cannot be ended; nobody hears of it. */
  abandon(): void {
    this.#end({ status: 'cancelled', ms: 0 });
  }

  readonly #done = (value: Value): void => {
    this.#end({ status: 'done', value, ms: performance.now() - this.#startedAt });
  };

  readonly #failed = (thrown: unknown): void => {
    this.#end(outcomeOfThrown(thrown, performance.now() - this.#startedAt, this.#signal));
  };

  #end(outcome: MapOutcome<Value>): void {
    const ending = this.#ending;
    this.#ending = undefined;
    ending?.end(outcome);
  }
}

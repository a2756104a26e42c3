import type { MessagePort, Transferable } from 'node:worker_threads';
import type { Failure } from '../../../shared/failure.ts';
import { withCompactViews } from '../common/compact-views.ts';
import type { EndedItems } from '../common/messages.ts';

/** The items of a chunk that have ended and are not reported yet. */
export class EndedBatch {
  readonly #port: MessagePort;
  #chunk = 0;
  #from = 0;
  #values: unknown[] = [];
  #ms: number[] = [];
  #others: [at: number, ended: Failure | 'cancelled'][] = [];
  /** By the item's place in the batch: what is moved with its value. */
  #moved = new Map<number, readonly Transferable[]>();

  constructor(port: MessagePort) {
    this.#port = port;
  }

  get isEmpty(): boolean {
    return this.#values.length === 0;
  }

  /** Which item ends next. */
  next(chunk: number, at: number): void {
    if (this.isEmpty) {
      this.#chunk = chunk;
      this.#from = at;
    }
  }

  add(value: unknown, ms: number, moved: readonly Transferable[]): void {
    if (moved.length > 0) this.#moved.set(this.#values.length, moved);
    this.#values.push(withCompactViews(value, moved));
    this.#ms.push(ms);
  }

  fail(ended: Failure | 'cancelled', ms: number): void {
    this.#others.push([this.#values.length, ended]);
    this.#values.push(undefined);
    this.#ms.push(ms);
  }

  /** Tells that no further item of the chunk will come. */
  postEnd(chunk: number, from: number): void {
    this.#port.postMessage({
      kind: 'ended',
      chunk,
      from,
      values: [],
      ms: new Float64Array(),
      isLast: true,
    } satisfies EndedItems);
  }

  post(): void {
    if (this.isEmpty) return;
    const others = this.#others;
    const batch: EndedItems = {
      kind: 'ended',
      chunk: this.#chunk,
      from: this.#from,
      ms: Float64Array.from(this.#ms),
      ...(others.length > 0 && { others }),
      values: this.#values,
    };
    const moved = this.#moved;
    // An item may be in progress that was begun when these were still held.
    this.#from += this.#values.length;
    this.#values = [];
    this.#ms = [];
    this.#others = [];
    this.#moved = new Map();
    try {
      this.#port.postMessage(batch, [...moved.values()].flat());
    } catch {
      this.#postEach(batch, moved);
    }
  }

  /** One of them cannot leave its thread: only now is it looked for, so that what can is cloned once. */
  #postEach(
    { values, ms, others, ...batch }: EndedItems,
    moved: ReadonlyMap<number, readonly Transferable[]>,
  ): void {
    const endings = new Map(others);
    for (const [at, value] of values.entries()) {
      const one = { ...batch, from: batch.from + at, ms: ms.slice(at, at + 1) };
      const ended = endings.get(at) ?? this.#send({ ...one, values: [value] }, moved.get(at));
      if (ended) this.#port.postMessage({ ...one, values: [undefined], others: [[0, ended]] } as EndedItems);
    }
  }

  /** @returns why it cannot leave its thread. */
  #send(item: EndedItems, moved: readonly Transferable[] | undefined): Failure | undefined {
    // What cannot be moved can be copied.
    const ways = moved ? [[...moved], []] : [[]];
    let problem: unknown;
    for (const way of ways) {
      try {
        this.#port.postMessage(item, way);
        return undefined;
      } catch (error) {
        problem = error;
      }
    }
    const reason = problem instanceof Error ? problem.message : String(problem);
    return { code: 'TASK_THREW', message: `The task returned what cannot leave its thread: ${reason}` };
  }
}

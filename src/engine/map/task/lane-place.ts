import type { MessagePort, Transferable } from 'node:worker_threads';
import type { Failure } from '../../../shared/failure.ts';
import type { Claims } from '../common/claims.ts';
import type { ChunkOrder, LaneReport } from '../common/messages.ts';
import { limitedProgress } from '../common/progress-limit.ts';
import type { MapContext } from '../common/task-context.ts';
import { failureOfThrown } from '../common/thrown.ts';
import { timedOut } from '../common/tries.ts';
import { EndedBatch } from './ended-batch.ts';
import type { UserTask } from './load-task.ts';

export interface PlaceOptions {
  readonly port: MessagePort;
  readonly claims: Claims;
  readonly task: UserTask;
  readonly signal: AbortSignal;
  readonly data: unknown;
  readonly state: unknown;
  readonly timeoutMs: number | undefined;
  readonly tellsProgress: boolean;
}

/** Results do not wait longer than this for those of the items behind them, in milliseconds. */
const longestHoldMs = 5;

/** One place of a worker: does the items of its chunks one after the other. */
export class LanePlace {
  readonly #options: PlaceOptions;
  readonly #orders: ChunkOrder[] = [];
  readonly #ended: EndedBatch;
  #isBusy = false;
  #flushing: NodeJS.Immediate | undefined;
  /** The end of the last item, or of the wait before it. */
  #at = 0;
  #flushedAt = 0;

  constructor(options: PlaceOptions) {
    this.#options = options;
    this.#ended = new EndedBatch(options.port);
  }

  add(order: ChunkOrder): void {
    this.#orders.push(order);
    if (!this.#isBusy) this.#next();
  }

  /** Reports what has ended since the last time. */
  flush(): void {
    clearImmediate(this.#flushing);
    this.#flushing = undefined;
    this.#flushedAt = this.#at;
    this.#ended.post();
  }

  #next = (): void => {
    const order = this.#orders.shift();
    this.#isBusy = order !== undefined;
    if (order) void this.#do(order);
  };

  async #do({ chunk, indexes, items }: ChunkOrder): Promise<void> {
    const { claims } = this.#options;
    this.#at = performance.now();
    this.#flushedAt = this.#at;
    let done = 0;
    while (done < items.length) {
      const at = claims.claim(chunk);
      if (at >= items.length) break;
      done = at + 1;
      this.#ended.next(chunk, at);
      const running = this.#start(items[at], indexOf(indexes, at), chunk, at);
      if (running) {
        // While the task waits, others get what there is.
        if (!this.#ended.isEmpty) this.#flushing ??= setImmediate(() => this.flush());
        await running;
      }
      claims.end(chunk);
      // Once the last item is told its claims are the next chunk's: that is the last that is done with this one.
      if (done < items.length && this.#at - this.#flushedAt > longestHoldMs) this.flush();
    }
    this.flush();
    if (done < items.length) this.#ended.postEnd(chunk, done);
    // Timers, signals and sockets of the tasks have their turn between two chunks.
    setImmediate(this.#next);
  }

  /** @returns a promise if the task does not end at once. */
  #start(item: unknown, index: number, chunk: number, at: number): Promise<void> | undefined {
    const { task, timeoutMs, claims } = this.#options;
    if (timeoutMs !== undefined) claims.begin(chunk);
    const timed = timeoutMs === undefined ? undefined : new TimedSignal(this.#options.signal, timeoutMs);
    const moved: Transferable[] = [];
    const { context, end } = this.#contextOf(index, timed?.signal ?? this.#options.signal, moved, chunk, at);
    const begun = this.#at;
    const done = (value: unknown): void => {
      end();
      timed?.end();
      this.#at = performance.now();
      const ms = this.#at - begun;
      if (timed?.isOver) this.#ended.fail(timed.failure, ms);
      else this.#ended.add(value, ms, moved);
    };
    const failed = (thrown: unknown): void => {
      end();
      timed?.end();
      this.#at = performance.now();
      this.#ended.fail(timed?.isOver ? timed.failure : this.#endingOf(thrown), this.#at - begun);
    };
    let value: unknown;
    try {
      value = task(item, context);
      if (!isThenable(value)) {
        done(value);
        return undefined;
      }
    } catch (thrown) {
      failed(thrown);
      return undefined;
    }
    timed?.start();
    return Promise.resolve(value).then(done, failed);
  }

  #endingOf(thrown: unknown): Failure | 'cancelled' {
    return this.#options.signal.aborted ? 'cancelled' : failureOfThrown(thrown, 'TASK_THREW');
  }

  #contextOf(
    index: number,
    signal: AbortSignal,
    moved: Transferable[],
    chunk: number,
    at: number,
  ): { readonly context: MapContext; readonly end: () => void } {
    const { data, state, port, tellsProgress } = this.#options;
    let limited: ReturnType<typeof limitedProgress> | undefined;
    let isOver = false;
    const progress = (value: unknown): void => {
      // Its place in the chunk may be another item's by now.
      if (isOver || !tellsProgress) return;
      limited ??= limitedProgress((latest) =>
        port.postMessage({ kind: 'progress', chunk, at, progress: latest } satisfies LaneReport),
      );
      limited.progress(value);
    };
    const move: MapContext['move'] = (value, buffers = buffersOf(value)) => {
      moved.push(...buffers);
      return value;
    };
    const end = (): void => {
      isOver = true;
      limited?.end();
    };
    return { context: { index, signal, data, state, progress, move }, end };
  }
}

/** The signal of one try: aborts with that of the run, and when the time is up. */
class TimedSignal {
  readonly #controller = new AbortController();
  readonly #run: AbortSignal;
  readonly #timeoutMs: number;
  readonly #begun = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #isTimeUp = false;

  constructor(run: AbortSignal, timeoutMs: number) {
    this.#run = run;
    this.#timeoutMs = timeoutMs;
    if (run.aborted) this.#onAbort();
    else run.addEventListener('abort', this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the time is up. A timer may be a little early, and one of a task that computes comes too late. */
  get isOver(): boolean {
    return this.#isTimeUp || performance.now() - this.#begun > this.#timeoutMs;
  }

  get failure(): Failure {
    return timedOut(this.#timeoutMs);
  }

  /** The task goes on after its call: only then can a timer reach it. */
  start(): void {
    this.#timer = setTimeout(
      () => {
        this.#isTimeUp = true;
        this.#controller.abort(new DOMException(timedOut(this.#timeoutMs).message, 'TimeoutError'));
      },
      Math.max(0, this.#timeoutMs - (performance.now() - this.#begun)),
    );
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#run.removeEventListener('abort', this.#onAbort);
  }

  #onAbort = (): void => this.#controller.abort(this.#run.reason);
}

function indexOf(indexes: ChunkOrder['indexes'], at: number): number {
  return typeof indexes === 'number' ? indexes + at : (indexes[at] as number);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    (typeof value === 'object' || typeof value === 'function') &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

function buffersOf(value: unknown): readonly Transferable[] {
  if (value instanceof ArrayBuffer) return [value];
  if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer) return [value.buffer];
  return [];
}

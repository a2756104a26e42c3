/**
 * Cooperative cancellation across threads. Aborting a running piscina task would terminate its whole worker, and with
 * it the other items of that worker. So each run owns a flag in shared memory instead: main sets it, and workers wait
 * for it.
 */
const capacity = 256;

/** Main's side: gives each run one of the shared flags. */
export class CancelFlags {
  readonly buffer = new SharedArrayBuffer(capacity * Int32Array.BYTES_PER_ELEMENT);
  readonly #flags = new Int32Array(this.buffer);
  readonly #free = Array.from({ length: capacity }, (_, slot) => slot);

  /** @throws RangeError if 256 runs use the pool already. */
  acquire(): number {
    const slot = this.#free.shift();
    if (slot === undefined) throw new RangeError(`Expected at most ${capacity} runs on one pool`);
    Atomics.store(this.#flags, slot, 0);
    return slot;
  }

  cancel(slot: number): void {
    Atomics.store(this.#flags, slot, 1);
    Atomics.notify(this.#flags, slot);
  }

  /** Call only when nothing of the run is in flight any more. */
  release(slot: number): void {
    this.cancel(slot);
    this.#free.push(slot);
  }
}

/** A worker's side: the flags as abort signals. */
export class CancelSignals {
  readonly #flags: Int32Array;
  readonly #controllers = new Map<number, AbortController>();

  constructor(buffer: SharedArrayBuffer) {
    this.#flags = new Int32Array(buffer);
  }

  signal(slot: number): AbortSignal {
    const cancelled = Atomics.load(this.#flags, slot) === 1;
    const known = this.#controllers.get(slot);
    if (known && known.signal.aborted === cancelled) return known.signal;
    const controller = new AbortController();
    this.#controllers.set(slot, controller);
    if (cancelled) controller.abort();
    else this.#abortWhenSet(slot, controller);
    return controller.signal;
  }

  #abortWhenSet(slot: number, controller: AbortController): void {
    const waiting = Atomics.waitAsync(this.#flags, slot, 0);
    if (waiting.async) void waiting.value.then(() => controller.abort());
    else controller.abort();
  }
}

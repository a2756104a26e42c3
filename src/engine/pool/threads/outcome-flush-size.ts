import { type EventLoopUtilization, performance } from 'node:perf_hooks';

/** Waking main costs as much as an item: a thread that has all it can do wakes it seldom, one that waits at once. */
const whenIdle = 4;
const whenBusy = 16;
/** From here on a thread counts as busy, of 1. */
const busy = 0.8;
/** How often that is looked at, in milliseconds: over many turns of the event loop, and soon after the start. */
const lookEveryMs = 40;

/** How many outcomes a channel tells together, at most, by how busy its thread has been lately. */
export class OutcomeFlushSize {
  readonly #read: () => EventLoopUtilization;
  #most = whenIdle;
  #before: EventLoopUtilization;

  /** @param read the event loop's idle and active time so far. Injected, so that tests need not be busy. */
  constructor(read: () => EventLoopUtilization = () => performance.eventLoopUtilization()) {
    this.#read = read;
    this.#before = read();
  }

  get most(): number {
    return this.#most;
  }

  /** To be called now and then. */
  look(): void {
    const now = this.#read();
    const active = now.active - this.#before.active;
    const all = active + now.idle - this.#before.idle;
    if (all < lookEveryMs) return;
    this.#most = active / all > busy ? whenBusy : whenIdle;
    this.#before = now;
  }
}

import { type EventLoopUtilization, performance } from 'node:perf_hooks';

/**
 * Waking main costs as much as an item: a busy thread should do it rarely, a thread that waits should do it at once.
 */
const whenIdle = 4;
const whenBusy = 16;
/** A thread counts as busy from this utilisation on (between 0 and 1). */
const busy = 0.8;
/**
 * How often the utilisation is measured, in milliseconds: over many turns of the event loop, and soon after the start.
 */
const lookEveryMs = 40;

/** The most outcomes that a channel sends together, depending on how busy its thread has been lately. */
export class OutcomeFlushSize {
  readonly #read: () => EventLoopUtilization;
  #most = whenIdle;
  #before: EventLoopUtilization;

  /** @param read returns the event loop's idle and active time so far. Injected, so that tests need not be busy. */
  constructor(read: () => EventLoopUtilization = () => performance.eventLoopUtilization()) {
    this.#read = read;
    this.#before = read();
  }

  get most(): number {
    return this.#most;
  }

  /** Measures, if it is time to. Call it often. */
  look(): void {
    const now = this.#read();
    const active = now.active - this.#before.active;
    const all = active + now.idle - this.#before.idle;
    if (all < lookEveryMs) return;
    this.#most = active / all > busy ? whenBusy : whenIdle;
    this.#before = now;
  }
}

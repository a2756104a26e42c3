import type { EventLoopUtilization } from 'node:perf_hooks';
import type { Worker } from 'node:worker_threads';

/** How busy worker threads are, by their event loops. */
export class ThreadLoad {
  readonly #before = new WeakMap<Worker, EventLoopUtilization>();

  /** @returns the share of the time since the last call for which the busiest of them was busy. */
  busiestOf(threads: readonly Worker[]): number {
    let busiest = 0;
    for (const thread of threads) {
      const now = thread.performance.eventLoopUtilization();
      const before = this.#before.get(thread);
      this.#before.set(thread, now);
      if (!before) continue;
      const active = now.active - before.active;
      const all = active + now.idle - before.idle;
      if (all > 0) busiest = Math.max(busiest, active / all);
    }
    return busiest;
  }
}

import type { PlannedItems } from '../../engine/run/front-ends/index.ts';
import type { Preview } from '../../shared/ipc/job.ts';
import type { PreviewCount } from './preview-job.ts';

/** A question is answered within about this time, in milliseconds, with what has been counted by then. */
const patienceMs = 1_000;

/** The count for the job that the page asked for last. */
interface Latest {
  readonly key: string;
  readonly count: PreviewCount;
  readonly stop: AbortController;
}

/**
 * Counts one job at a time. Whoever asks again for the same job while it is counted hears how far that is; the answer to
 * an older question is of no use any more, and its count is stopped.
 */
export class LatestPreview {
  #latest: Latest | undefined;

  async ask(key: string, begin: (signal: AbortSignal) => PreviewCount): Promise<Preview> {
    const { count } = this.#counting(key) ?? this.#begin(key, begin);
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, patienceMs);
    try {
      await Promise.race([count.ended, late]);
    } finally {
      clearTimeout(timer);
    }
    return count.preview();
  }

  /** What the last preview has found, if it was of this job and is complete: of what is not counted nothing can be told. */
  plannedOf(key: string): { readonly planned: PlannedItems; readonly signal: AbortSignal } | undefined {
    if (this.#latest?.key !== key) return undefined;
    const { count, stop } = this.#latest;
    return count.preview().partial ? undefined : { planned: count.planned, signal: stop.signal };
  }

  /** Images that are spread over what this job has, as far as that has been looked at. */
  spreadOf(key: string): { readonly paths: string[]; readonly final: boolean } | undefined {
    if (this.#latest?.key !== key) return undefined;
    const { count } = this.#latest;
    return { paths: count.spread.items, final: !count.preview().partial };
  }

  stop(): void {
    this.#latest?.stop.abort();
  }

  #counting(key: string): Latest | undefined {
    const latest = this.#latest;
    const joins = latest?.key === key && latest.count.preview().goesOn && !latest.stop.signal.aborted;
    return joins ? latest : undefined;
  }

  #begin(key: string, begin: (signal: AbortSignal) => PreviewCount): Latest {
    this.stop();
    const stop = new AbortController();
    this.#latest = { key, stop, count: begin(stop.signal) };
    return this.#latest;
  }
}

import { dirname } from 'node:path';
import type { ItemResult } from '../../shared/result.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import type { RunOptions } from '../run/run-options.ts';
import { FetchJob } from './fetch-job.ts';
import type { FetchPlanner } from './fetch-planner.ts';
import type { ListEntry, ListedUrl } from './lists/list-entry.ts';
import { dropParts } from './parts/resumable-part.ts';

export interface ListJobsOptions {
  readonly planner: FetchPlanner;
  readonly poolSize: LivePoolSize;
  readonly options: Pick<RunOptions, 'only' | 'onTotal' | 'signal'>;
  /** The result of an item whose file is there already. */
  readonly unchanged: (index: number, entry: ListedUrl, output: string) => Promise<ItemResult>;
  readonly emit: (result: ItemResult) => void;
}

/** Plans the entries of a list: what needs a request becomes a job, everything else a result at once. */
export class ListJobs {
  readonly #options: ListJobsOptions;
  #total = 0;

  constructor(options: ListJobsOptions) {
    this.#options = options;
  }

  async *of(entries: AsyncIterable<readonly ListEntry[]>): AsyncGenerator<FetchJob[], void> {
    const { planner, poolSize, options, unchanged, emit } = this.#options;
    for await (const batch of entries) {
      let jobs: FetchJob[] = [];
      for (const entry of batch) {
        const wanted = options.only?.has(entry.input) ?? true;
        if (entry.kind === 'rejected') {
          if (wanted) this.#rejected(entry);
          continue;
        }
        // Planned also where it is not wanted: which file gets which name depends on all that stand before it.
        const planned = planner.plan(entry);
        if (!wanted) continue;
        if (poolSize.paused) await this.#whilePaused();
        const index = this.#next();
        if (planned.kind === 'fetch') {
          jobs.push(new FetchJob(index, entry, planned.payload));
          continue;
        }
        // Its thumbnail may have to be made: what stands before it does not wait for that.
        yield jobs;
        jobs = [];
        if (planned.parts) dropParts(dirname(planned.output), planned.parts);
        emit(await unchanged(index, entry, planned.output));
      }
      yield jobs;
    }
    options.onTotal?.(this.#total, true);
  }

  /** Results that need no request come as fast as the list is read: a pause has to hold those too. */
  async #whilePaused(): Promise<void> {
    const { poolSize, options } = this.#options;
    while (poolSize.paused && !options.signal?.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const unsubscribe = poolSize.onChange(resolve);
      options.signal?.addEventListener('abort', () => resolve(), { once: true });
      await promise;
      unsubscribe();
    }
  }

  #rejected({ input, error, columns }: Extract<ListEntry, { kind: 'rejected' }>): void {
    const index = this.#next();
    this.#options.emit({ index, input, status: 'failed', ms: 0, error, ...(columns && { columns }) });
  }

  #next(): number {
    this.#total += 1;
    this.#options.options.onTotal?.(this.#total, false);
    return this.#total - 1;
  }
}

import { dirname } from 'node:path';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import type { RunOptions, ShardOfItems } from '../run/run-options.ts';
import { type RunResults, resultOf } from '../run/run-results.ts';
import { listedOf } from './attempt-results.ts';
import { FetchJob } from './fetch-job.ts';
import type { FetchPlanner } from './fetch-planner.ts';
import { isOfShard } from './lists/entries-of-shard.ts';
import type { ListEntry, SkippedPage } from './lists/list-entry.ts';
import { dropParts } from './parts/resumable-part.ts';
import type { UnchangedFiles } from './unchanged-files.ts';

export interface FetchJobsParts {
  readonly planner: FetchPlanner;
  readonly poolSize: LivePoolSize;
  readonly options: RunOptions;
  readonly unchanged: UnchangedFiles;
  readonly results: RunResults;
  /** The part of the entries that is fetched; absent if all are. */
  readonly shard?: ShardOfItems | undefined;
}

/** Turns the entries of a list into jobs. An item that needs no request gets its result at once. */
export class FetchJobs {
  readonly #parts: FetchJobsParts;
  #total = 0;

  constructor(parts: FetchJobsParts) {
    this.#parts = parts;
  }

  async *of(entries: AsyncIterable<readonly (ListEntry | SkippedPage)[]>): AsyncGenerator<FetchJob[], void> {
    const { planner, poolSize, options, unchanged, results } = this.#parts;
    for await (const batch of entries) {
      let jobs: FetchJob[] = [];
      for (const entry of batch) {
        const wanted = this.#isWanted(entry);
        if (entry.kind !== 'url') {
          if (wanted) this.#tell(entry);
          continue;
        }
        if (!wanted) {
          // The names of files depend on all entries before them.
          planner.reserveName(entry);
          continue;
        }
        const planned = planner.plan(entry);
        if (poolSize.paused) await this.#whilePaused();
        const index = this.#nextIndex();
        if (planned.kind === 'fetch') {
          jobs.push(new FetchJob(index, entry, planned.payload));
          continue;
        }
        // The file may have to be read, and its thumbnail made: the jobs before it must not wait for that.
        yield jobs;
        jobs = [];
        if (planned.listed && !(await planned.listed.isRight())) {
          jobs.push(new FetchJob(index, entry, planned.listed.otherwise()));
          continue;
        }
        if (planned.parts) dropParts(dirname(planned.output), planned.parts);
        results.emit(await unchanged.resultOf(index, entry, planned.output, 0));
      }
      yield jobs;
    }
    options.onTotal?.(this.#total, true);
  }

  /** What comes from a page that is done again belongs to that: no former result names it. */
  #isWanted(entry: ListEntry | SkippedPage): boolean {
    const { shard, options } = this.#parts;
    if (shard && entry.kind !== 'skipped' && !isOfShard(shard, entry)) return false;
    const { input, from = [] } = entry;
    const { only } = options;
    if (!only) return true;
    const listed = entry.kind === 'url' ? listedOf(entry) : undefined;
    if (only.has(input, listed)) return true;
    return from.some((page) => only.has(page)) && !only.leavesOut?.(input, listed);
  }

  /** Waits while the run is paused: results without a request come as fast as the list is read. */
  async #whilePaused(): Promise<void> {
    const { poolSize, options } = this.#parts;
    while (poolSize.paused && !options.signal?.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const unsubscribe = poolSize.onChange(resolve);
      options.signal?.addEventListener('abort', () => resolve(), { once: true });
      await promise;
      unsubscribe();
    }
  }

  #tell(entry: SkippedPage | Extract<ListEntry, { kind: 'rejected' }>): void {
    const { input } = entry;
    const columns = entry.kind === 'rejected' ? entry.columns : undefined;
    const item = { index: this.#nextIndex(), input, ...(columns && { columns }) };
    const ending =
      entry.kind === 'rejected'
        ? { status: 'failed' as const, error: entry.error }
        : { status: 'skipped' as const, reason: entry.reason };
    this.#parts.results.emit(resultOf(item, 0, ending));
  }

  #nextIndex(): number {
    this.#total += 1;
    this.#parts.options.onTotal?.(this.#total, false);
    return this.#total - 1;
  }
}

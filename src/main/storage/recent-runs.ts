import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type RecentRun, type RunId, recentRunSchema } from '../../shared/ipc/run.ts';
import type { UrlInput } from '../../shared/requests.ts';
import { type ResolvedJob, resolvedJobSchema } from '../jobs/resolved-job.ts';
import { JsonFile } from './json-file.ts';
import type { PastedLists } from './pasted-lists.ts';

const mostRuns = 12;
const indexSchema = z.array(recentRunSchema);

/**
 * The most recent runs, kept through a crash. The index is small and written often. Each job may name thousands of
 * paths and is a file of its own, written once when its run starts.
 */
export class RecentRuns {
  readonly #folder: string;
  readonly #texts: Pick<PastedLists, 'save'>;
  readonly #index: JsonFile<RecentRun[]>;

  constructor(folder: string, texts: Pick<PastedLists, 'save'>) {
    this.#folder = folder;
    this.#texts = texts;
    this.#index = new JsonFile<RecentRun[]>(join(folder, 'recent.json'), indexSchema, () => []);
  }

  /** The newest first. */
  list(): RecentRun[] {
    return this.#index.read();
  }

  add(run: RecentRun, job: ResolvedJob): void {
    this.#jobFile(run.runId).write(this.#inFiles(job));
    const all = [run, ...this.list().filter(({ runId }) => runId !== run.runId)];
    for (const { runId } of all.splice(mostRuns)) rmSync(this.#jobPath(runId), { force: true });
    this.#index.write(all);
  }

  /** Updates a run's entry. A run that has dropped off the list meanwhile is not added again. */
  update(runId: RunId, change: Pick<RecentRun, 'counters'> & Partial<RecentRun>): void {
    const all = this.list();
    if (!all.some((run) => run.runId === runId)) return;
    this.#index.write(all.map((run) => (run.runId === runId ? { ...run, ...change } : run)));
  }

  remove(runId: RunId): void {
    rmSync(this.#jobPath(runId), { force: true });
    this.#index.write(this.list().filter((run) => run.runId !== runId));
  }

  job(runId: RunId): ResolvedJob | undefined {
    try {
      return resolvedJobSchema.parse(JSON.parse(readFileSync(this.#jobPath(runId), 'utf8')));
    } catch {
      // Removed by hand, or written by a version with another format: this job cannot be run again.
      return undefined;
    }
  }

  /** Moves pasted lists into files of their own, because they may be far too large for a job's JSON. */
  #inFiles(job: ResolvedJob): ResolvedJob {
    if (job.kind !== 'fetch') return job;
    const inputs = job.request.inputs.map(
      (input): UrlInput =>
        input.kind === 'text' ? { kind: 'argument', value: this.#texts.save(input.text) } : input,
    );
    return { ...job, request: { ...job.request, inputs } };
  }

  #jobFile(runId: RunId): JsonFile<ResolvedJob | undefined> {
    return new JsonFile<ResolvedJob | undefined>(
      this.#jobPath(runId),
      resolvedJobSchema.optional(),
      () => undefined,
    );
  }

  #jobPath(runId: RunId): string {
    return join(this.#folder, `${runId}.json`);
  }
}

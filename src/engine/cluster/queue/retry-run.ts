import { QueueProblem } from '../../../shared/machines/queue-problem.ts';
import { runIdAt } from '../../run/journal/run-id.ts';
import type { Place } from '../places/place.ts';
import { BucketRecord } from '../records/bucket-record.ts';
import { type RunRecord, writeRun } from '../records/run-record.ts';
import { addJobs, handOut, jobIdOf } from './hand-out.ts';
import type { Registry } from './registry.ts';

export interface RetriedRun {
  readonly record: RunRecord;
  /** What is done again, in words. */
  readonly what: string;
}

/**
 * Does again what failed: the buckets that failed by themselves, or whose jobs are lost; if there are none, the failed
 * items, as a run of its own with the same buckets, so that files keep their names.
 * @param codes limits it to items that failed by one of these.
 * @returns undefined if nothing is left to do.
 */
export async function retryQueued(
  record: RunRecord,
  place: Place,
  registry: Registry,
  codes?: readonly string[],
): Promise<RetriedRun | undefined> {
  const failed = codes ? 0 : await retryBuckets(record, place, registry);
  if (failed > 0) return { record, what: failed === 1 ? '1 bucket' : `${failed} buckets` };
  const again = await runOfFailedItems(record, place, codes);
  if (!again) return undefined;
  const { id, title, submittedAt, retryOf, items } = again;
  await registry.begin({ id, title, place: place.title, submittedAt });
  await handOut(registry, again, place.title, retryOf?.buckets ?? []);
  return { record: again, what: items === 1 ? '1 item' : `${items} items` };
}

async function retryBuckets(record: RunRecord, place: Place, registry: Registry): Promise<number> {
  const { id, sizes, retryOf } = record;
  const queue = await registry.queue();
  const lost: number[] = [];
  const again = new Set<number>();
  for (const bucket of retryOf?.buckets ?? sizes.keys()) {
    if (await new BucketRecord(place, id, bucket).report()) continue;
    const job = await queue.getJob(jobIdOf(id, bucket));
    if (job && !(await job.isFailed())) {
      throw new QueueProblem('HAS_NOT_ENDED', { run: id });
    }
    again.add(bucket);
    if (!job) lost.push(bucket);
  }
  if (again.size === 0) return 0;
  await registry.goesOn(id, again);
  for (const bucket of again) await (await queue.getJob(jobIdOf(id, bucket)))?.retry('failed');
  if (lost.length > 0) await addJobs(registry, id, place.title, lost);
  return again.size;
}

async function runOfFailedItems(
  record: RunRecord,
  place: Place,
  codes: readonly string[] | undefined,
): Promise<RunRecord | undefined> {
  const id = runIdAt(performance.timeOrigin + performance.now());
  const wanted = codes && new Set<string>(codes);
  const sizes = record.sizes.map(() => 0);
  for (const bucket of record.retryOf?.buckets ?? record.sizes.keys()) {
    const report = await new BucketRecord(place, record.id, bucket).report();
    const inputs: string[] = [];
    for await (const { status, input, error } of report?.results ?? []) {
      if (status === 'failed' && (!wanted || (error && wanted.has(error.code)))) inputs.push(input);
    }
    if (inputs.length === 0) continue;
    sizes[bucket] = inputs.length;
    await new BucketRecord(place, id, bucket).writeOnly(inputs);
  }
  const buckets = [...sizes.keys()].filter((bucket) => (sizes[bucket] ?? 0) > 0);
  if (buckets.length === 0) return undefined;
  const again: RunRecord = {
    ...record,
    id,
    submittedAt: new Date().toISOString(),
    sizes,
    items: sizes.reduce((sum, size) => sum + size, 0),
    retryOf: { id: record.retryOf?.id ?? record.id, buckets },
  };
  await writeRun(place, again);
  return again;
}

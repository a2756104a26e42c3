import { QueueProblem } from '../../../shared/machines/queue-problem.ts';
import { itemKey } from '../../run/item-key.ts';
import { isNoRetry } from '../dataset/can-be-set.ts';
import type { Place } from '../places/place.ts';
import { BucketRecord } from '../records/bucket-record.ts';
import { type RunRecord, writeRun } from '../records/run-record.ts';
import { beginRun } from './begin-run.ts';
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
  const isOfSet = record.request.kind === 'fetch' && record.request.recipe.dataset !== 'off';
  if (isOfSet && codes) throw isNoRetry();
  const areBuckets = codes?.includes('BUCKET_FAILED') ?? true;
  const failed = areBuckets ? await retryBuckets(record, place, registry) : 0;
  if (failed > 0) return { record, what: failed === 1 ? '1 bucket' : `${failed} buckets` };
  if (isOfSet) throw isNoRetry();
  const again = await runOfFailedItems(record, place, registry, codes);
  if (!again) return undefined;
  const { retryOf, items } = again;
  await handOut(registry, again, place.title, retryOf?.buckets ?? []);
  return { record: again, what: items === 1 ? '1 item' : `${items} items` };
}

async function retryBuckets(record: RunRecord, place: Place, registry: Registry): Promise<number> {
  const { id, sizes, retryOf } = record;
  const queue = await registry.queue();
  const lost: number[] = [];
  const again = new Set<number>();
  for (const bucket of retryOf?.buckets ?? sizes.keys()) {
    const kept = new BucketRecord(place, id, bucket);
    if (await kept.report()) continue;
    const job = await queue.getJob(jobIdOf(id, bucket));
    if (job && !(await job.isFailed())) {
      throw new QueueProblem('HAS_NOT_ENDED', { run: id });
    }
    again.add(bucket);
    await kept.forgiveDeaths();
    if (!job) lost.push(bucket);
  }
  if (again.size === 0) return 0;
  await registry.goesOn(id, again);
  for (const bucket of again) {
    const job = await queue.getJob(jobIdOf(id, bucket));
    // Somebody else may do the same at this moment.
    await job?.retry('failed').catch(async (error: unknown) => {
      if (await job.isFailed()) throw error;
    });
  }
  if (lost.length > 0) await addJobs(registry, id, place.title, lost);
  return again.size;
}

async function runOfFailedItems(
  record: RunRecord,
  place: Place,
  registry: Registry,
  codes: readonly string[] | undefined,
): Promise<RunRecord | undefined> {
  const wanted = codes && new Set<string>(codes);
  const sizes = record.sizes.map(() => 0);
  let begun: Awaited<ReturnType<typeof beginRun>> | undefined;
  for (const bucket of record.retryOf?.buckets ?? record.sizes.keys()) {
    const report = await new BucketRecord(place, record.id, bucket).report();
    const inputs: string[] = [];
    for await (const { status, input, listed, error } of report?.results ?? []) {
      if (status === 'failed' && (!wanted || (error && wanted.has(error.code))))
        inputs.push(itemKey(input, listed));
    }
    if (inputs.length === 0) continue;
    sizes[bucket] = inputs.length;
    begun ??= await beginRun(registry, place, record.title);
    await registry.showsSplitting(begun.id);
    await new BucketRecord(place, begun.id, bucket).writeOnly(inputs);
  }
  if (!begun) return undefined;
  const buckets = [...sizes.keys()].filter((bucket) => (sizes[bucket] ?? 0) > 0);
  const again: RunRecord = {
    ...record,
    ...begun,
    sizes,
    items: sizes.reduce((sum, size) => sum + size, 0),
    retryOf: { id: record.retryOf?.id ?? record.id, buckets },
  };
  await writeRun(place, again);
  return again;
}

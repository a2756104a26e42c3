import type { RunRecord } from '../records/run-record.ts';
import type { Registry } from './registry.ts';

/** A bucket that fails by itself, such as one whose place cannot be read, is tried so often. */
const attempts = 5;
const firstPauseMs = 2_000;

/** The id of a bucket's job. */
export function jobIdOf(run: string, bucket: number): string {
  return `${run}-${bucket}`;
}

/** Hands all buckets of a run out: of all at once, so that nobody who ends in the middle leaves a half of them. */
export async function handOut(
  registry: Registry,
  { id, items, sizes }: RunRecord,
  place: string,
  buckets: readonly number[],
): Promise<void> {
  await addJobs(registry, id, place, buckets);
  const refused = items - sizes.reduce((sum, size) => sum + size, 0);
  await registry.isQueued(id, { items, refused, buckets: buckets.length });
}

export async function addJobs(
  registry: Registry,
  run: string,
  place: string,
  buckets: readonly number[],
): Promise<void> {
  const queue = await registry.queue();
  const opts = {
    attempts,
    backoff: { type: 'exponential', delay: firstPauseMs },
    removeOnComplete: true,
    removeOnFail: false,
  } as const;
  await queue.addBulk(
    buckets.map((bucket) => ({
      name: 'bucket',
      data: { run, bucket, place },
      opts: { ...opts, jobId: jobIdOf(run, bucket) },
    })),
  );
}

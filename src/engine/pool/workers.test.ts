import { expect, it, vi } from 'vitest';
import { WorkerPool } from './worker-pool.ts';
import { Workers } from './workers.ts';

it('workers that were started ahead are ended by those that are started after them', async () => {
  const start = vi.spyOn(WorkerPool, 'start');
  const workers = new Workers();
  workers.startForFetches(false);
  workers.startForThumbnails(1);
  await workers.end();
  const pools = start.mock.results.map(({ value }) => value as WorkerPool);
  expect(pools).toHaveLength(2);
  await vi.waitFor(() => expect(pools.map(({ threads }) => threads)).toEqual([0, 0]));
});

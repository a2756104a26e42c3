import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { needs } from '../../../test/needs.ts';
import { WorkerPool } from './worker-pool.ts';

const namedThreads = needs(
  'Linux, and a Node that names its threads (24)',
  process.platform === 'linux' && Number(process.versions.node.split('.')[0]) >= 24,
);

/** The niceness of each thread of this process that runs a worker's JavaScript; see proc(5), stat. */
function nicenessOfWorkers(): number[] {
  return readdirSync('/proc/self/task').flatMap((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return stat.includes('(WorkerThread)') ? [Number(afterName[16])] : [];
  });
}

namedThreads.test('threads told to be nice stand back, and nobody else does', async () => {
  const before = nicenessOfWorkers();
  const pool = WorkerPool.start({ maxThreads: 3, minThreads: 2, nice: 10 });
  await pool.ready;
  const run = pool.openRun();
  await Promise.all([run.execute('ping', undefined), run.execute('ping', undefined)]);
  const after = nicenessOfWorkers();
  await pool.destroy();
  expect(after.filter((nice) => nice === 10)).toHaveLength(2);
  expect(after.filter((nice) => nice === 0)).toEqual(before);
});

test('a worker that cannot boot is an error, and what was given to it is cancelled', async () => {
  const pool = WorkerPool.start({ maxThreads: 2, workerFile: '/no/such/worker.cjs' });
  const run = pool.openRun();
  const outcome = run.execute('ping', undefined);
  await expect(pool.ready).rejects.toThrow('The worker threads could not start.');
  expect((await outcome).status).not.toBe('done');
  expect(await run.execute('ping', undefined)).toMatchObject({ status: 'cancelled' });
  expect(pool.threads).toBe(0);
});

test('a pool that is ended while it boots is no error: what was given to it is cancelled', async () => {
  const pool = WorkerPool.start({ maxThreads: 1 });
  const outcome = pool.openRun().execute('ping', undefined);
  await pool.destroy();
  await pool.ready;
  expect(await outcome).toMatchObject({ status: 'cancelled' });
});

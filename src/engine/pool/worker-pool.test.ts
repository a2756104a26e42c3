import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WorkerPool } from './worker-pool.ts';

/** Niceness of each of this process's threads that run JavaScript of a worker; see proc(5), stat. */
function nicenessOfWorkers(): number[] {
  return readdirSync('/proc/self/task').flatMap((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return stat.includes('(WorkerThread)') ? [Number(afterName[16])] : [];
  });
}

test.runIf(process.platform === 'linux')(
  'threads told to be nice stand back, and nobody else does',
  async () => {
    const before = nicenessOfWorkers();
    const pool = WorkerPool.start({ maxThreads: 3, minThreads: 2, nice: 10 });
    await pool.ready;
    const run = pool.openRun();
    await Promise.all([run.execute('ping', undefined), run.execute('ping', undefined)]);
    const after = nicenessOfWorkers();
    await pool.destroy();
    expect(after.filter((nice) => nice === 10)).toHaveLength(2);
    expect(after.filter((nice) => nice === 0)).toEqual(before);
  },
);

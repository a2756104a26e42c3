import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import type { MapContext } from './common/task-context.ts';
import { map, mapStream } from './map.ts';
import type { MapProgress } from './map-options.ts';
import { values } from './values.ts';

function moduleOf(text: string): string {
  const folder = tempFolder();
  writeFiles(folder, { 'task.mjs': text });
  return join(folder, 'task.mjs');
}

const range = (count: number) => Array.from({ length: count }, (_, at) => at);

describe('data and init', () => {
  test('data reaches each task, in workers and in this thread', async () => {
    const file = moduleOf('export default (n, { data }) => n * data.factor;');
    expect(values(await map(file, [1, 2], { data: { factor: 10 } }))).toEqual([10, 20]);
    expect(
      values(await map((n: number, { data }) => n * data.factor, [1, 2], { data: { factor: 10 } })),
    ).toEqual([10, 20]);
  });

  test('init is called once in each worker before its first item, and what it returns is its state', async () => {
    const log = join(tempFolder(), 'log');
    const file = moduleOf(`
      import { appendFileSync } from 'node:fs';
      import { setTimeout as sleep } from 'node:timers/promises';
      export async function init({ data, signal }) {
        appendFileSync(data.log, 'init\\n');
        await sleep(5, undefined, { signal });
        return { count: 0 };
      }
      export default (item, { state }) => { state.count += 1; return state.count; };
    `);
    const counts = values(await map<number, number>(file, range(200), { poolSize: 2, data: { log } }));
    const inits = readFileSync(log, 'utf8').trimEnd().split('\n').length;
    expect(inits).toBeLessThanOrEqual(2);
    // Each worker has counted its own items, one by one.
    expect(counts.filter((count) => count === 1).length).toBeLessThanOrEqual(inits);
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(100);
  });

  test('init that throws ends the run, and is told once', async () => {
    const file = moduleOf(
      'export const init = () => { throw new Error("no database"); };\nexport default (n) => n;',
    );
    const ended: string[] = [];
    const running = map(file, range(10), { onResult: ({ status }) => ended.push(status) });
    await expect(running).rejects.toMatchObject({
      code: 'TASK_NOT_FOUND',
      message: expect.stringMatching(/^init of .*task\.mjs failed: no database$/),
    });
    expect(ended).toEqual([]);
  });

  test('init that fails only in a later worker ends the run as well', async () => {
    const mark = join(tempFolder(), 'mark');
    const file = moduleOf(`
      import { writeFileSync } from 'node:fs';
      export const init = ({ data }) => writeFileSync(data, '', { flag: 'wx' });
      export default (n) => { if (n === 5) process.exit(1); return n; };
    `);
    await expect(map(file, range(20), { data: mark, poolSize: 1 })).rejects.toMatchObject({
      message: expect.stringMatching(/init of .* failed: EEXIST/),
    });
  });

  test('init that fails in a later worker ends the run also while an item of another waits for its next try', async () => {
    const folder = tempFolder();
    const file = moduleOf(`
      import { existsSync, writeFileSync } from 'node:fs';
      import { setTimeout as sleep } from 'node:timers/promises';
      export const init = ({ data }) => {
        try {
          writeFileSync(data + '/first', '', { flag: 'wx' });
        } catch (error) {
          writeFileSync(data + '/failed', '');
          throw error;
        }
      };
      export default async (n, { data }) => {
        while (!existsSync(data + '/failed')) await sleep(5);
        // Until the other thread has heard of it.
        await sleep(300);
        throw new Error('not this time');
      };
    `);
    const running = map(file, range(8), { data: folder, poolSize: 2, retries: 3 });
    await expect(running).rejects.toMatchObject({
      message: expect.stringMatching(/init of .* failed: EEXIST/),
    });
  });
});

describe('retries', () => {
  test.each(['a worker', 'this thread'])('try an item that failed again, in %s', async (where) => {
    const folder = tempFolder();
    const file = moduleOf(`
      import { appendFileSync, readFileSync } from 'node:fs';
      export default function flaky(name, { data }) {
        appendFileSync(data + '/' + name, 'x');
        const tries = readFileSync(data + '/' + name, 'utf8').length;
        if (name === 'never' || (name === 'third' && tries < 3)) throw new Error('not yet');
        return tries;
      }`);
    const task = where === 'a worker' ? file : (await import(file)).default;
    const results = await map<string, number>(task, ['first', 'third', 'never'], {
      retries: 2,
      poolSize: 2,
      data: folder,
    });
    expect(results).toMatchObject([
      { status: 'done', value: 1 },
      { status: 'done', value: 3 },
      { status: 'failed', error: { message: 'not yet', tries: 3 } },
    ]);
  });

  test('of a worker that died too', async () => {
    const mark = join(tempFolder(), 'mark');
    const file = moduleOf(`
      import { writeFileSync } from 'node:fs';
      export default (item, { data }) => {
        try { writeFileSync(data, '', { flag: 'wx' }); } catch { return 'lived'; }
        process.exit(1);
      };`);
    expect(values(await map(file, [1], { retries: 1, data: mark }))).toEqual(['lived']);
  });

  test('let others go on meanwhile, and end with an abort', async () => {
    const abort = new AbortController();
    const done: number[] = [];
    const task = moduleOf('export default (n) => { if (n === 0) throw new Error("always"); return n; };');
    const running = map<number>(task, range(50), {
      poolSize: 1,
      retries: 100,
      signal: abort.signal,
      onResult: ({ index }) => {
        done.push(index);
        if (done.length === 49) abort.abort(new Error('enough'));
      },
    });
    await expect(running).rejects.toThrow('enough');
    expect(done.filter((index) => index !== 0)).toHaveLength(49);
  });
});

describe('timeouts', () => {
  const slow = `
    import { setTimeout as sleep } from 'node:timers/promises';
    export default async (how, { signal }) => {
      if (how === 'listen') await sleep(60_000, undefined, { signal });
      if (how === 'ignore') await sleep(60_000);
      if (how === 'block') for (;;);
      if (how === 'reason') return new Promise((resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      return how;
    };`;

  test.each(['listen', 'ignore', 'block', 'reason'])(
    'fail an item that takes too long (%s), and no other',
    async (how) => {
      const items = ['a', 'b', how, 'c', 'd'];
      const results = await map(moduleOf(slow), items, { timeoutMs: 300, poolSize: 2, chunkSize: 5 });
      expect(results.map(({ status }) => status)).toEqual(['done', 'done', 'failed', 'done', 'done']);
      expect(results[2]).toMatchObject({
        error: { code: 'TASK_TIMEOUT', message: 'The task took longer than 0.3 s.' },
      });
    },
  );

  test('are for each try', async () => {
    const [result] = await map(moduleOf(slow), ['listen'], { timeoutMs: 50, retries: 1 });
    expect(result).toMatchObject({ status: 'failed', error: { code: 'TASK_TIMEOUT', tries: 2 } });
  });

  test('in this thread tell the signal, and wait no longer', async () => {
    const reasons: unknown[] = [];
    const task = async (item: number, { signal }: { signal: AbortSignal }) => {
      signal.addEventListener('abort', () => reasons.push(signal.reason.name));
      await sleep(item === 1 ? 60_000 : 0, undefined, { signal }).catch(() => sleep(60_000));
      return item;
    };
    const results = await map(task, [0, 1, 2], { timeoutMs: 100 });
    expect(results.map(({ status }) => status)).toEqual(['done', 'failed', 'done']);
    expect(results[1]).toMatchObject({ error: { code: 'TASK_TIMEOUT' } });
    expect(reasons).toEqual(['TimeoutError']);
  });
});

describe('stopOnError', () => {
  const failSome = async (item: number) => {
    await sleep(1);
    if (item % 10 === 9) throw new Error(`${item}`);
    return item;
  };

  test.each([
    [true, 1],
    [3, 3],
  ])(
    '%s ends the run after so many failed items; what had not begun has no result',
    async (stopOnError, failures) => {
      const results = await map(failSome, range(1_000), { stopOnError, poolSize: 2 });
      expect(results.filter(({ status }) => status === 'failed').length).toBe(failures);
      expect(results.length).toBeLessThan(100);
      expect(results.map(({ index }) => index)).toEqual(range(results.length));
      const streamed = await Array.fromAsync(mapStream(failSome, range(1_000), { stopOnError, poolSize: 2 }));
      expect(streamed.filter(({ status }) => status === 'failed').length).toBe(failures);
      expect(streamed.length).toBeLessThan(100);
    },
  );

  test('cancels what is in flight in workers, and what waits there has no result', async () => {
    const task = moduleOf(`
      import { setTimeout as sleep } from 'node:timers/promises';
      export default async (item, { signal }) => {
        if (item === 0) await sleep(60_000, undefined, { signal });
        if (item === 5) throw new Error('five');
        return item;
      };`);
    const results = await map<number>(task, range(100), { stopOnError: true, poolSize: 2, chunkSize: 10 });
    expect(results.filter(({ status }) => status === 'failed').map(({ index }) => index)).toEqual([5]);
    expect(results[0]).toMatchObject({ index: 0, status: 'cancelled' });
    expect(results.length).toBeLessThan(100);
  });
});

test('a worker is replaced after so many items', async () => {
  const file = moduleOf('import { threadId } from "node:worker_threads"; export default () => threadId;');
  const ids = values(
    await map<number, number>(file, range(20), { itemsPerWorker: 5, poolSize: 1, chunkSize: 3 }),
  );
  expect(ids).toHaveLength(20);
  const counts = Map.groupBy(ids, (id) => id);
  expect(counts.size).toBe(4);
  for (const own of counts.values()) expect(own).toHaveLength(5);
});

test.each(['a worker', 'this thread'])(
  'a task tells its progress in %s, not too often, and none after its end',
  async (where) => {
    const file = moduleOf(`
    import { setTimeout as sleep } from 'node:timers/promises';
    export default async function count(item, { progress }) {
      for (let at = 0; at <= 1_000; at += 1) progress(at / 1_000);
      await sleep(250);
      progress({ note: 'nearly' });
      setTimeout(() => progress('too late'), 20);
      return item;
    }`);
    const told: MapProgress<string>[] = [];
    const task = where === 'a worker' ? file : (await import(file)).default;
    await map<string>(task, ['a', 'b'], { poolSize: 1, onProgress: (progress) => told.push(progress) });
    await sleep(50);
    const ofA = told.filter(({ index }) => index === 0);
    expect(ofA[0]).toEqual({ index: 0, item: 'a', progress: 0 });
    expect(ofA.map(({ progress }) => progress)).toContain(1);
    expect(ofA.map(({ progress }) => progress)).toContainEqual({ note: 'nearly' });
    expect(told.map(({ progress }) => progress)).not.toContain('too late');
    expect(ofA.length).toBeLessThan(10);
    expect(told.some(({ index, item }) => index === 1 && item === 'b')).toBe(true);
  },
);

test.each(['a worker', 'this thread'])(
  'an onProgress that throws ends the run with what it throws (%s)',
  async (where) => {
    const file = moduleOf(
      'export default async (item, { progress }) => { progress(1); await null; return item; }',
    );
    const task = where === 'a worker' ? file : (await import(file)).default;
    const onProgress = () => {
      throw new Error('nobody hears');
    };
    await expect(map<number>(task, range(5), { poolSize: 1, onProgress })).rejects.toThrow('nobody hears');
  },
);

test('progress that is told after the end of its item is told of no other', async () => {
  const file = moduleOf(`
    import { setTimeout as sleep } from 'node:timers/promises';
    export default async (item, { progress }) => {
      if (item === 0) setTimeout(() => progress('late'), 20);
      else await sleep(60);
      return item;
    }`);
  const told: unknown[] = [];
  await map<number>(file, range(4), {
    poolSize: 1,
    chunkSize: 2,
    onProgress: (progress) => told.push(progress),
  });
  expect(told).toEqual([]);
});

test('a function that goes on after its time is heard of no more', async () => {
  const told: unknown[] = [];
  const over = Promise.withResolvers<void>();
  const task = async (_: number, { progress }: MapContext) => {
    await sleep(150);
    progress('late');
    over.resolve();
  };
  const results = await map(task, [1], { timeoutMs: 50, onProgress: (progress) => told.push(progress) });
  expect(results).toMatchObject([{ status: 'failed', error: { code: 'TASK_TIMEOUT' } }]);
  await over.promise;
  expect(told).toEqual([]);
});

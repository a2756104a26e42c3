import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Gauge } from '../../../test/gauge.ts';
import { ended } from '../../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { waitUntil } from '../../../test/wait-until.ts';
import { map, mapStream } from './map.ts';

const task = new URL('../../../test/tasks/gauge.mjs', import.meta.url);

function* endless(buffer: SharedArrayBuffer, how: 'listen' | 'ignore' | 'block', ms: number) {
  for (;;) yield { buffer, how, ms };
}

describe('aborting', () => {
  test('rejects with the reason, starts nothing new and tells tasks that listen', async () => {
    const gauge = new Gauge();
    const abort = new AbortController();
    const reason = new Error('enough of it');
    const items = endless(gauge.buffer, 'listen', 60_000);
    const running = map(task, items, { poolSize: 3, signal: abort.signal, graceMs: 20_000 });
    await waitUntil(() => gauge.inFlight === 3, 'three are in flight');
    abort.abort(reason);
    await expect(running).rejects.toBe(reason);
    expect(gauge.started).toBe(3);
    expect(gauge.cancelled).toBe(3);
    expect(gauge.inFlight).toBe(0);
  });

  test('lets items end that do so within the grace', async () => {
    const gauge = new Gauge();
    const abort = new AbortController();
    const items = endless(gauge.buffer, 'ignore', 300);
    const statuses: string[] = [];
    const running = map(task, items, {
      poolSize: 2,
      signal: abort.signal,
      graceMs: 20_000,
      onResult: ({ status }) => statuses.push(status),
    });
    await waitUntil(() => gauge.inFlight === 2, 'two are in flight');
    abort.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(new Set(statuses)).toEqual(new Set(['done']));
    expect([gauge.inFlight, gauge.started]).toEqual([0, statuses.length]);
  });

  test.each(['ignore', 'block'] as const)('ends after the grace what will not stop (%s)', async (how) => {
    const gauge = new Gauge();
    const abort = new AbortController();
    const statuses: string[] = [];
    const running = map(task, endless(gauge.buffer, how, 600_000), {
      poolSize: 2,
      signal: abort.signal,
      graceMs: 50,
      onResult: ({ status }) => statuses.push(status),
    });
    await waitUntil(() => gauge.inFlight === 2, 'two are in flight');
    abort.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(statuses).toEqual(['cancelled', 'cancelled']);
    expect(gauge.started).toBe(2);
  });

  test('stops waiting for a function in this thread that will not stop', async () => {
    const abort = new AbortController();
    const never = new Promise<void>(() => {});
    const running = map(() => never, [1, 2, 3], { poolSize: 2, signal: abort.signal, graceMs: 10 });
    await sleep(5);
    abort.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });

  test.each([
    ['its loading', 'await new Promise(() => {}); export default (item) => item;'],
    ['a loop at its top', 'for (;;); export default (item) => item;'],
    ['its init', 'export const init = () => new Promise(() => {}); export default (item) => item;'],
  ])('ends a module that never comes to its first item: %s', async (_what, text) => {
    const folder = tempFolder();
    writeFiles(folder, {
      'forever.mjs': `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(join(folder, 'begun'))}, '');\n${text}`,
    });
    const abort = new AbortController();
    const reason = new Error('enough of it');
    const running = map(join(folder, 'forever.mjs'), [1], { signal: abort.signal, graceMs: 0 });
    running.catch(() => {});
    await waitUntil(() => existsSync(join(folder, 'begun')), 'the module has begun');
    abort.abort(reason);
    await expect(running).rejects.toBe(reason);
  });

  test('beforehand starts nothing at all', async () => {
    let started = 0;
    const count = () => {
      started += 1;
    };
    const signal = AbortSignal.abort();
    await expect(map(count, [1], { signal })).rejects.toMatchObject({ name: 'AbortError' });
    await expect(Array.fromAsync(mapStream(count, [1], { signal }))).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(started).toBe(0);
  });

  test('a stream rejects in its reader, after the results that were there', async () => {
    const abort = new AbortController();
    const heard: number[] = [];
    const reading = (async () => {
      const stream = mapStream((item: number) => sleep(5, item), Array(1000).keys(), {
        poolSize: 2,
        signal: abort.signal,
      });
      for await (const { index } of stream) {
        heard.push(index);
        if (index === 5) abort.abort(new Error('stop here'));
      }
    })();
    await expect(reading).rejects.toThrow('stop here');
    expect(heard.slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

test.each([
  ['ends normally', 'await map(task, items(20), { poolSize: 3 });'],
  [
    'is aborted',
    `const abort = new AbortController();
     setTimeout(() => abort.abort(), 300);
     await map(task, items(1e9), { poolSize: 3, signal: abort.signal, graceMs: 100 }).catch(() => {});`,
  ],
  ['is left early', 'for await (const result of mapStream(task, items(1e9), { poolSize: 3 })) break;'],
  ['finds no task', "await map('./absent.mjs', items(3)).catch(() => {});"],
])('no worker and no handle stays behind when a run %s', async (_how, lines) => {
  const script = `
    import { map, mapStream } from ${JSON.stringify(new URL('./map.ts', import.meta.url).href)};
    const task = new URL(${JSON.stringify(task.href)});
    const buffer = new SharedArrayBuffer(16);
    function* items(count) { for (let at = 0; at < count; at += 1) yield { buffer, ms: 5 }; }
    ${lines}
    // A handle is closed in a later turn than the call that closes it.
    let left = [];
    for (let turn = 0; turn < 200; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      left = process.getActiveResourcesInfo().filter((kind) => !/^(Pipe|TTY|FSReq|Timeout)/.test(kind));
      if (left.length === 0) break;
    }
    console.log(JSON.stringify(left));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, stdout, stderr } = await ended(child);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual([]);
});

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Gauge } from '../../../test/gauge.ts';
import { waitUntil } from '../../../test/wait-until.ts';
import { LivePoolSize } from '../pool/live-pool-size.ts';
import { map } from './map.ts';

const task = new URL('../../../test/tasks/gauge.mjs', import.meta.url);

/** Yields items until `enough` returns true. */
function* itemsUntil(enough: () => boolean, buffer: SharedArrayBuffer, ms = 15) {
  while (!enough()) yield { buffer, ms };
}

/** Waits until the items in flight before a change have ended: for a while there are no more than `size` at once. */
async function settled(gauge: Gauge, size: number): Promise<void> {
  const deadline = Date.now() + 40_000;
  do {
    if (Date.now() > deadline)
      throw new Error(`Still ${gauge.most} at once, long after the size became ${size}.`);
    gauge.resetMost();
    await sleep(60);
  } while (gauge.most > size);
}

test('the number in flight inside the workers follows the pool size, up and down', async () => {
  const gauge = new Gauge();
  const poolSize = new LivePoolSize(2, 12);
  let enough = false;
  const running = map(
    task,
    itemsUntil(() => enough, gauge.buffer),
    { poolSize },
  );
  for (const size of [2, 8, 3, 12, 1, 6]) {
    poolSize.resize(size);
    await settled(gauge, size);
    gauge.resetMost();
    await waitUntil(() => gauge.most >= size, `${size} are in flight`);
    await sleep(60);
    expect(gauge.most).toBe(size);
  }
  enough = true;
  const results = await running;
  expect(results.every(({ status }) => status === 'done')).toBe(true);
  expect(gauge.inFlight).toBe(0);
});

test('more than 64 in flight share threads, and still are as many as asked for', async () => {
  const gauge = new Gauge();
  const abort = new AbortController();
  function* items() {
    for (;;) yield { buffer: gauge.buffer, ms: 600_000, how: 'listen' };
  }
  const running = map(task, items(), { poolSize: 100, signal: abort.signal, graceMs: 60_000 });
  // 64 threads take a while to start on a busy machine; no item ends before all are there.
  await Promise.race([running, waitUntil(() => gauge.inFlight === 100, '100 are in flight', 90_000)]);
  abort.abort();
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  expect([gauge.most, gauge.started]).toEqual([100, 100]);
}, 120_000);

test('while paused nothing new starts; what is in flight ends; resuming goes on', async () => {
  const gauge = new Gauge();
  const poolSize = new LivePoolSize(3);
  let enough = false;
  const running = map(
    task,
    itemsUntil(() => enough, gauge.buffer),
    { poolSize },
  );
  await waitUntil(() => gauge.started > 5, 'some have started');
  poolSize.pause();
  await waitUntil(() => gauge.inFlight === 0, 'all in flight have ended');
  const before = gauge.started;
  await sleep(60);
  expect(gauge.started).toBe(before);
  poolSize.resume();
  await waitUntil(() => gauge.started > before + 5, 'it goes on');
  enough = true;
  await running;
});

test('a run that is paused can be aborted', async () => {
  const poolSize = new LivePoolSize(2);
  poolSize.pause();
  const abort = new AbortController();
  const running = map(async () => {}, [1, 2, 3], { poolSize, signal: abort.signal });
  await sleep(10);
  abort.abort();
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
});

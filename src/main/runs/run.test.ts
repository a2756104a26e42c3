import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Page } from '../../../test/page.ts';
import { LivePoolSize, type RunOptions, type Summary } from '../../engine/index.ts';
import { type RunId, runSnapshotSchema, runUpdateSchema, type ThumbId } from '../../shared/ipc/run.ts';
import type { ItemResult } from '../../shared/result.ts';
import { Run } from './run.ts';

const summary = {} as Summary;
const thumb = randomUUID() as ThumbId;

function open(
  work: (options: RunOptions) => Promise<Summary>,
  page = new Page(),
  poolSize = new LivePoolSize(2, 8),
) {
  const session = new Run({
    runId: randomUUID() as RunId,
    kind: 'thumbnails',
    title: 'photos',
    destination: '/photos/thumbs',
    poolSize,
    work,
    thumbOf: ({ state }) => (state === 'done' ? thumb : undefined),
    tell: page.tell,
  });
  page.acknowledge = (_runId, sequence) => session.acknowledge(sequence);
  return { session, page, poolSize };
}

const done = (index: number, more: Partial<ItemResult> = {}): ItemResult => ({
  index,
  input: `/photos/${index}.jpg`,
  status: 'done',
  output: `/photos/thumbs/${index}.jpg`,
  ms: 2,
  bytesIn: 40_000,
  bytesOut: 2_000,
  width: 75,
  height: 50,
  ...more,
});

it('tells a run from start to end in messages that keep to the contract', async () => {
  const { session, page } = open(async ({ onTotal, onStart, onPlace, onResult, onWarning }) => {
    onTotal?.(3, true);
    for (const index of [0, 1, 2]) {
      onStart?.({ index, input: `/photos/${index}.jpg` });
      onPlace?.(0, { index, input: `/photos/${index}.jpg` });
      await wait(120);
      onResult?.(
        index === 1
          ? done(1, { status: 'failed', error: { code: 'EMPTY_FILE', message: 'It is empty.' } })
          : done(index),
      );
      onPlace?.(0, undefined);
    }
    onWarning?.('One folder was left out.');
    return summary;
  });
  await session.run();
  const last = await page.finished();
  for (const update of page.heard) expect(runUpdateSchema.parse(update)).toEqual(update);
  expect(runSnapshotSchema.parse(session.snapshot())).toMatchObject({ title: 'photos', state: 'finished' });
  expect(page.heard.map(({ sequence }) => sequence)).toEqual(page.heard.map((_, place) => place + 1));
  expect(page.heard.some(({ lanes }) => lanes[0]?.working?.name === '1.jpg')).toBe(true);
  expect(last).toMatchObject({
    counters: { total: 3, done: 2, failed: 1, inFlight: 0 },
    failures: [{ code: 'EMPTY_FILE', count: 1, example: 'It is empty.' }],
    warnings: ['One folder was left out.'],
    lanes: [],
  });
  const rows = session.rows({ filter: 'all' }, 0, 10);
  expect(rows.rows.map(({ index, state, thumb: id }) => [index, state, id])).toEqual([
    [0, 'done', thumb],
    [1, 'failed', undefined],
    [2, 'done', thumb],
  ]);
});

it('tells what limits the run of late, and at its end what limited it as a whole', async () => {
  const limit = { kind: 'pool', poolSize: 1, suggested: 2, gain: 2 } as const;
  const whole = { kind: 'host-limit', host: 'a.test', atOnce: 6, suggested: 12, gain: 2 } as const;
  const heard = Promise.withResolvers<void>();
  const { session, page } = open(async ({ onResult, onLimit }) => {
    onResult?.(done(0));
    onLimit?.(limit);
    await heard.promise;
    return { ...summary, limit: whole };
  });
  const ended = session.run();
  await page.hears((update) => update.limit?.kind === 'pool');
  heard.resolve();
  await ended;
  const last = await page.finished();
  expect(runUpdateSchema.parse(last)).toMatchObject({ limit: whole });
  expect(runSnapshotSchema.parse(session.snapshot())).toMatchObject({ limit: whole });
});

it('tells the newest rows of a burst, how many had no place, and gives the others when asked', async () => {
  const { session, page } = open(async ({ onResult }) => {
    await wait(20);
    for (let index = 0; index < 5_000; index += 1) onResult?.(done(index));
    return summary;
  });
  await session.run();
  const last = await page.finished();
  expect(last.rows).toHaveLength(300);
  expect(last.rows.at(-1)?.index).toBe(4_999);
  expect(last.rowsLeftOut).toBe(4_700);
  expect(session.rows({ filter: 'done' }, 100, 2).rows.map(({ index }) => index)).toEqual([100, 101]);
});

it('holds updates for a page that is behind, and gives one that was reloaded where it stands', async () => {
  const emitted = Promise.withResolvers<void>();
  const going = Promise.withResolvers<void>();
  const page = new Page();
  page.acknowledges = false;
  const { session } = open(async ({ onResult }) => {
    for (let index = 0; index < 20; index += 1) {
      onResult?.(done(index));
      await wait(20);
    }
    emitted.resolve();
    await going.promise;
    return summary;
  }, page);
  const ended = session.run();
  await emitted.promise;
  await wait(250);
  expect(page.heard).toHaveLength(1);
  page.acknowledges = true;
  const snapshot = session.snapshot();
  expect(snapshot).toMatchObject({ sequence: 1, counters: { done: 20 } });
  await page.hears(({ sequence }) => sequence === 2);
  going.resolve();
  await ended;
  await page.finished();
});

it('passes pause, resume and a new pool size on to the engine, and marks the moment in the chart', async () => {
  const seen: number[] = [];
  const { session, page, poolSize } = open(async ({ poolSize: live, onStart, signal }) => {
    (live as LivePoolSize).onChange(() => seen.push((live as LivePoolSize).limit));
    onStart?.({ index: 0, input: '/photos/0.jpg' });
    while (!signal?.aborted) await wait(5);
    return summary;
  });
  const ended = session.run();
  await page.hears(({ state }) => state === 'running');
  session.pause();
  await page.hears(({ state }) => state === 'paused');
  const { elapsedMs } = session.describe();
  await wait(80);
  expect(session.describe().elapsedMs).toBe(elapsedMs);
  session.resume();
  session.resize(6);
  session.resize(99);
  await page.hears((update) => update.poolSize === 8);
  session.cancel();
  await ended;
  await page.finished();
  expect(seen).toEqual([0, 2, 6, 8]);
  expect(poolSize.size).toBe(8);
  const sizes = session.describe().samples.map((sample) => sample.poolSize);
  expect(sizes.join()).toMatch(/^2,(2,)*6,(6,)*8/);
  expect(session.cancelled).toBe(true);
});

it('tells a page which size the run has found itself, and ends that with a hand on the slider', async () => {
  const { promise: held, resolve: letGo } = Promise.withResolvers<Summary>();
  const { session, page, poolSize } = open(() => held, new Page(), LivePoolSize.automatic(2, 8));
  const ended = session.run();
  poolSize.adjust(5);
  await page.hears((update) => update.poolSize === 5 && update.poolAutomatic);
  session.resize(3);
  poolSize.adjust(6);
  await page.hears((update) => update.poolSize === 3 && !update.poolAutomatic);
  session.resize('auto');
  poolSize.adjust(6);
  await page.hears((update) => update.poolSize === 6 && update.poolAutomatic);
  letGo(summary);
  await ended;
  session.close();
});

it('ends with its problem where the engine gives up, and keeps what was done', async () => {
  const { session, page } = open(async ({ onResult }) => {
    onResult?.(done(0));
    throw new Error('The disk is gone.');
  });
  await session.run();
  expect(await page.finished()).toMatchObject({ problem: 'The disk is gone.', counters: { done: 1 } });
});

it('leaves the event loop free at 2,000 results a second', async () => {
  const { session, page } = open(async ({ onTotal, onStart, onPlace, onResult }) => {
    onTotal?.(4_000, true);
    for (let index = 0; index < 4_000; ) {
      const due = index + 8;
      for (; index < due; index += 1) {
        const item = { index, input: `/photos/${index}.jpg` };
        onStart?.(item);
        onPlace?.(index % 8, item);
        onResult?.(done(index));
        onPlace?.(index % 8, undefined);
      }
      await wait(4);
    }
    return summary;
  });
  // CPU milliseconds of this thread per turn: other work on the machine makes a turn longer, but not this figure
  // larger.
  const turns: number[] = [];
  let last = process.threadCpuUsage();
  const looking = setInterval(() => {
    const now = process.threadCpuUsage();
    turns.push((now.user + now.system - last.user - last.system) / 1_000);
    last = now;
  }, 1);
  await session.run();
  await page.finished();
  clearInterval(looking);
  const p99 = turns.sort((one, other) => one - other)[Math.floor(turns.length * 0.99)];
  expect(p99).toBeLessThan(50);
  expect(page.heard.length).toBeLessThanOrEqual(2 + session.describe().elapsedMs / 100);
});

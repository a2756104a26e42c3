import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { END, type Feed, feedOf, WAIT } from './feed.ts';
import { runInFlight } from './in-flight.ts';
import { LivePoolSize } from './live-pool-size.ts';

test('a feed that holds jobs back is asked again after each job that settles', async () => {
  // Three jobs of one host that takes one at a time: the window has room, but the feed decides.
  const jobs = [1, 2, 3];
  let busy = false;
  const feed: Feed<number> = {
    take: () => {
      if (jobs.length === 0) return END;
      if (busy) return WAIT;
      busy = true;
      return jobs.shift() ?? END;
    },
    onReady: () => {},
    close: async () => {},
  };
  const settled: number[] = [];
  let most = 0;
  let running = 0;
  await runInFlight<number, number>({
    feed,
    poolSize: new LivePoolSize(8),
    execute: async (job) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(2);
      running -= 1;
      return job;
    },
    onSettled: (job) => {
      busy = false;
      settled.push(job);
    },
  });
  expect(settled).toEqual([1, 2, 3]);
  expect(most).toBe(1);
});

test('a job that comes back while others are in flight is run again', async () => {
  const waiting = ['a', 'b'];
  let retried = false;
  const ran: string[] = [];
  await runInFlight<string, void>({
    feed: { take: () => waiting.shift() ?? END, onReady: () => {}, close: async () => {} },
    poolSize: new LivePoolSize(2),
    execute: async (job) => {
      ran.push(job);
      await sleep(job === 'a' ? 2 : 10);
    },
    onSettled: (job) => {
      if (job === 'a' && !retried) {
        retried = true;
        waiting.push('a');
      }
    },
  });
  expect(ran).toEqual(['a', 'b', 'a']);
});

test.each([
  ['execute rejects', { execute: () => Promise.reject(new Error('a bug')) }],
  [
    'onSettled throws',
    {
      onSettled: () => {
        throw new Error('a bug');
      },
    },
  ],
])('a bug ends the run and closes the feed: %s', async (_what, broken) => {
  let closed = false;
  function* items() {
    try {
      for (let item = 0; ; item += 1) yield item;
    } finally {
      closed = true;
    }
  }
  const run = runInFlight<number, number>({
    feed: feedOf(items()),
    poolSize: new LivePoolSize(3),
    execute: async (job) => job,
    onSettled: () => {},
    ...broken,
  });
  await expect(run).rejects.toThrow('a bug');
  expect(closed).toBe(true);
});

test('an abort settles the run once what is in flight has, without rejecting', async () => {
  const abort = new AbortController();
  let settled = 0;
  const poolSize = new LivePoolSize(3);
  setTimeout(() => abort.abort(), 10);
  await runInFlight<number, void>({
    feed: feedOf(Array(100).keys()),
    poolSize,
    execute: async () => sleep(30),
    onSettled: () => {
      settled += 1;
    },
    signal: abort.signal,
  });
  expect(settled).toBe(3);
});

import { expect, test } from 'vitest';
import { END, feedOf, numbered, WAIT } from './feed.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('a synchronous feed gives its items, then its end, again and again', async () => {
  const feed = numbered(feedOf(['a', 'b']));
  expect([feed.take(), feed.take(), feed.take(), feed.take()]).toEqual([
    { item: 'a', index: 0 },
    { item: 'b', index: 1 },
    END,
    END,
  ]);
  await feed.close();
});

test('an asynchronous feed answers WAIT while it reads, and wakes whoever waits', async () => {
  async function* items() {
    yield 'a';
    yield 'b';
  }
  const feed = feedOf(items());
  let woken = 0;
  feed.onReady(() => {
    woken += 1;
  });
  expect(feed.take()).toBe(WAIT);
  await turn();
  expect(woken).toBe(1);
  expect(feed.take()).toBe('a');
  await turn();
  expect(feed.take()).toBe('b');
  await turn();
  expect(feed.take()).toBe(END);
});

test('an asynchronous feed keeps what its source threw until it is asked', async () => {
  const items = {
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('unplugged')) }),
  };
  const feed = feedOf<string>(items);
  expect(feed.take()).toBe(WAIT);
  await turn();
  expect(() => feed.take()).toThrow('unplugged');
});

test('closing runs the finally of a generator, of either kind, once', async () => {
  const closed: string[] = [];
  function* items() {
    try {
      yield 1;
      yield 2;
    } finally {
      closed.push('sync');
    }
  }
  async function* asyncItems() {
    try {
      yield 1;
      yield 2;
      yield 3;
    } finally {
      closed.push('async');
    }
  }
  const feeds = [feedOf(items()), feedOf(asyncItems())];
  for (const feed of feeds) {
    feed.take();
    await turn();
    await feed.close();
    await feed.close();
    expect(feed.take()).toBe(END);
  }
  expect(closed).toEqual(['sync', 'async']);
});

test('closing does not wait for a source that hangs', async () => {
  async function* hanging() {
    await new Promise<void>(() => {});
    yield 1;
  }
  const feed = feedOf(hanging());
  expect(feed.take()).toBe(WAIT);
  await feed.close();
  expect(feed.take()).toBe(END);
});

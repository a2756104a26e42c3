import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { END, WAIT } from '../../pool/feed.ts';
import { HostFeed, type HostFeedOptions } from './host-feed.ts';

interface Job {
  readonly host: string;
  readonly id: number;
}

const job = (host: string, id: number): Job => ({ host, id });
const nextTurn = () => vi.advanceTimersByTimeAsync(0);
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await vi.advanceTimersByTimeAsync(1);
};
const answered = { kind: 'answered' } as const;

async function* listed(jobs: readonly Job[]): AsyncGenerator<readonly Job[]> {
  yield jobs;
}

async function feedOf(
  jobs: readonly Job[],
  options: Partial<HostFeedOptions<Job>> = {},
): Promise<HostFeed<Job>> {
  const feed = new HostFeed(listed(jobs), {
    hostOf: ({ host }) => host,
    limitsOf: () => ({ perHost: 2, minGapMs: 0 }),
    now: () => Date.now(),
    ...options,
  });
  await nextTurn();
  return feed;
}

/** Takes all jobs that the feed gives out now. */
function takeAll(feed: HostFeed<Job>): Job[] {
  const taken: Job[] = [];
  for (let next = feed.take(); next !== WAIT && next !== END; next = feed.take()) taken.push(next);
  return taken;
}

const names = (jobs: readonly Job[]) => jobs.map(({ host, id }) => `${host}${id}`).join(' ');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the feed of hosts', () => {
  it('gives the hosts their turns, none more than its limit, and goes on when a place is free', async () => {
    const feed = await feedOf([job('a', 1), job('a', 2), job('a', 3), job('a', 4), job('b', 1), job('c', 1)]);
    const first = takeAll(feed);
    expect(names(first)).toBe('a1 b1 c1 a2');
    expect(feed.take()).toBe(WAIT);
    feed.release(first[0] as Job, answered);
    expect(names(takeAll(feed))).toBe('a3');
    feed.release(first[3] as Job, answered);
    expect(names(takeAll(feed))).toBe('a4');
    expect(feed.take()).toBe(END);
  });

  it('keeps the gap of a host and wakes the window when it is over', async () => {
    const feed = await feedOf([job('a', 1), job('a', 2)], {
      limitsOf: () => ({ perHost: 2, minGapMs: 1_000 }),
    });
    const wake = vi.fn();
    feed.onReady(wake);
    expect(names(takeAll(feed))).toBe('a1');
    await vi.advanceTimersByTimeAsync(990);
    expect(names(takeAll(feed))).toBe('');
    expect(wake).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(20);
    expect(wake).toHaveBeenCalled();
    expect(names(takeAll(feed))).toBe('a2');
  });

  it('gives a job out again after its delay, and does not end before', async () => {
    const feed = await feedOf([job('a', 1)]);
    const [first] = takeAll(feed);
    if (!first) throw new Error('Expected a job');
    feed.release(first, { kind: 'silent' });
    feed.retry(first, 5_000);
    expect(feed.take()).toBe(WAIT);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(feed.take()).toBe(first);
    feed.release(first, answered);
    expect(feed.take()).toBe(END);
  });

  it('slows a host down by the first refusal, and leaves it alone for as long as it says after three', async () => {
    const onSlowed = vi.fn();
    const many = Array.from({ length: 10 }, (_, id) => job('a', id));
    const feed = await feedOf(many, { onSlowed });
    const refuse = (refused: Job) => feed.release(refused, { kind: 'turned-away', afterMs: 10_000 });
    const [a0, a1] = takeAll(feed) as [Job, Job];
    refuse(a0);
    expect(onSlowed).toHaveBeenCalledWith('a');
    refuse(a1);
    expect(takeAll(feed)).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    const [a2] = takeAll(feed) as [Job];
    refuse(a2);
    expect(onSlowed).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(9_900);
    expect(takeAll(feed)).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(takeAll(feed)).toHaveLength(1);
  });

  it('reads ahead so far and no further', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<readonly Job[]> {
      for (;;) {
        read += 1;
        yield [job(`host${read}.`, read)];
      }
    }
    const feed = new HostFeed(endless(), {
      hostOf: ({ host }) => host,
      limitsOf: () => ({ perHost: 1_000, minGapMs: 0 }),
      lookAhead: 100,
    });
    await turns(150);
    expect(read).toBe(100);
    takeAll(feed);
    await turns(150);
    expect(read).toBe(200);
    await feed.close();
  });

  it('throws what its source throws, after what came before', async () => {
    async function* failing(): AsyncGenerator<readonly Job[]> {
      yield [job('a', 1)];
      throw new Error('the list broke off');
    }
    const feed = new HostFeed(failing(), {
      hostOf: ({ host }) => host,
      limitsOf: () => ({ perHost: 1, minGapMs: 0 }),
    });
    await nextTurn();
    expect(() => feed.take()).toThrow('the list broke off');
  });
});

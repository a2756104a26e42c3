import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { END, WAIT } from '../../pool/feed.ts';
import { HostFeed } from './host-feed.ts';
import { Tries } from './retries.ts';

interface Job {
  readonly tries: Tries;
}

/** A server that answers or refuses, after its latency. */
interface Model {
  /** @returns how long the answer takes, in milliseconds, or undefined for a refusal. */
  arrive(now: number): number | undefined;
  readonly refusalMs: number;
}

function tokenBucket(rate: number, burst: number, latency: number): Model {
  let tokens = burst;
  let at = 0;
  return {
    refusalMs: latency,
    arrive(now) {
      tokens = Math.min(burst, tokens + ((now - at) / 1_000) * rate);
      at = now;
      if (tokens < 1) return undefined;
      tokens -= 1;
      return latency;
    },
  };
}

function atMost(most: number, latency: number): Model {
  const ends: number[] = [];
  return {
    refusalMs: 2,
    arrive(now) {
      while (ends[0] !== undefined && ends[0] <= now) ends.shift();
      if (ends.length >= most) return undefined;
      ends.push(now + latency);
      return latency;
    },
  };
}

/** A host that refuses everything for a while. */
function outage(model: Model, from: number, until: number): Model {
  return {
    refusalMs: model.refusalMs,
    arrive: (now) => (now >= from && now < until ? undefined : model.arrive(now)),
  };
}

/** A host that becomes another one. */
function change(before: Model, after: Model, at: number): Model {
  return { refusalMs: before.refusalMs, arrive: (now) => (now < at ? before : after).arrive(now) };
}

interface Outcome {
  done: number;
  failed: number;
  refused: number;
  seconds: number;
  /** When the answers and the refusals came, in milliseconds. */
  readonly answeredAt: number[];
  readonly refusedAt: number[];
}

interface Client {
  readonly items: number;
  readonly perHost: number;
  readonly minGapMs?: number;
  readonly retryAfterMs?: number;
}

/** Fetches items from a model with the real feed, in the time of the test's clock. */
async function fetchFrom(
  model: Model,
  { items, perHost, minGapMs = 0, retryAfterMs }: Client,
): Promise<Outcome> {
  const outcome: Outcome = { done: 0, failed: 0, refused: 0, seconds: 0, answeredAt: [], refusedAt: [] };
  const jobs = Array.from({ length: items }, (): Job => ({ tries: new Tries() }));
  async function* listed() {
    yield jobs;
  }
  const feed = new HostFeed<Job>(listed(), {
    hostOf: () => 'host',
    limitsOf: () => ({ perHost, minGapMs }),
    now: () => Date.now(),
  });
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const begin = Date.now();
  const ask = (job: Job): void => {
    job.tries.count += 1;
    const ms = model.arrive(Date.now() - begin);
    setTimeout(() => settle(job, ms !== undefined), ms ?? model.refusalMs);
  };
  const settle = (job: Job, isAnswered: boolean): void => {
    feed.release(job, isAnswered ? { kind: 'answered' } : { kind: 'turned-away', afterMs: retryAfterMs });
    (isAnswered ? outcome.answeredAt : outcome.refusedAt).push(Date.now() - begin);
    if (isAnswered) outcome.done += 1;
    else {
      outcome.refused += 1;
      const retry = {
        crowded: true,
        progress: false,
        ...(retryAfterMs !== undefined && { afterMs: retryAfterMs }),
      };
      const delay = job.tries.nextAfterRefusal(retry, 3, feed.countsOf(job));
      if (delay === undefined) outcome.failed += 1;
      else feed.retry(job, delay);
    }
    fill();
  };
  const fill = (): void => {
    for (let next = feed.take(); next !== WAIT; next = feed.take()) {
      if (next === END) {
        if (outcome.done + outcome.failed === items) resolve();
        return;
      }
      ask(next);
    }
  };
  feed.onReady(fill);
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over && Date.now() - begin < 3_600_000) await vi.advanceTimersToNextTimerAsync();
  outcome.seconds = (Date.now() - begin) / 1_000;
  await feed.close();
  return outcome;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const refusals = [
  { retryAfterMs: undefined, how: 'without Retry-After' },
  { retryAfterMs: 1_000, how: 'with Retry-After' },
];

describe.each(refusals)('of a host that refuses what is too much, $how,', ({ retryAfterMs }) => {
  const waits = retryAfterMs === undefined ? {} : { retryAfterMs };

  describe.each([6, 64])('at up to %i at once,', (perHost) => {
    describe.each([5, 20, 100])('all files come at its pace: %i a second', (rate) => {
      it.each([2, 5, 10].flatMap((burst) => [5, 20, 50].map((latency) => ({ burst, latency }))))(
        'and $burst at once, $latency ms away',
        async ({ burst, latency }) => {
          const items = 300;
          const model = tokenBucket(rate, burst, latency);
          const { done, failed, refused, seconds } = await fetchFrom(model, { items, perHost, ...waits });
          expect({ done, failed }).toEqual({ done: items, failed: 0 });
          const isHardest = rate === 100 && retryAfterMs !== undefined;
          expect(refused).toBeLessThanOrEqual((isHardest ? 0.2 : 0.15) * items);
          // Each wait of a second that a quick host asks for is time for a hundred files.
          const asked = retryAfterMs === undefined ? 0 : 3;
          expect(done / Math.max(0.1, seconds - (rate === 100 ? asked : 0))).toBeGreaterThanOrEqual(
            0.8 * rate,
          );
        },
      );
    });

    it.each([1, 2, 4, 10].flatMap((most) => [50, 500].map((latency) => ({ most, latency }))))(
      'all files come from one that serves $most at once, each for $latency ms',
      async (host) => {
        const { most, latency } = host;
        const model = atMost(most, latency);
        const { done, refused, seconds } = await fetchFrom(model, { items: 300, perHost, ...waits });
        expect(done).toBe(300);
        expect(refused).toBeLessThanOrEqual(45);
        const asked = retryAfterMs === undefined ? 0 : 3;
        const rate = (1_000 * Math.min(most, perHost)) / latency;
        expect(done / Math.max(0.1, seconds - (latency === 50 ? asked : 0))).toBeGreaterThanOrEqual(
          0.8 * rate,
        );
      },
    );
  });
});

it('a gap that the person asks for is kept where the host would bear more', async () => {
  const { done, refused, seconds } = await fetchFrom(tokenBucket(20, 2, 5), {
    items: 100,
    perHost: 6,
    minGapMs: 60,
  });
  expect({ done, refused }).toEqual({ done: 100, refused: 0 });
  expect(seconds).toBeGreaterThanOrEqual(5.9);
  expect(seconds).toBeLessThan(6.5);
});

it('a host that answers nobody fails its items, each after its tries', async () => {
  const nobody: Model = { refusalMs: 5, arrive: () => undefined };
  const { done, failed, refused } = await fetchFrom(nobody, { items: 3, perHost: 6 });
  expect({ done, failed, refused }).toEqual({ done: 0, failed: 3, refused: 12 });
});

function within(times: readonly number[], from: number, until: number): number {
  return times.filter((at) => at >= from && at < until).length;
}

describe.each(refusals)('in mid-run, $how,', ({ retryAfterMs }) => {
  const waits = retryAfterMs === undefined ? {} : { retryAfterMs };
  const from = 60_000;

  describe.each([5, 50, 200])('%i ms away,', (latency) => {
    it.each([30_000, 60_000])('a host that refuses all for %i ms is soon asked as before', async (ms) => {
      const until = from + ms;
      const model = outage(tokenBucket(20, 2, latency), from, until);
      const { done, answeredAt, refusedAt } = await fetchFrom(model, { items: 2_400, perHost: 6, ...waits });
      expect(done).toBe(2_400);
      expect(within(answeredAt, 30_000, from) / 30).toBeGreaterThanOrEqual(16);
      // In each ten seconds, from ten seconds after the outage.
      for (let at = until + 10_000; at < until + 50_000; at += 10_000)
        expect(within(answeredAt, at, at + 10_000) / 10).toBeGreaterThanOrEqual(16);
      expect(within(refusedAt, until + 1_000, Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(120);
    });

    it('a host that becomes slower is asked more slowly', async () => {
      const model = change(tokenBucket(20, 2, latency), tokenBucket(2, 2, latency), from);
      const { done, answeredAt, refusedAt } = await fetchFrom(model, { items: 1_400, perHost: 6, ...waits });
      expect(done).toBe(1_400);
      expect(within(answeredAt, from, from + 60_000) / 60).toBeGreaterThanOrEqual(1.4);
      expect(within(refusedAt, from, from + 60_000)).toBeLessThanOrEqual(20);
    });
  });
});

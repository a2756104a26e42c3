import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LivePoolSize } from '../../pool/live-pool-size.ts';
import { Lease, LeaseLost, leaseMs } from './lease.ts';
import { LeasedPoolSize } from './leased-pool-size.ts';

const timers = ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const;

beforeEach(() => void vi.useFakeTimers({ toFake: [...timers, 'Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const leaseOf = (renew: () => Promise<boolean>, isWanted = async () => true) =>
  new Lease({ renew, isWanted, onFault: () => {} });

it('is held as long as it is renewed, and goes on when nobody could be asked for a moment', async () => {
  let isThere = true;
  using lease = leaseOf(async () => {
    if (!isThere) throw new Error('gone');
    return true;
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lease.isHeld).toBe(true);
  isThere = false;
  await vi.advanceTimersByTimeAsync(5_000);
  isThere = true;
  await vi.advanceTimersByTimeAsync(4_000);
  expect([lease.isHeld, lease.lost.aborted]).toEqual([true, false]);
});

it('is lost by the clock when nobody can be asked, before another worker can have it', async () => {
  const began = Date.now();
  using lease = leaseOf(() => new Promise(() => {}));
  let lost = 0;
  lease.lost.addEventListener('abort', () => {
    lost = Date.now() - began;
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lost).toBeGreaterThan(0);
  expect(lost).toBeLessThan(leaseMs);
});

it('is over for a process that wakes up late, before any of its timers has run', () => {
  using lease = leaseOf(async () => true);
  const poolSize = new LeasedPoolSize(new LivePoolSize(4), lease);
  expect([poolSize.limit, poolSize.paused]).toEqual([4, false]);
  vi.setSystemTime(Date.now() + 60_000);
  expect([poolSize.limit, poolSize.paused]).toEqual([0, true]);
});

it('is lost when another has it, or nobody wants it any more', async () => {
  using taken = leaseOf(async () => false);
  using cancelled = leaseOf(
    async () => true,
    async () => false,
  );
  await vi.advanceTimersByTimeAsync(3_000);
  for (const { lost, isHeld } of [taken, cancelled]) {
    expect([lost.aborted, lost.reason, isHeld]).toEqual([true, expect.any(LeaseLost), false]);
  }
});

it('leaves the places that the last items of the bucket before still have, and takes them one by one', () => {
  using lease = leaseOf(async () => true);
  const first = new LeasedPoolSize(new LivePoolSize(8), lease);
  const second = new LeasedPoolSize(new LivePoolSize(8), lease, new Set([first]));
  const limits = [8, 5, 1, 0].map((left) => {
    first.isLeft(left);
    return second.limit;
  });
  expect([first.limit, limits]).toEqual([8, [1, 3, 7, 8]]);
});

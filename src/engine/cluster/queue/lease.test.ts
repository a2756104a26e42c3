import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LivePoolSize } from '../../pool/live-pool-size.ts';
import { Lease, LeaseLost, leaseMs } from './lease.ts';
import { LeasedPoolSize } from './leased-pool-size.ts';
import { SizeOfKind } from './slots/size-of-kind.ts';
import { WorkerSlots } from './slots/worker-slots.ts';

const oneItem = { items: 1, work: 1, isOverload: false };

const timers = ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const;

beforeEach(() => void vi.useFakeTimers({ toFake: [...timers, 'Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const leaseOf = (renew: () => Promise<boolean>, isWanted = async () => true) =>
  new Lease({ renew, isWanted, onFault: () => {} });

function bucketOf(slots: WorkerSlots, size: SizeOfKind, lease: Lease): LeasedPoolSize {
  const bucket = slots.take();
  const poolSize = new LeasedPoolSize(size, bucket, lease);
  bucket.opens({ size: () => size.size, items: 9, mayWait: true, onRoom: () => poolSize.lookAgain() });
  return poolSize;
}

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
  const poolSize = bucketOf(new WorkerSlots(), new SizeOfKind(new LivePoolSize(4)), lease);
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

it('has the slots that no other bucket uses, and hears when one is free', () => {
  using lease = leaseOf(async () => true);
  const slots = new WorkerSlots();
  const size = new SizeOfKind(new LivePoolSize(8));
  const [first, second] = [bucketOf(slots, size, lease), bucketOf(slots, size, lease)];
  for (let started = 0; started < 8; started += 1) first.shared.started();
  const limits: number[] = [];
  second.onChange(() => limits.push(second.limit));
  expect([first.limit, second.limit]).toEqual([8, 0]);
  for (let ended = 0; ended < 3; ended += 1) first.shared.settled(undefined, () => oneItem);
  first.close();
  expect(limits).toEqual([1, 2, 3, 8]);
});

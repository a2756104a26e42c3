import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SlotsOfBucket, WorkerSlots } from './worker-slots.ts';

interface Item {
  readonly host: number;
  readonly ms: number;
}

interface Worked {
  readonly makespanMs: number;
  /** The most buckets that were open at once. */
  readonly mostBuckets: number;
  /** By bucket, when it was taken and when its last item ended. */
  readonly takenMs: readonly number[];
  readonly endedMs: readonly number[];
}

interface Setting {
  readonly size: number;
  /** Requests at once to a host; without, nothing waits for hosts. */
  readonly perHost?: number;
  readonly bootMs?: number;
}

/**
 * A worker in virtual time, whose hosts are each in one bucket. Asserted at each start: there is a slot, the host may be
 * asked, and no bucket that was taken before could have used the slot. Asserted after each event: no slot is idle that an
 * open bucket has an item for.
 */
function work(buckets: readonly (readonly Item[])[], { size, perHost, bootMs = 300 }: Setting): Worked {
  let now = 0;
  const slots = new WorkerSlots({ now: () => now });
  const events: { readonly at: number; readonly happens: () => void }[] = [];
  const after = (ms: number, happens: () => void): void => {
    events.push({ at: now + ms, happens });
    events.sort((one, other) => one.at - other.at);
  };
  const open: VirtualBucket[] = [];
  const [takenMs, endedMs] = [[] as number[], [] as number[]];
  let mostBuckets = 0;
  const busy = (): number => open.reduce((sum, { of }) => sum + of.busy, 0);

  class VirtualBucket {
    readonly of: SlotsOfBucket = slots.take();
    readonly number: number;
    readonly inFlight = new Map<number, number>();
    waiting: readonly Item[] = [];

    constructor(number: number) {
      this.number = number;
    }

    next(): Item | undefined {
      return this.waiting.find(
        ({ host }) => (this.inFlight.get(host) ?? 0) < (perHost ?? Number.POSITIVE_INFINITY),
      );
    }

    fill(): void {
      for (let item = this.next(); item && this.of.busy < this.of.limit; item = this.next()) this.start(item);
    }

    start(item: Item): void {
      for (const older of open.slice(0, open.indexOf(this))) expect(older.next()).toBeUndefined();
      this.waiting = this.waiting.toSpliced(this.waiting.indexOf(item), 1);
      this.inFlight.set(item.host, (this.inFlight.get(item.host) ?? 0) + 1);
      this.of.started();
      expect(busy()).toBeLessThanOrEqual(size);
      after(item.ms, () => this.end(item));
    }

    end({ host }: Item): void {
      this.inFlight.set(host, (this.inFlight.get(host) ?? 0) - 1);
      this.of.itemEnded();
      this.of.ended();
      if (this.waiting.length > 0 || this.of.busy > 0) return;
      endedMs[this.number] = now;
      open.splice(open.indexOf(this), 1);
      this.of.close();
    }
  }

  const take = (): void => {
    const number = takenMs.push(now) - 1;
    const bucket = new VirtualBucket(number);
    open.push(bucket);
    mostBuckets = Math.max(mostBuckets, open.length);
    after(bootMs, () => {
      const items = buckets[number] ?? [];
      bucket.waiting = items;
      bucket.of.opens({
        size: () => size,
        items: items.length,
        mayWait: perHost !== undefined,
        onRoom: () => bucket.fill(),
      });
      slots.offer();
    });
  };

  for (;;) {
    const further =
      takenMs.length < buckets.length ? Math.max(now, slots.furtherAt) : Number.POSITIVE_INFINITY;
    const [next] = events;
    if (!next && further === Number.POSITIVE_INFINITY) break;
    if (further <= (next?.at ?? Number.POSITIVE_INFINITY)) {
      now = further;
      take();
    } else {
      events.shift();
      now = next?.at ?? now;
      next?.happens();
    }
    if (busy() < size) expect(open.filter((bucket) => bucket.next())).toEqual([]);
  }
  expect(endedMs).toHaveLength(buckets.length);
  return { makespanMs: now, mostBuckets, takenMs, endedMs };
}

const items = (count: number, host: number, ms = 100): Item[] =>
  Array.from({ length: count }, () => ({ host, ms }));
const evenBucket = (first: number): Item[] =>
  Array.from({ length: 40 }, (_, index) => items(5, first + index)).flat();

describe('the slots of a worker', () => {
  it('are never more than there are, go to the oldest bucket first, and are not idle while a bucket has use for them', () => {
    const bucket = fc.array(fc.record({ host: fc.nat(4), ms: fc.integer({ min: 1, max: 3_000 }) }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(
        fc.array(bucket, { minLength: 1, maxLength: 14 }),
        fc.integer({ min: 1, max: 12 }),
        fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
        fc.integer({ min: 0, max: 8_000 }),
        (buckets, size, perHost, bootMs) => {
          const { mostBuckets } = work(buckets, { size, bootMs, ...(perHost !== undefined && { perHost }) });
          expect(mostBuckets).toBeLessThanOrEqual(8);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are used by further buckets while the only host of one may not be asked more often', () => {
    const buckets = [items(600, 0), ...Array.from({ length: 8 }, (_, index) => evenBucket(1 + 40 * index))];
    const { makespanMs, endedMs } = work(buckets, { size: 16, perHost: 2 });
    // 600 requests, two at once: it takes as long as if it were alone.
    expect(endedMs[0]).toBe(300 + 30_000);
    // The others fit into the 14 slots beside it.
    expect(makespanMs).toBe(endedMs[0]);
    expect(Math.max(...endedMs.slice(1))).toBeLessThan(15_000);
  });

  it('are all used by one bucket that has hosts for them: no other is taken before its last items', () => {
    const { takenMs, endedMs } = work([evenBucket(0), evenBucket(40)], { size: 8, perHost: 2 });
    // 48 items are left when 152 of 200 have ended, eight in a tenth of a second.
    expect(takenMs).toEqual([0, 300 + 1_900]);
    expect(endedMs[1]).toBeLessThan(300 + 5_000 + 200);
  });

  it('that are idle for half a second have a further bucket taken, one after the other', () => {
    const buckets = Array.from({ length: 12 }, (_, host) => items(60, host, 1_000));
    const { takenMs, mostBuckets } = work(buckets, { size: 64, perHost: 2 });
    expect(takenMs.slice(0, 4)).toEqual([0, 800, 1_600, 2_400]);
    expect(mostBuckets).toBe(8);
  });

  it('are for one bucket that computes, whatever is idle: the next one comes for its last items', () => {
    const buckets = Array.from({ length: 3 }, () => items(100, 0));
    const { takenMs, mostBuckets } = work(buckets, { size: 2, bootMs: 2_000 });
    expect(takenMs[1]).toBe(2_000 + 100 * 44);
    expect(mostBuckets).toBeLessThanOrEqual(3);
  });

  it('of two sizes are parts of one whole', () => {
    const slots = new WorkerSlots();
    const [fetches, thumbnails] = [slots.take(), slots.take()];
    const settings = { items: 100, mayWait: true, onRoom: () => {} };
    fetches.opens({ ...settings, size: () => 16 });
    thumbnails.opens({ ...settings, size: () => 2 });
    const limits = [0, 1, 8, 9, 16].map((busy) => {
      while (fetches.busy < busy) fetches.started();
      return thumbnails.limit;
    });
    expect(limits).toEqual([2, 1, 1, 0, 0]);
  });
});

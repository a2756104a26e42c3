import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClusterModel, overBound, simulate } from './cluster-model.ts';
import { EventHeap } from './event-heap.ts';

const small: ClusterModel = {
  items: 300_000,
  hosts: 6_000,
  exponent: 0.6,
  workers: 8,
  poolSize: 64,
  perHost: 6,
  mostBuckets: 8,
  latencyMs: 100,
  handOutMs: 300,
  bucketsAWorker: 8,
};

describe('a list on many workers, in virtual time', () => {
  test.each([0.4, 0.6, 1])('is done in little more than any order needs, at the exponent %f', (exponent) => {
    expect(overBound(simulate({ ...small, exponent }))).toBeLessThan(1.1);
  });

  test('takes longer where a bucket of one host keeps a worker to itself', () => {
    const alone = simulate({ ...small, exponent: 0.4, mostBuckets: 1 });
    const shared = simulate({ ...small, exponent: 0.4 });
    expect(alone.makespanMs).toBeGreaterThan(1.5 * shared.makespanMs);
  });

  test('asks no host more often than it may: one host takes its time, however many workers there are', () => {
    const { makespanMs, hostMs } = simulate({ ...small, items: 5_000, hosts: 1 });
    expect(makespanMs).toBeGreaterThanOrEqual(hostMs);
    expect(makespanMs).toBeLessThan(hostMs * 1.01);
  });

  test('has fewer items than workers', () => {
    expect(simulate({ ...small, items: 3, hosts: 3 }).buckets).toBe(3);
  });
});

test('a heap gives out events in the order of their times', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 200 }), (times) => {
      const heap = new EventHeap(times.length);
      for (const [event, time] of times.entries()) heap.push(time, event);
      const taken = times.map(() => times[heap.pop()]);
      expect(taken).toEqual(times.toSorted((one, other) => one - other));
      expect(heap.size).toBe(0);
    }),
  );
});

import { expect, test } from 'vitest';
import type { HostsStanding } from '../../../shared/progress/hosts-standing.ts';
import type { ItemResult } from '../../../shared/result.ts';
import { hostsTogether } from './hosts-together.ts';
import { Pulse } from './pulse.ts';
import { BucketsAtWork } from './run-standing.ts';
import type { BucketStanding, HeardWorker } from './worker-standing.ts';

const none = { done: 0, skipped: 0, failed: 0, bytesIn: 0, bytesOut: 0 };

function bucketOf(bucket: number, done: number, further: Partial<BucketStanding> = {}): BucketStanding {
  return { run: 'ours', bucket, items: 100, ...none, done, ...further };
}

function worker(name: string, buckets: readonly BucketStanding[], heardMs = 500): HeardWorker {
  return { name, since: '', places: 8, busy: 3, perSecond: 10, buckets, heardMs, isLost: heardMs > 6_000 };
}

function hostsOf(left: Readonly<Record<string, number>>, more = { hosts: 0, left: 0 }): HostsStanding {
  const hosts = Object.entries(left).map(([host, of]) => ({
    host,
    left: of,
    failed: 0,
    atOnce: 2,
    isHeld: false,
  }));
  return { hosts, more, heldLeft: 0, mostAtOnce: 2 * hosts.length };
}

function resultOf(status: ItemResult['status'], index = 0): ItemResult {
  return { index, input: `http://a.example/${index}`, status, ms: 1, bytesIn: 10 };
}

test('a run is as far as its ended buckets and those at work together', () => {
  const buckets = new BucketsAtWork('ours');
  const heard = [worker('one', [bucketOf(1, 20), bucketOf(9, 5, { run: 'another' })]), worker('two', [])];
  buckets.hear(heard, () => true);
  expect(buckets.standing({ ...none, done: 100, failed: 1 })).toMatchObject({
    counts: { done: 120, failed: 1 },
    workers: [{ name: 'one', buckets: [{ bucket: 1 }] }],
    others: 1,
  });
  expect(buckets.size).toBe(1);
});

test('what a bucket was counted to stays counted when its worker is lost, until its results are there', () => {
  const buckets = new BucketsAtWork('ours');
  buckets.hear([worker('one', [bucketOf(1, 60)])], () => true);
  buckets.hear([worker('one', [bucketOf(1, 60)], 20_000), worker('two', [bucketOf(1, 40)])], () => true);
  expect(buckets.standing(none).counts.done).toBe(60);
  expect(buckets.size).toBe(1);
  buckets.hasEnded(1);
  buckets.hear([worker('two', [bucketOf(1, 90)])], (bucket) => bucket !== 1);
  expect(buckets.standing({ ...none, done: 100 })).toMatchObject({ counts: { done: 100 }, workers: [] });
});

test('the hosts of all buckets are told together, those with most left, and how much is left at the others', () => {
  const both = hostsTogether(
    [
      hostsOf({ 'a.example': 5, 'b.example': 40 }, { hosts: 3, left: 9 }),
      hostsOf({ 'c.example': 7, 'd.example': 0 }),
    ],
    2,
  );
  expect(both?.hosts.map(({ host }) => host)).toEqual(['b.example', 'c.example']);
  expect(both).toMatchObject({ more: { hosts: 4, left: 14 }, mostAtOnce: 8 });
  expect(hostsTogether([], 2)).toBeUndefined();
});

test('hosts of a worker that is not heard of any more are not told', () => {
  const buckets = new BucketsAtWork('ours');
  const hosts = hostsOf({ 'a.example': 5 });
  buckets.hear([worker('lost', [bucketOf(1, 5, { hosts })], 20_000)], () => true);
  expect(buckets.standing(none).hosts).toBeUndefined();
  buckets.hear([worker('back', [bucketOf(1, 5, { hosts })])], () => true);
  expect(buckets.standing(none).hosts?.hosts).toMatchObject([{ host: 'a.example', left: 5 }]);
});

test('a worker tells of its places, its buckets and no more hosts than are read, whatever its buckets have', () => {
  const pulse = new Pulse(() => Promise.resolve());
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`h${at}.example`, at + 1]));
  const first = pulse.begin({ run: 'ours', bucket: 0, items: 10, poolSize: 4 });
  const second = pulse.begin({ run: 'ours', bucket: 1, items: 10, poolSize: 4 });
  first.listens.onHosts?.(hostsOf(many));
  second.listens.onHosts?.(hostsOf(many));
  first.listens.onPlace?.(0, { index: 0, input: 'a' });
  first.listens.onPlace?.(1, { index: 1, input: 'b' });
  first.listens.onPlace?.(0, undefined);
  first.adopt(resultOf('done'));
  first.add(resultOf('failed', 1));
  first.add(resultOf('cancelled', 2));
  const standing = pulse.standing();
  expect(standing).toMatchObject({
    places: 4,
    busy: 1,
    buckets: [
      { bucket: 0, done: 1, failed: 1, bytesIn: 20 },
      { bucket: 1, done: 0 },
    ],
  });
  const told = standing.buckets.flatMap(({ hosts }) => hosts?.hosts ?? []);
  expect(told).toHaveLength(40);
  expect(told[0]).toMatchObject({ left: 60 });
  first[Symbol.dispose]();
  second[Symbol.dispose]();
  // Between two buckets it has its places, too.
  expect(pulse.standing()).toMatchObject({ places: 4, busy: 0, buckets: [] });
});

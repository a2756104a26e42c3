import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemResult } from '../../../shared/result.ts';
import { HostHistory } from './host-history.ts';

const hostOf = (input: string) => input.split('/')[0];

function results(host: string, count: number, ms: number, failed = 0): ItemResult[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    input: `${host}/${index}`,
    status: index < failed ? 'failed' : 'done',
    ms,
    bytesIn: 100,
    bytesOut: 10,
  }));
}

describe('what former runs tell of hosts', () => {
  it('foretells a run at one host from how many it is asked at once', () => {
    const history = new HostHistory(new Map([['a', 600]]));
    history.add(results('a', 60, 500, 6), hostOf);
    expect(history.forecast(16, () => 6)).toEqual({
      items: 600,
      seconds: 0.3 + 50,
      bytesIn: 60_000,
      bytesOut: 6_000,
      failures: 60,
      from: { kind: 'runs', runs: 1, items: 60 },
    });
    // Further places in the pool do not help, further requests to the host do.
    expect(history.forecast(64, () => 6)?.seconds).toBe(50.3);
    expect(history.forecast(16, () => 12)?.seconds).toBe(25.3);
    expect(history.forecast(3, () => 12)?.seconds).toBe(100.3);
  });

  it('foretells a run at many hosts from the pool, or from the slowest of them', () => {
    const planned = new Map([
      ['a', 100],
      ['b', 100],
      ['c', 100],
    ]);
    const history = new HostHistory(planned);
    for (const host of planned.keys()) history.add(results(host, 10, host === 'c' ? 1_000 : 100), hostOf);
    expect(history.forecast(4, () => 4)?.seconds).toBeCloseTo(0.3 + 120 / 4);
    expect(history.forecast(100, () => 2)?.seconds).toBeCloseTo(0.3 + 50);
    expect(history.forecast(4, () => 4)?.from).toEqual({ kind: 'runs', runs: 3, items: 30 });
  });

  it('says nothing where most items are of hosts that no run has asked', () => {
    const history = new HostHistory(
      new Map([
        ['a', 10],
        ['b', 11],
      ]),
    );
    history.add(results('a', 10, 100), hostOf);
    expect(history.forecast(4, () => 4)).toBeUndefined();
    history.add([...results('b', 2, 100), ...results('z', 100, 100)], hostOf);
    expect(history.forecast(4, () => 4)).toBeUndefined();
    history.add(results('b', 1, 100), hostOf);
    expect(history.forecast(4, () => 4)?.items).toBe(21);
  });

  it('goes by the newest items of a host', () => {
    const history = new HostHistory(new Map([['a', 10]]));
    history.add(results('a', 1_000, 100), hostOf);
    expect(history.isFull).toBe(true);
    history.add(results('a', 1_000, 900), hostOf);
    expect(history.forecast(1, () => 1)?.seconds).toBeCloseTo(0.3 + 1);
  });

  it('never foretells less than the pool or a host can bear', () => {
    const hosts = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.record({ count: fc.integer({ min: 1, max: 10_000 }), ms: fc.integer({ min: 1, max: 5_000 }) }),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(
        hosts,
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 1, max: 64 }),
        (all, pool, each) => {
          const planned = Object.entries(all);
          const history = new HostHistory(new Map(planned.map(([host, { count }]) => [host, count])));
          for (const [host, { ms }] of planned) history.add(results(host, 5, ms), hostOf);
          const { seconds = 0, failures, items } = history.forecast(pool, () => each) ?? {};
          const work = planned.reduce((sum, [, { count, ms }]) => sum + count * ms, 0);
          expect(seconds * 1_000).toBeGreaterThanOrEqual(work / pool);
          for (const [, { count, ms }] of planned)
            expect(seconds * 1_000).toBeGreaterThanOrEqual((count * ms) / each);
          expect([failures, items]).toEqual([0, planned.reduce((sum, [, { count }]) => sum + count, 0)]);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Limit } from '../../../shared/limits/limit.ts';
import { imageStages, transferStages } from '../../../shared/stages.ts';
import { findLimit } from './find-limit.ts';
import type { HostMeasures, PlaceShares, RunMeasures } from './run-measures.ts';

const places: PlaceShares = { full: 0, reader: 0, hostLimit: 0, gap: 0, refusals: 0 };
const host: HostMeasures = {
  name: 'a.test',
  share: 1,
  answers: 1_000,
  refusals: 0,
  limit: 6,
  gapMs: 0,
  usualMs: 500,
  fastestMs: 450,
};

/** Ten seconds of four items in flight, of which nothing is the limit. */
function run(measures: Partial<RunMeasures>): RunMeasures {
  return {
    seconds: 10,
    items: 1_000,
    bytesIn: 10_000_000,
    poolSize: 4,
    inFlight: 4,
    places,
    processor: { cores: 8, used: 1, main: 0.1 },
    stages: {},
    withoutMemory: 0,
    ...measures,
  };
}

const full = { ...places, full: 1 };

describe('the limit of a run', () => {
  it('is the processor where nearly all cores are used', () => {
    const processor = { cores: 8, used: 7.6, main: 0.3 };
    const found = findLimit(run({ places: full, poolSize: 8, inFlight: 8, processor }));
    expect(found).toEqual({ kind: 'processor', share: 0.95, cores: 8 });
  });

  it('is the processor where other programs use the rest of it', () => {
    const processor = { cores: 8, used: 4, machine: 0.98, main: 0.3 };
    const found = findLimit(run({ places: full, poolSize: 8, inFlight: 8, processor }));
    expect(found).toEqual({ kind: 'processor', share: 0.5, cores: 8, others: 0.48 });
    const hardlyAny = { cores: 8, used: 0.4, machine: 1, main: 0.1 };
    const computing = run({ places: full, stages: { decode: 30_000 }, processor: hardlyAny });
    expect(findLimit(computing)).toEqual({ kind: 'processor', share: 0.05, cores: 8, others: 0.95 });
    expect(findLimit({ ...computing, stages: {} })).toMatchObject({ kind: 'pool' });
  });

  it('is one thread where that is busy all the time', () => {
    const main = findLimit(run({ places: full, processor: { cores: 8, used: 1, main: 0.99 } }));
    expect(main).toMatchObject({ kind: 'processor', thread: 'main' });
    const processor = { cores: 8, used: 2, main: 0.5, transfers: 0.98 };
    expect(findLimit(run({ places: full, processor }))).toMatchObject({ thread: 'transfers' });
    const reading = run({ places: { ...places, reader: 0.9 }, processor: { cores: 8, used: 1, main: 0.99 } });
    expect(findLimit(reading)).toMatchObject({ kind: 'processor', thread: 'main' });
  });

  it('is the disk where threads mostly read and write, and the processor is idle', () => {
    const stages = { read: 20_000, decode: 3_000, write: 10_000 };
    expect(findLimit(run({ places: full, stages }))).toEqual({ kind: 'disk', share: 0.75 });
    // Two threads with many transfers each.
    const found = findLimit(run({ places: full, inFlight: 64, threads: 2, stages: { write: 15_000 } }));
    expect(found).toEqual({ kind: 'disk', share: 0.75 });
  });

  it('is memory where many bodies found no room', () => {
    expect(findLimit(run({ places: full, withoutMemory: 400 }))).toEqual({ kind: 'memory', share: 0.4 });
  });

  it('is what one host may be asked at once, and twice as many would do twice as much', () => {
    const measures = run({ places: { ...places, hostLimit: 0.9 }, poolSize: 64, inFlight: 6, host });
    const found = { kind: 'host-limit', host: 'a.test', atOnce: 6, ms: 500, suggested: 12, gain: 2 };
    expect(findLimit(measures)).toEqual(found);
    // Where several hold up as much as it does, none is named.
    const { host: _host, ...ofEach } = found;
    expect(findLimit({ ...measures, host: { ...host, share: 0.2 } })).toEqual(ofEach);
  });

  it('is a host that answers more slowly the more it is asked: then asking more would not help', () => {
    const slow = { ...host, usualMs: 1_600, fastestMs: 100 };
    const found = { kind: 'host-answers', host: 'a.test', ms: 1_600, fastestMs: 100 };
    const held = run({ places: { ...places, hostLimit: 1 }, poolSize: 64, inFlight: 6, host: slow });
    expect(findLimit(held)).toEqual(found);
    const stages = { firstByte: 38_000 };
    expect(findLimit(run({ places: full, stages, host: slow }))).toEqual(found);
  });

  it('is a host that turns requests away', () => {
    const measures = run({ places: { ...places, refusals: 0.7 }, host: { ...host, refusals: 40 } });
    const found = { kind: 'refusals', host: 'a.test', refusals: 40, perSecond: 100 };
    expect(findLimit(measures)).toEqual(found);
  });

  it('is the gap that a person or a site asks for', () => {
    const measures = run({ places: { ...places, gap: 0.8 }, host: { ...host, gapMs: 1_000 } });
    expect(findLimit(measures)).toEqual({ kind: 'gap', host: 'a.test', gapMs: 1_000 });
  });

  it('is the network where bodies are under way most of the time', () => {
    const measures = run({ places: full, stages: { firstByte: 5_000, body: 33_000 } });
    expect(findLimit(measures)).toEqual({ kind: 'network', share: 0.83, bytesPerSecond: 1_000_000 });
    expect(findLimit({ ...measures, host })).toMatchObject({ host: 'a.test' });
  });

  it('is the own bandwidth limit where more had come than it allows', () => {
    const bandwidth = { owed: 0.97, limit: 1_000_000 };
    const found = { kind: 'bandwidth', bytesPerSecond: 1_000_000, limit: 1_000_000 };
    expect(findLimit(run({ places: full, bandwidth, stages: { body: 39_000 } }))).toEqual(found);
  });

  it('is the pool where it is full of items that wait', () => {
    const found = { kind: 'pool', poolSize: 4, ms: 40, suggested: 8, gain: 2 };
    // Who finds its size itself needs no advice about it.
    expect(findLimit(run({ places: full, automatic: true }))).toBeUndefined();
    expect(findLimit(run({ places: full }))).toEqual(found);
    const stages = { firstByte: 39_000 };
    expect(findLimit(run({ places: full, stages, host }))).toEqual({ ...found, perHost: 8 });
  });

  it('is the pool where fewer items compute than there are cores, but not where there are as many', () => {
    const stages = { decode: 38_000 };
    expect(findLimit(run({ places: full, stages, processor: { cores: 6, used: 3.8, main: 0.1 } }))).toEqual({
      kind: 'pool',
      poolSize: 4,
      ms: 40,
      suggested: 6,
      gain: 1.3,
    });
    expect(findLimit(run({ places: full, stages, processor: { cores: 4, used: 3, main: 0.1 } }))).toBe(
      undefined,
    );
  });

  it('is the reader where nothing is there to be begun', () => {
    expect(findLimit(run({ places: { ...places, reader: 0.6 } }))).toEqual({ kind: 'reader', share: 0.6 });
  });

  it('is nothing where a run is short, has few items, or shows nothing', () => {
    expect(findLimit(run({ places: full, seconds: 1.9 }))).toBe(undefined);
    expect(findLimit(run({ places: full, items: 19 }))).toBe(undefined);
    expect(findLimit(run({}))).toBe(undefined);
  });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const duration = fc.double({ min: 0, max: 1e7, noNaN: true });
const few = fc.nat({ max: 10_000 });

/** Measures of any kind: also such as no run can have. */
const anyMeasures: fc.Arbitrary<RunMeasures> = fc.record(
  {
    seconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
    items: few,
    bytesIn: fc.nat(),
    poolSize: fc.double({ min: 0, max: 128, noNaN: true }),
    inFlight: fc.double({ min: 0, max: 128, noNaN: true }),
    places: fc.record({ full: share, reader: share, hostLimit: share, gap: share, refusals: share }),
    processor: fc.record(
      {
        cores: fc.integer({ min: 1, max: 128 }),
        used: fc.double({ min: 0, max: 128, noNaN: true }),
        machine: share,
        main: share,
        transfers: share,
      },
      { requiredKeys: ['cores', 'used', 'main'] },
    ),
    threads: fc.integer({ min: 1, max: 16 }),
    stages: fc.record(
      Object.fromEntries([...new Set([...imageStages, ...transferStages])].map((stage) => [stage, duration])),
      { requiredKeys: [] },
    ),
    bandwidth: fc.record({ owed: share, limit: fc.integer({ min: 1 }) }),
    withoutMemory: few,
    host: fc.record({
      name: fc.constant('a.test'),
      share,
      answers: few,
      refusals: few,
      limit: fc.integer({ min: 1, max: 128 }),
      gapMs: duration,
      usualMs: duration,
      fastestMs: duration,
    }),
  },
  {
    requiredKeys: [
      'seconds',
      'items',
      'bytesIn',
      'poolSize',
      'inFlight',
      'places',
      'processor',
      'stages',
      'withoutMemory',
    ],
  },
);

/** What has to have been measured for each claim. */
function isShown(limit: Limit, measures: RunMeasures): boolean {
  const { places: taken, processor, host: known, bandwidth, stages } = measures;
  const { machine = 0, main, transfers = 0, used, cores } = processor;
  switch (limit.kind) {
    case 'processor':
      return used / cores >= 0.8 || machine >= 0.9 || main >= 0.9 || transfers >= 0.9;
    case 'disk':
      return taken.full >= 0.5 && (stages.read ?? 0) + (stages.write ?? 0) > 0;
    case 'memory':
      return measures.withoutMemory > 0;
    case 'host-limit':
      return taken.hostLimit > 0 && known?.limit === limit.atOnce && limit.gain > 1;
    case 'host-answers':
      return known !== undefined && known.usualMs > known.fastestMs;
    case 'refusals':
      return known !== undefined && known.refusals > 0 && taken.refusals > 0;
    case 'gap':
      return known !== undefined && known.gapMs > 0 && taken.gap > 0;
    case 'network':
      return taken.full >= 0.5 && (stages.body ?? 0) > 0;
    case 'bandwidth':
      return bandwidth !== undefined && bandwidth.owed >= 0.5;
    case 'pool':
      return taken.full >= 0.5 && used / cores < 0.85 && limit.suggested > limit.poolSize;
    case 'reader':
      return taken.reader >= 0.5;
  }
}

it('whatever the measures are, says nothing that they do not show, and never throws', () => {
  fc.assert(
    fc.property(anyMeasures, (measures) => {
      const limit = findLimit(measures);
      if (!limit) return;
      expect(measures.seconds).toBeGreaterThanOrEqual(2);
      expect(measures.items).toBeGreaterThanOrEqual(20);
      expect([limit.kind, isShown(limit, measures)]).toEqual([limit.kind, true]);
      for (const value of Object.values(limit))
        if (typeof value === 'number') expect(value).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 3_000 },
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EvenSample } from './even-sample.ts';
import { ForecastOfRun } from './forecast-of-run.ts';
import { endOf, paceOf } from './pace-of-sample.ts';

/** A run that starts slowly: its first items take longer than the others by `startMs` together. */
function endsOf(items: number, startMs: number, itemMs: number): number[] {
  return Array.from({ length: items }, (_, index) => startMs + (index + 1) * itemMs);
}

describe('the pace of a sample', () => {
  it('tells when all will have ended, however long the start took', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 500 }),
        fc.integer({ min: 0, max: 2_000 }),
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        fc.integer({ min: 500, max: 1_000_000 }),
        (sampled, startMs, itemMs, all) => {
          const pace = paceOf(endsOf(sampled, startMs, itemMs));
          expect(pace && endOf(pace, all)).toBeCloseTo(startMs + all * itemMs, 0);
        },
      ),
    );
  });

  it('is not known of a few items, or of a single moment', () => {
    expect(paceOf(endsOf(7, 0, 1))).toBeUndefined();
    expect(paceOf(Array(100).fill(50))).toBeUndefined();
  });
});

describe('the forecast of a run', () => {
  /** Lets items end at these moments and asks for the forecast. */
  function watched(moments: readonly number[], total: number, status: 'done' | 'skipped' = 'done') {
    let now = 0;
    const forecast = new ForecastOfRun(() => now);
    for (const moment of moments) {
      now = moment;
      forecast.onResult({ status });
    }
    forecast.onTotal(total, true);
    return forecast.forecast;
  }

  it('is made from its first second', () => {
    const { seconds, madeAfterSeconds } = watched(endsOf(200, 300, 10), 3_000) ?? {};
    expect([seconds, madeAfterSeconds]).toEqual([30.3, 1.3]);
  });

  it('does not follow what comes later', () => {
    const later = Array.from({ length: 100 }, (_, index) => 5_000 + index);
    expect(watched([...endsOf(200, 0, 10), ...later], 3_000)?.seconds).toBe(30);
  });

  it('says nothing of short runs, of runs whose total nobody knows, and of what was there already', () => {
    expect(watched(endsOf(200, 0, 10), 250)).toBeUndefined();
    expect(watched(endsOf(50, 0, 10), 3_000)).toBeUndefined();
    expect(watched(endsOf(200, 0, 10), 3_000, 'skipped')).toBeUndefined();
    expect(new ForecastOfRun().forecast).toBeUndefined();
  });
});

describe('an even sample', () => {
  it('keeps as many as it may, and each only if it was offered', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.integer()), (most, offered) => {
        const sample = new EvenSample<number>(most);
        for (const item of offered) sample.offer(item);
        expect(sample.items).toHaveLength(Math.min(most, offered.length));
        expect(sample.seen).toBe(offered.length);
        for (const item of sample.items) expect(offered).toContain(item);
      }),
    );
  });

  it('has late items as often as early ones', () => {
    let early = 0;
    for (let round = 0; round < 2_000; round += 1) {
      const sample = new EvenSample<number>(4);
      for (let item = 0; item < 16; item += 1) sample.offer(item);
      early += sample.items.filter((item) => item < 8).length;
    }
    // 4,000 are expected; five standard deviations are some 200.
    expect(Math.abs(early - 4_000)).toBeLessThan(200);
  });
});

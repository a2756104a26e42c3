import { describe, expect, it } from 'vitest';
import { chartPoints, poolMarks } from './chart-points.ts';

const sample = (atMs: number, perSecond: number, poolSize = 2) => ({ atMs, perSecond, poolSize });

describe('the points of the throughput chart', () => {
  it('are the samples, while they can all be seen', () => {
    expect(chartPoints([sample(500, 10), sample(1000, 20)])).toEqual([
      { seconds: 0, perSecond: 10 },
      { seconds: 0.5, perSecond: 10 },
      { seconds: 1, perSecond: 20 },
    ]);
  });

  it('are means of neighbours where there are too many, and end where the samples end', () => {
    const samples = Array.from({ length: 1000 }, (_, at) => sample(at * 100, at % 2 === 0 ? 0 : 100));
    const points = chartPoints(samples);
    expect(points.length).toBeLessThanOrEqual(121);
    expect(points.at(-1)?.seconds).toBe(99.9);
    expect(points[1]?.perSecond).toBeGreaterThan(30);
  });
});

describe('the marks', () => {
  it('are the moments at which the pool size changed', () => {
    const samples = [sample(0, 1, 2), sample(500, 1, 2), sample(1000, 1, 8), sample(1500, 1, 8)];
    expect(poolMarks(samples)).toEqual([{ seconds: 1, poolSize: 8 }]);
  });

  it('are none before there is anything', () => {
    expect(poolMarks([])).toEqual([]);
  });
});

import type { Sample } from '../../../shared/ipc/run.ts';

export interface ChartPoint {
  readonly seconds: number;
  readonly perSecond: number;
}

/** When the pool size was changed, and its new value. */
export interface PoolMark {
  readonly seconds: number;
  readonly poolSize: number;
}

/** About one point every two pixels of the chart. */
const mostPoints = 120;

/** Averages neighbouring samples if there are more of them than the chart can show. */
export function chartPoints(samples: readonly Sample[]): ChartPoint[] {
  const each = Math.max(1, Math.ceil(samples.length / mostPoints));
  // The first sample is the mean of the time before it: with a point at 0 the curve begins where the run did.
  const points: ChartPoint[] =
    samples[0] === undefined ? [] : [{ seconds: 0, perSecond: samples[0].perSecond }];
  for (let start = 0; start < samples.length; start += each) {
    const group = samples.slice(start, start + each);
    const last = group.at(-1);
    if (last === undefined) break;
    const sum = group.reduce((total, { perSecond }) => total + perSecond, 0);
    points.push({ seconds: last.atMs / 1000, perSecond: sum / group.length });
  }
  return points;
}

/**
 * Only the newest changes are marked: somebody who plays with the slider would otherwise cover the chart with lines.
 */
const mostMarks = 12;

export function poolMarks(samples: readonly Sample[]): PoolMark[] {
  const marks: PoolMark[] = [];
  let before = samples[0]?.poolSize;
  for (const { atMs, poolSize } of samples) {
    if (poolSize !== before) marks.push({ seconds: atMs / 1000, poolSize });
    before = poolSize;
  }
  return marks.slice(-mostMarks);
}

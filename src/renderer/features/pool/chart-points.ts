import type { Sample } from '../../../shared/ipc/run.ts';

export interface ChartPoint {
  readonly seconds: number;
  readonly perSecond: number;
}

/** The moment at which the slider was moved, and to what. */
export interface PoolMark {
  readonly seconds: number;
  readonly poolSize: number;
}

/** About one point every two pixels of the chart. */
const mostPoints = 120;

/** Neighbouring samples become their mean where there are more of them than can be seen. */
export function chartPoints(samples: readonly Sample[]): ChartPoint[] {
  const each = Math.max(1, Math.ceil(samples.length / mostPoints));
  // The first sample is the mean of what was before it: the curve begins where the run did.
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

/** The newest changes: a person who plays with the slider would otherwise cover the chart with lines. */
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

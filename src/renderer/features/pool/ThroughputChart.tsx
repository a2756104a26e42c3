import { memo, useMemo } from 'react';
import uPlot from 'uplot';
import { t } from '../../../languages/translate.ts';
import { axis, colour, Plot } from '../../components/Plot.tsx';
import { duration, rate } from '../../lib/format.ts';
import type { ChartPoint, PoolMark } from './chart-points.ts';
import classes from './ThroughputChart.module.css';

interface ThroughputChartProps {
  readonly points: readonly ChartPoint[];
  readonly marks: readonly PoolMark[];
}

/** Items a second over time, with a line and a label where the pool size was changed. */
export const ThroughputChart = memo(function ThroughputChart({ points, marks }: ThroughputChartProps) {
  const last = points.at(-1);
  const label =
    last === undefined
      ? t('Throughput: nothing measured yet')
      : t('Throughput, now {{rate}} items a second; pool size changed {{count, number}} times', {
          rate: rate(last.perSecond),
          count: marks.length,
        });
  return (
    <figure className={classes.chart} role="img" aria-label={label}>
      {points.length < 2 ? (
        <p className={classes.empty}>{t('The curve appears after the first second.')}</p>
      ) : (
        <Curve points={points} marks={marks} />
      )}
    </figure>
  );
});

function Curve({ points, marks }: ThroughputChartProps) {
  const options = useMemo(makeOptions, []);
  const data = useMemo(
    (): uPlot.AlignedData => [points.map(({ seconds }) => seconds), points.map(({ perSecond }) => perSecond)],
    [points],
  );
  const lines = useMemo(
    () => marks.map(({ seconds, poolSize }) => ({ at: seconds, label: String(poolSize) })),
    [marks],
  );
  return <Plot options={options} data={data} marks={lines} markColour="--ink-dim" />;
}

function makeOptions() {
  return {
    legend: { show: false },
    cursor: { show: false },
    // The padding on the right leaves room for half of the last figure.
    padding: [16, 16, 0, 0] as [number, number, number, number],
    scales: {
      x: { time: false, range: (_plot: uPlot, _least: number, most: number): [number, number] => [0, most] },
      y: {
        range: (_plot: uPlot, _least: number, most: number) =>
          uPlot.rangeNum(0, most > 0 ? most : 1, 0.1, true),
      },
    },
    axes: [
      axis({
        size: 20,
        space: 72,
        border: { show: true, stroke: () => colour('--line-strong'), width: 1 },
        values: (_plot, splits) => splits.map((at) => (at === 0 ? '0' : duration(Math.round(at * 1000)))),
      }),
      axis({ size: 40, space: 24, values: (_plot, splits) => splits.map(rate) }),
    ],
    series: [
      {},
      {
        stroke: () => colour('--accent'),
        fill: () => colour('--accent-soft'),
        width: 1.5,
        points: { show: false },
        ...(uPlot.paths.spline && { paths: uPlot.paths.spline() }),
      },
    ],
  } satisfies Omit<uPlot.Options, 'width' | 'height'>;
}

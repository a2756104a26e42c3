import { memo, useMemo } from 'react';
import uPlot from 'uplot';
import { t } from '../../../languages/translate.ts';
import type { TunePoint } from '../../../shared/ipc/tune.ts';
import { axis, colour, Plot } from '../../components/Plot.tsx';
import { inHundredths, inNumbers } from './fractions.ts';
import classes from './TuneChart.module.css';

interface TuneChartProps {
  readonly points: readonly TunePoint[];
  readonly sizes: readonly number[];
  readonly knee: number | undefined;
}

/** Seconds by pool size. The sizes stand at equal distances, because they grow by factors. */
export const TuneChart = memo(function TuneChart({ points, sizes, knee }: TuneChartProps) {
  const label = points
    .map(({ poolSize, seconds }) =>
      t('{{poolSize}}: {{seconds}} seconds', { poolSize, seconds: inHundredths(seconds) }),
    )
    .join(', ');
  const options = useMemo(() => makeOptions(sizes), [sizes]);
  const data = useMemo((): uPlot.AlignedData => {
    const secondsAt = new Map(points.map(({ poolSize, seconds }) => [poolSize, seconds]));
    return [sizes.map((_size, place) => place), sizes.map((size) => secondsAt.get(size) ?? null)];
  }, [points, sizes]);
  const marks = useMemo(
    () => (knee === undefined ? [] : [{ at: sizes.indexOf(knee), label: t('knee') }]),
    [knee, sizes],
  );
  return (
    <figure
      className={classes.chart}
      role="img"
      aria-label={t('Seconds by pool size. {{points}}', { points: label })}
    >
      <Plot options={options} data={data} marks={marks} markColour="--accent" />
    </figure>
  );
});

function makeOptions(sizes: readonly number[]) {
  const places = sizes.map((_size, place) => place);
  return {
    legend: { show: false },
    cursor: { show: false },
    padding: [24, 24, 0, 8] as [number, number, number, number],
    scales: {
      // Half a step of room on either side.
      x: { time: false, range: (): [number, number] => [-0.5, sizes.length - 0.5] },
      y: { range: (_plot: uPlot, _least: number, most: number) => uPlot.rangeNum(0, most ?? 1, 0.1, true) },
    },
    axes: [
      axis({
        size: 24,
        label: t('pool size'),
        labelSize: 20,
        border: { show: true, stroke: () => colour('--line-strong'), width: 1 },
        splits: () => places,
        values: () => sizes.map(String),
      }),
      axis({
        size: 44,
        label: t('seconds'),
        values: (_plot, splits) => splits.map(inNumbers),
        labelSize: 20,
        grid: { show: true, stroke: () => colour('--line'), width: 1 },
      }),
    ],
    series: [
      {},
      {
        stroke: () => colour('--accent'),
        width: 2,
        points: {
          show: true,
          size: 9,
          width: 2,
          stroke: () => colour('--accent'),
          fill: () => colour('--content'),
        },
      },
    ],
  } satisfies Omit<uPlot.Options, 'width' | 'height'>;
}

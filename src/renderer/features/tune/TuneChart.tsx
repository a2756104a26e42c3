import { memo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { TunePoint } from '../../../shared/ipc/tune.ts';
import classes from './TuneChart.module.css';

interface TuneChartProps {
  readonly points: readonly TunePoint[];
  readonly sizes: readonly number[];
  readonly knee: number | undefined;
}

const margin = { top: 24, right: 24, bottom: 16, left: 8 };
const tick = { fontSize: 11, fill: 'var(--ink-dim)' };
const title = { fontSize: 11, fill: 'var(--ink-dim)' };

/** The article's picture: pool size against seconds. Sizes stand at equal distances, as they grow by factors. */
export const TuneChart = memo(function TuneChart({ points, sizes, knee }: TuneChartProps) {
  const secondsAt = new Map(points.map(({ poolSize, seconds }) => [poolSize, seconds]));
  const data = sizes.map((size) => ({ size: String(size), seconds: secondsAt.get(size) }));
  const label = points
    .map(({ poolSize, seconds }) => `${poolSize}: ${seconds.toFixed(2)} seconds`)
    .join(', ');
  return (
    <figure className={classes.chart} role="img" aria-label={`Seconds by pool size. ${label}`}>
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={data} margin={margin} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="size"
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            padding={{ left: 16, right: 16 }}
            label={{ value: 'pool size', position: 'insideBottom', offset: -12, ...title }}
          />
          <YAxis
            tick={tick}
            tickLine={false}
            axisLine={false}
            width={52}
            domain={[0, 'auto']}
            label={{ value: 'seconds', angle: -90, position: 'insideLeft', offset: 4, ...title }}
          />
          {knee !== undefined && (
            <ReferenceLine
              x={String(knee)}
              stroke="var(--accent)"
              strokeDasharray="3 3"
              label={{ value: 'knee', position: 'top', fontSize: 11, fill: 'var(--accent)' }}
            />
          )}
          <Line
            dataKey="seconds"
            stroke="var(--accent)"
            strokeWidth={2}
            dot={{ r: 3.5, fill: 'var(--content)', strokeWidth: 2 }}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
});

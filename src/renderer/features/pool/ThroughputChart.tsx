import { memo } from 'react';
import { Area, AreaChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { duration, rate } from '../../lib/format.ts';
import type { ChartPoint, PoolMark } from './chart-points.ts';
import classes from './ThroughputChart.module.css';

interface ThroughputChartProps {
  readonly points: readonly ChartPoint[];
  readonly marks: readonly PoolMark[];
}

const margin = { top: 16, right: 8, bottom: 0, left: 0 };
const tick = { fontSize: 11, fill: 'var(--ink-dim)' };

/** Items a second over time; a line where the slider was moved, with what it was moved to. */
export const ThroughputChart = memo(function ThroughputChart({ points, marks }: ThroughputChartProps) {
  const last = points.at(-1);
  const label =
    last === undefined
      ? 'Throughput: nothing measured yet'
      : `Throughput, now ${rate(last.perSecond)} items a second; pool size changed ${marks.length} times`;
  return (
    <figure className={classes.chart} role="img" aria-label={label}>
      {points.length < 2 ? (
        <p className={classes.empty}>The curve appears after the first second.</p>
      ) : (
        <ResponsiveContainer width="100%" height="100%">
          <AreaChart data={[...points]} margin={margin} accessibilityLayer={false}>
            <XAxis
              dataKey="seconds"
              type="number"
              domain={[0, 'dataMax']}
              tick={tick}
              tickLine={false}
              axisLine={{ stroke: 'var(--line-strong)' }}
              tickCount={4}
              minTickGap={32}
              height={20}
              tickFormatter={(seconds: number) =>
                seconds === 0 ? '0' : duration(Math.round(seconds * 10) * 100)
              }
            />
            <YAxis
              tick={tick}
              tickLine={false}
              axisLine={false}
              width={36}
              tickCount={3}
              tickFormatter={rate}
            />
            <Area
              dataKey="perSecond"
              type="monotone"
              stroke="var(--accent)"
              strokeWidth={1.5}
              fill="var(--accent)"
              fillOpacity={0.12}
              isAnimationActive={false}
              dot={false}
            />
            {marks.map((mark) => (
              <ReferenceLine
                key={mark.seconds}
                x={mark.seconds}
                stroke="var(--ink-dim)"
                strokeDasharray="2 3"
                label={{ value: mark.poolSize, position: 'top', fontSize: 11, fill: 'var(--ink)' }}
              />
            ))}
          </AreaChart>
        </ResponsiveContainer>
      )}
    </figure>
  );
});

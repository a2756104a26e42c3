import { useMemo } from 'react';
import { t } from '../../../languages/translate.ts';
import type { Sample } from '../../../shared/ipc/run.ts';
import { Panel } from '../../components/Panel.tsx';
import { rate } from '../../lib/format.ts';
import { useThrottled } from '../../lib/use-throttled.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import { chartPoints, poolMarks } from './chart-points.ts';
import classes from './PoolPanel.module.css';
import { ThroughputChart } from './ThroughputChart.tsx';

/** Redrawn at this interval, in milliseconds: a chart is costly to draw, and nobody reads it more often. */
const pace = () => 1_000;

const none: readonly Sample[] = [];

export function ThroughputPanel() {
  const newest = useStore(runStore, ({ run }) => run?.samples ?? none);
  const samples = useThrottled(newest, pace);
  const perSecond = useStore(runStore, ({ run }) => (run?.state === 'running' ? run.perSecond : undefined));
  const points = useMemo(() => chartPoints(samples), [samples]);
  const marks = useMemo(() => poolMarks(samples), [samples]);
  return (
    <Panel
      title={t('Throughput')}
      aside={
        <span className={`${classes.unit} numbers`}>
          {perSecond === undefined ? t('items/s') : t('{{rate}} items/s', { rate: rate(perSecond) })}
        </span>
      }
    >
      <ThroughputChart points={points} marks={marks} />
    </Panel>
  );
}

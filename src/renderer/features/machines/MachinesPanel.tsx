import { t } from '../../../languages/translate.ts';
import screen from '../../components/EntryScreen.module.css';
import { Panel } from '../../components/Panel.tsx';
import { count } from '../../lib/format.ts';
import { useThrottled } from '../../lib/use-throttled.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './MachinesPanel.module.css';
import { WorkerCard } from './WorkerCard.tsx';

/** So many workers of a run are shown: the others are counted. */
const mostWorkers = 20;
/** Redrawn at this interval, in milliseconds: workers tell of themselves every second. */
const pace = () => 1_000;

/** What stands beside a run that other machines do: its pools are theirs. */
export function MachinesPanel() {
  const handedOut = useThrottled(
    useStore(runStore, ({ run }) => run?.handedOut),
    pace,
  );
  const { buckets, workers = [], others = 0 } = handedOut ?? {};
  const further = Math.max(0, workers.length - mostWorkers);
  return (
    <Panel title={t('On other machines')}>
      {buckets && (
        <p className={`${screen.hint} numbers`}>
          {t('{{ended}} of {{count, number}} buckets have ended.', {
            ended: count(buckets.ended),
            count: buckets.all,
          })}{' '}
          {workers.length === 0 && t('No worker has one of the others now.')}
        </p>
      )}
      {workers.length > 0 && (
        <ul className={screen.list} aria-label={t('Workers')}>
          {workers.slice(0, mostWorkers).map((worker) => (
            <WorkerCard key={worker.name} worker={worker} />
          ))}
        </ul>
      )}
      <p className={`${screen.hint} ${classes.below}`}>
        {further > 0 && `${t('{{count, number}} further workers have buckets of it.', { count: further })} `}
        {others > 0 && `${t('{{count, number}} workers have none of its buckets.', { count: others })} `}
        {t('Each worker finds its own pool size, so that there is nothing to set or to pause here.')}
      </p>
    </Panel>
  );
}

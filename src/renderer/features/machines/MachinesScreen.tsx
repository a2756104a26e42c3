import { IconAlertTriangle } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import type { Machines } from '../../../shared/machines/machine-messages.ts';
import { useLookAtMachines } from '../../actions/machine-actions.ts';
import screen from '../../components/EntryScreen.module.css';
import { presentOf, workersWords } from '../../lib/machine-words.ts';
import { machinesStore } from '../../stores/machines/machines.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './MachinesScreen.module.css';
import { QueuedRunRow } from './QueuedRunRow.tsx';
import { WorkerCard } from './WorkerCard.tsx';

/** The workers of the queue, and the runs that they have or had. */
export function MachinesScreen() {
  useLookAtMachines();
  const queue = useStore(machinesStore, ({ choice }) => choice.queue);
  const now = useStore(machinesStore, (state) => state.now);
  return (
    <div className={screen.screen}>
      <h2 className={screen.title}>{headlineOf(now)}</h2>
      <p className={screen.hint}>
        <bdi className="selectable">{queue}</bdi>
      </p>
      <div role="status">{now && now.connection !== 'connected' && <Trouble now={now} />}</div>
      {now && <Standing now={now} queue={queue ?? ''} />}
    </div>
  );
}

function headlineOf(now: Machines | undefined): string {
  if (now === undefined) return t('Connecting to the queue…');
  if (now.connection !== 'connected') return t('The queue is not reached');
  const { length } = presentOf(now);
  return length === 0 ? t('No worker is connected') : t('{{count, number}} workers', { count: length });
}

/** What is wrong, and that nobody has to do anything for it to go on. */
function Trouble({ now: { connection, problem } }: { readonly now: Machines }) {
  return (
    <p className={classes.trouble}>
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      <span className="selectable">
        {connection === 'lost'
          ? t('The connection is lost. It is made again by itself; what stands here is what was known last.')
          : `${problem ?? ''} ${t('It is tried again every few seconds.')}`}
      </span>
    </p>
  );
}

function Standing({ now, queue }: { readonly now: Machines; readonly queue: string }) {
  const { connection, workers, runs } = now;
  if (connection === 'refused' && workers.length === 0 && runs.length === 0) return null;
  const present = presentOf(now).length;
  const titleOf = (id: string) => runs.find((run) => run.id === id)?.title;
  return (
    <>
      {connection === 'connected' && now.others > 0 && <p className={screen.hint}>{workersWords(now)}</p>}
      {workers.length === 0 ? (
        <p className={screen.hint}>
          {t('Nothing is done until one is. This command makes a worker of a machine:')}{' '}
          <code className={`${classes.command} selectable`}>{`shoal work ${queue}`}</code>
        </p>
      ) : (
        <ul className={classes.workers} aria-label={t('Workers')}>
          {workers.map((worker) => (
            <WorkerCard key={worker.name} worker={worker} titleOf={titleOf} />
          ))}
        </ul>
      )}
      <h3 className={classes.section}>{t('Runs of this queue')}</h3>
      {runs.length === 0 ? (
        <p className={screen.hint}>
          {t('None yet. What is given at the start can be handed out from there.')}
        </p>
      ) : (
        <ul className={screen.list} aria-label={t('Runs of this queue')}>
          {runs.map((run) => (
            <QueuedRunRow key={run.id} run={run} workers={present} />
          ))}
        </ul>
      )}
    </>
  );
}

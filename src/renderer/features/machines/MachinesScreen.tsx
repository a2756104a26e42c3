import { IconAlertTriangle, IconServer } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import type { Machines } from '../../../shared/machines/machine-messages.ts';
import { useLookAtMachines } from '../../actions/machine-actions.ts';
import { workersWords } from '../../lib/machine-words.ts';
import { machinesStore } from '../../stores/machines/machines.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './MachinesScreen.module.css';
import { QueuedRunRow } from './QueuedRunRow.tsx';

/** The workers of the queue, and the runs that they have or had. */
export function MachinesScreen() {
  useLookAtMachines();
  const queue = useStore(machinesStore, ({ choice }) => choice.queue);
  const now = useStore(machinesStore, (state) => state.now);
  return (
    <div className={classes.screen}>
      <h2 className={classes.title}>{headlineOf(now)}</h2>
      <p className={classes.hint}>
        <bdi className="selectable">{queue}</bdi>
      </p>
      <div role="status">{now && now.connection !== 'connected' && <Trouble now={now} />}</div>
      {now && <Standing now={now} />}
    </div>
  );
}

function headlineOf(now: Machines | undefined): string {
  if (now === undefined) return t('Connecting to the queue…');
  if (now.connection !== 'connected') return t('The queue is not reached');
  if (now.workers.length === 0) return t('No worker is connected');
  return t('{{count, number}} workers', { count: now.workers.length });
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

function Standing({ now }: { readonly now: Machines }) {
  const { connection, workers, runs } = now;
  if (connection === 'refused' && workers.length === 0 && runs.length === 0) return null;
  return (
    <>
      {connection === 'connected' && (workers.length === 0 || now.others > 0) && (
        <p className={classes.hint}>{workersWords(now)}</p>
      )}
      {workers.length === 0 ? (
        <p className={classes.hint}>
          {t('`shoal work`, followed by the address of this queue, makes a worker of a machine.')}
        </p>
      ) : (
        <ul className={classes.workers} aria-label={t('Workers')}>
          {workers.map(({ name, machine, process, program }) => (
            <li key={name} className={classes.worker}>
              <IconServer size={16} stroke={1.6} aria-hidden />
              <bdi className={`${classes.machine} selectable`}>{machine}</bdi>
              {program !== undefined && (
                <span className={`${classes.fact} numbers`}>
                  {t('Shoal {{program}}, process {{process}}', { program, process })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <h3 className={classes.section}>{t('Runs of this queue')}</h3>
      {runs.length === 0 ? (
        <p className={classes.hint}>
          {t('None yet. What is given at the start can be handed out from there.')}
        </p>
      ) : (
        <ul className={classes.list} aria-label={t('Runs of this queue')}>
          {runs.map((run) => (
            <QueuedRunRow key={run.id} run={run} workers={workers.length} />
          ))}
        </ul>
      )}
    </>
  );
}

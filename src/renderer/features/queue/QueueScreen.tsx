import { Button } from '@mantine/core';
import { t } from '../../../languages/translate.ts';
import { goOnWithQueue, moveInQueue } from '../../actions/queue-actions.ts';
import { showRunThatIsOn } from '../../actions/screens.ts';
import screen from '../../components/EntryScreen.module.css';
import { count } from '../../lib/format.ts';
import { queueStore } from '../../stores/queue.ts';
import { runStore } from '../../stores/run.ts';
import { endedOf, type RunView } from '../../stores/run-view.ts';
import { useStore } from '../../stores/use-store.ts';
import { QueueRow } from './QueueRow.tsx';
import classes from './QueueScreen.module.css';
import { useReorder } from './use-reorder.ts';

/** The runs that wait, in the order in which they start, and what they wait for. */
export function QueueScreen() {
  const entries = useStore(queueStore, (state) => state.entries);
  const move = async (from: number, to: number) => {
    const entry = entries[from];
    if (entry === undefined || to < 0 || to >= entries.length) return;
    await moveInQueue(entry.id, to);
  };
  const reorder = useReorder(
    entries.map(({ id }) => id),
    (id, to) => void moveInQueue(id, to),
  );
  return (
    <div className={screen.screen}>
      <h2 className={screen.title}>
        {entries.length === 0
          ? t('Nothing waits')
          : t('{{count, number}} runs waiting', { count: entries.length })}
      </h2>
      <Standing />
      {entries.length > 0 && (
        <ol className={`${screen.list} ${classes.list}`} aria-label={t('Queue')}>
          {entries.map((entry, at) => (
            <QueueRow
              key={entry.id}
              entry={entry}
              place={at + 1}
              isLast={at === entries.length - 1}
              onMove={(by) => void move(at, at + by)}
              drag={reorder(at)}
            />
          ))}
        </ol>
      )}
    </div>
  );
}

/** What is on now, and what the next one waits for. */
function Standing() {
  const waits = useStore(queueStore, ({ entries }) => entries.length);
  const held = useStore(queueStore, (state) => state.held);
  const on = useStore(runStore, (state) => state.on !== undefined);
  const run = useStore(runStore, ({ run: shown, on: id }) => (shown?.runId === id ? shown : undefined));
  if (waits === 0 && !on) {
    return (
      <p className={screen.hint}>
        {t(
          'Add to queue, beside the start button, lets a run start when the one before it has ended. What is dropped onto a run that is on comes here as well.',
        )}
      </p>
    );
  }
  return (
    <>
      {on && (
        <div className={classes.bar}>
          <p className={`${classes.words} numbers`}>{run === undefined ? t('A run is on.') : onWords(run)}</p>
          <Button variant="default" onClick={() => void showRunThatIsOn()}>
            {t('Show it')}
          </Button>
        </div>
      )}
      {waits > 0 && (
        <div className={classes.bar} data-held={held !== undefined}>
          <p className={classes.words} role="status">
            {wordsOf(held, on, waits)}
          </p>
          {(held !== undefined || !on) && (
            <Button onClick={() => void goOnWithQueue()}>
              {on ? t('Go on after this run') : t('Start the next one')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function onWords(run: RunView): string {
  const { title, counters } = run;
  const values = { title, ended: count(endedOf(run)), total: count(counters.total) };
  return counters.totalKnown
    ? t('{{title}} is on: {{ended}} of {{total}}.', values)
    : t('{{title}} is on: {{ended}} of at least {{total}}.', values);
}

function wordsOf(held: 'last-time' | 'cancelled' | undefined, on: boolean, waits: number): string {
  if (held === 'last-time')
    return t('{{count, number}} waiting from last time. Nothing starts by itself.', { count: waits });
  if (held === 'cancelled') return t('A run was cancelled, so the next one waits until it is told to start.');
  return on
    ? t('The first one starts by itself when this run ends.')
    : t('Nothing is on, and nothing has started.');
}

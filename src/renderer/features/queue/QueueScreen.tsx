import { Button } from '@mantine/core';
import { goOnWithQueue, moveInQueue } from '../../actions/queue-actions.ts';
import { showRunThatIsOn } from '../../actions/screens.ts';
import { count, counted } from '../../lib/format.ts';
import { queueStore } from '../../stores/queue.ts';
import { runStore } from '../../stores/run.ts';
import { endedOf } from '../../stores/run-view.ts';
import { useStore } from '../../stores/use-store.ts';
import { QueueRow } from './QueueRow.tsx';
import classes from './QueueScreen.module.css';

/** The runs that wait, in the order in which they start, and what they wait for. */
export function QueueScreen() {
  const entries = useStore(queueStore, (state) => state.entries);
  const move = async (from: number, to: number) => {
    const entry = entries[from];
    if (entry === undefined || to < 0 || to >= entries.length) return;
    await moveInQueue(entry.id, to);
  };
  return (
    <div className={classes.screen}>
      <h2 className={classes.title}>
        {entries.length === 0 ? 'Nothing waits' : `${counted(entries.length, 'run')} waiting`}
      </h2>
      <Standing />
      {entries.length > 0 && (
        <ol className={classes.list} aria-label="Queue">
          {entries.map((entry, at) => (
            <QueueRow
              key={entry.id}
              entry={entry}
              place={at + 1}
              isLast={at === entries.length - 1}
              onMove={(by) => void move(at, at + by)}
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
      <p className={classes.hint}>
        Add to queue, beside the start button, lets a run start when the one before it has ended. What is
        dropped onto a run that is on comes here as well.
      </p>
    );
  }
  return (
    <>
      {on && (
        <div className={classes.bar}>
          <p className={`${classes.words} numbers`}>
            {run === undefined
              ? 'A run is on.'
              : `${run.title} is on: ${count(endedOf(run))} of ${run.counters.totalKnown ? '' : 'at least '}${count(run.counters.total)}.`}
          </p>
          <Button variant="default" onClick={() => void showRunThatIsOn()}>
            Show it
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
              {on ? 'Go on after this run' : 'Start the next one'}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function wordsOf(held: 'last-time' | 'cancelled' | undefined, on: boolean, waits: number): string {
  if (held === 'last-time') return `${count(waits)} waiting from last time. Nothing starts by itself.`;
  if (held === 'cancelled') return 'A run was cancelled, so the next one waits until it is told to start.';
  return on
    ? 'The first one starts by itself when this run ends.'
    : 'Nothing is on, and nothing has started.';
}

import { Button, Modal } from '@mantine/core';
import type { Undo } from '../../../shared/ipc/history.ts';
import { removeFromHistory, undo } from '../../actions/history-actions.ts';
import { count, counted } from '../../lib/format.ts';
import { ask, historyStore, type Question } from '../../stores/history.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './Dialogs.module.css';

const close = () => ask(undefined);

/** Asks before something of a former run goes: what it made, or what is remembered of it. */
export function QuestionDialog() {
  const question = useStore(historyStore, (state) => state.question);
  const title = question?.kind === 'remove' ? 'Remove from the history' : 'Undo a run';
  return (
    <Modal
      opened={question !== undefined}
      onClose={close}
      title={title}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {question?.kind === 'remove' && <RemoveQuestion run={question.run} />}
      {question?.kind === 'undo' && <UndoQuestion {...question} />}
    </Modal>
  );
}

function RemoveQuestion({ run }: Pick<Question, 'run'>) {
  return (
    <>
      <p className={classes.words}>
        What is remembered of <strong>{run.title}</strong> goes: its results, its causes, and what a later
        “Continue” would need. The files that it made stay.
      </p>
      <div className={classes.footer}>
        <Button variant="default" onClick={close}>
          Keep it
        </Button>
        <Button color="red.9" onClick={() => void removeFromHistory(run)}>
          Remove from the history
        </Button>
      </div>
    </>
  );
}

function UndoQuestion({ run, look, done }: Extract<Question, { kind: 'undo' }>) {
  if (done) {
    return (
      <>
        <p className={classes.words} role="status">
          {counted(done.removed, 'file')} removed.
          {done.kept > 0 && ` ${counted(done.kept, 'file')} cannot be removed.`}
        </p>
        <Left undo={done} />
        <div className={classes.footer}>
          <Button onClick={close}>Close</Button>
        </div>
      </>
    );
  }
  if (!look) return <p className={classes.words}>Looking what {run.title} made…</p>;
  const { removable, names } = look;
  return (
    <>
      <p className={classes.words}>
        {removable === 0
          ? `Nothing that ${run.title} made is left to remove.`
          : `${counted(removable, 'file')} that ${run.title} made and that nobody has changed since:`}
      </p>
      {removable > 0 && (
        <ul className={classes.names} tabIndex={0} aria-label="Files to be removed">
          {names.map((name) => (
            <li key={name} className="selectable">
              {name}
            </li>
          ))}
          {removable > names.length && <li>and {count(removable - names.length)} more</li>}
        </ul>
      )}
      <Left undo={look} />
      <div className={classes.footer}>
        <Button variant="default" onClick={close}>
          Keep them
        </Button>
        {removable > 0 && (
          <Button color="red.9" onClick={() => void undo(run)}>
            Remove {counted(removable, 'file')}
          </Button>
        )}
      </div>
    </>
  );
}

/** What is left as it is, and what cannot be had back. */
function Left({ undo: { changed, gone, replaced } }: { readonly undo: Undo }) {
  return (
    <>
      {changed > 0 && (
        <p className={classes.note}>
          {counted(changed, 'file')} changed since, older than the run, or of a later one: left as they are.
        </p>
      )}
      {gone > 0 && <p className={classes.note}>{counted(gone, 'file')} gone already.</p>}
      {replaced > 0 && (
        <p className={classes.note}>
          {counted(replaced, 'file')} took the place of others, which cannot be had back.
        </p>
      )}
    </>
  );
}

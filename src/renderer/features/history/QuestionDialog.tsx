import { Button, Modal } from '@mantine/core';
import { Trans } from 'react-i18next';
import { t, words } from '../../../languages/translate.ts';
import type { Undo } from '../../../shared/ipc/history.ts';
import { removeFromHistory, undo } from '../../actions/history-actions.ts';
import { ask, historyStore, type Question } from '../../stores/history.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './Dialogs.module.css';

const close = () => ask(undefined);

/** Asks before something of a former run goes: what it made, or what is remembered of it. */
export function QuestionDialog() {
  const question = useStore(historyStore, (state) => state.question);
  const title = question?.kind === 'remove' ? t('Remove from the history') : t('Undo a run');
  return (
    <Modal
      opened={question !== undefined}
      onClose={close}
      title={title}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': t('Close') }}
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
        <Trans
          i18n={words}
          i18nKey="What is remembered of <name/> goes: its results, its causes, and what a later “Continue” would need. The files that it made stay."
          components={{ name: <strong>{run.title}</strong> }}
        />
      </p>
      <div className={classes.footer}>
        <Button variant="default" onClick={close}>
          {t('Keep it')}
        </Button>
        <Button color="red.9" onClick={() => void removeFromHistory(run)}>
          {t('Remove from the history')}
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
          {t('{{count, number}} files removed.', { count: done.removed })}
          {done.kept > 0 && ` ${t('{{count, number}} files cannot be removed.', { count: done.kept })}`}
        </p>
        <Left undo={done} />
        <div className={classes.footer}>
          <Button onClick={close}>{t('Close')}</Button>
        </div>
      </>
    );
  }
  const { title: name } = run;
  if (!look) return <p className={classes.words}>{t('Looking what {{name}} made…', { name })}</p>;
  const { removable, names } = look;
  return (
    <>
      <p className={classes.words}>
        {removable === 0
          ? t('Nothing that {{name}} made is left to remove.', { name })
          : t('{{count, number}} files that {{name}} made and that nobody has changed since:', {
              count: removable,
              name,
            })}
      </p>
      {removable > 0 && (
        <ul className={classes.names} tabIndex={0} aria-label={t('Files to be removed')}>
          {names.map((name) => (
            <li key={name} className="selectable">
              {name}
            </li>
          ))}
          {removable > names.length && (
            <li>{t('and {{count, number}} more', { count: removable - names.length })}</li>
          )}
        </ul>
      )}
      <Left undo={look} />
      <div className={classes.footer}>
        <Button variant="default" onClick={close}>
          {t('Keep them')}
        </Button>
        {removable > 0 && (
          <Button color="red.9" onClick={() => void undo(run)}>
            {t('Remove {{count, number}} files', { count: removable })}
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
          {t(
            '{{count, number}} files changed since, older than the run, or of a later one: left as they are.',
            { count: changed },
          )}
        </p>
      )}
      {gone > 0 && (
        <p className={classes.note}>{t('{{count, number}} files gone already.', { count: gone })}</p>
      )}
      {replaced > 0 && (
        <p className={classes.note}>
          {t('{{count, number}} files took the place of others, which cannot be had back.', {
            count: replaced,
          })}
        </p>
      )}
    </>
  );
}

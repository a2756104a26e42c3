import { Button } from '@mantine/core';
import { Trans } from 'react-i18next';
import { t, words } from '../../../languages/translate.ts';
import type { QueuedRun } from '../../../shared/machines/machine-messages.ts';
import { followQueued, retryQueued } from '../../actions/machine-actions.ts';
import frame from '../../components/Entry.module.css';
import texts from '../../components/EntryWords.module.css';
import { RunProgress } from '../../components/RunProgress.tsx';
import { count } from '../../lib/format.ts';
import { isOpen, standingWords } from '../../lib/machine-words.ts';
import { dayWords, timeWords } from '../../lib/run-words.ts';
import { askToCancel } from '../../stores/machines/machines.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './QueuedRunRow.module.css';

interface QueuedRunRowProps {
  readonly run: QueuedRun;
  readonly workers: number;
}

/** A run that workers have: what, to where, how far it is, and what can be done with it. */
export function QueuedRunRow({ run, workers }: QueuedRunRowProps) {
  const { id, title, place, submittedAt, state, items, done, failed, broken } = run;
  const isOn = useStore(runStore, ({ on }) => on !== undefined);
  const isFollowed = useStore(
    runStore,
    ({ on, run: shown }) => shown?.runId === on && shown?.handedOut?.run === id,
  );
  const wasHandedOut = state === 'queued' || state === 'ended' || state === 'cancelled';
  const waits = isOn ? t('When the run that is on has ended') : undefined;
  return (
    <li className={frame.entry}>
      <div className={frame.words}>
        <h4 className={texts.title} title={title}>
          <bdi>{title}</bdi>
        </h4>
        <p className={`${texts.line} ${frame.fact}`}>
          {`${dayWords(submittedAt, Date.now())} ${timeWords(submittedAt)} · `}
          <Trans i18n={words} i18nKey="to <place/>" components={{ place: <bdi>{place}</bdi> }} />
        </p>
        <p className={`${texts.line} ${frame.state} numbers`} data-state={state}>
          {standingWords(run, workers)}
          {wasHandedOut &&
            ` ${t('{{done}} of {{count, number}} items done, {{failed}} failed.', {
              done: count(done),
              count: items,
              failed: count(failed),
            })}`}
        </p>
      </div>
      <div className={frame.actions}>
        {wasHandedOut && (
          <Button
            variant="default"
            disabled={isOn && !isFollowed}
            title={isFollowed ? undefined : waits}
            aria-label={isOpen(run) ? t('Follow: {{title}}', { title }) : t('Results: {{title}}', { title })}
            onClick={() => void followQueued(id)}
          >
            {isOpen(run) ? t('Follow') : t('Results')}
          </Button>
        )}
        {wasHandedOut && !isOpen(run) && failed + broken > 0 && (
          <Button
            variant="subtle"
            disabled={isOn}
            title={waits}
            aria-label={t('Retry what failed: {{title}}', { title })}
            onClick={() => void retryQueued(id)}
          >
            {t('Retry')}
          </Button>
        )}
        {state === 'queued' && isOpen(run) && (
          <Button
            variant="subtle"
            aria-label={t('Cancel: {{title}}', { title })}
            onClick={() => askToCancel({ id, title })}
          >
            {t('Cancel…')}
          </Button>
        )}
      </div>
      {wasHandedOut && (
        <div className={classes.progress}>
          <RunProgress
            done={done}
            skipped={0}
            failed={failed}
            total={items}
            totalKnown
            quiet={!isOpen(run)}
          />
        </div>
      )}
    </li>
  );
}

import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import type { FormerRun } from '../../../shared/ipc/history.ts';
import { prepareAgain } from '../../actions/prepared.ts';
import { hideRun, runAgain } from '../../actions/run-actions.ts';
import { openResults } from '../../actions/screens.ts';
import texts from '../../components/EntryWords.module.css';
import { RunProgress } from '../../components/RunProgress.tsx';
import { outcomeWords, whenWords } from '../../lib/run-words.ts';
import classes from './RunCard.module.css';
import { RunPicturesRow } from './RunPicturesRow.tsx';

/** A former run: what it made, with which settings, how it ended, and what can be done with it now. */
export function RunCard({ run }: { readonly run: FormerRun }) {
  const { id, runId, title, settings, counters, standing } = run;
  const isRest = standing === 'unfinished';
  const { done, skipped, failed, total, totalKnown } = counters;
  return (
    <li className={classes.card} data-rest={isRest}>
      <RunPicturesRow run={run} />
      <div className={classes.words}>
        <h3 className={texts.title} title={title}>
          <bdi>{title}</bdi>
        </h3>
        {settings !== '' && <p className={`${texts.line} ${classes.fact}`}>{settings}</p>}
        <p className={`${texts.line} ${classes.fact} numbers`}>{outcomeWords(run)}</p>
        <p className={`${texts.line} ${classes.fact} numbers`}>{whenWords(run, Date.now())}</p>
        {isRest && <RunProgress {...{ done, skipped, failed, total, totalKnown }} quiet={false} />}
      </div>
      <div className={classes.actions}>
        {isRest && runId !== undefined && (
          <Button aria-label={t('Continue: {{title}}', { title })} onClick={() => void runAgain(runId)}>
            {t('Continue')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={t('Results: {{title}}', { title })}
          onClick={() => void openResults(id)}
        >
          {t('Results')}
        </Button>
        {!isRest && (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t('Run again: {{title}}', { title })}
            onClick={() => void prepareAgain(id)}
          >
            {t('Run again')}
          </Button>
        )}
        <ActionIcon
          size="sm"
          className={classes.away ?? ''}
          aria-label={t('Take off this list: {{title}}', { title })}
          title={t('Take off this list; nothing is removed from the disk')}
          onClick={() => void hideRun(id)}
        >
          <IconX size={14} stroke={1.75} />
        </ActionIcon>
      </div>
    </li>
  );
}

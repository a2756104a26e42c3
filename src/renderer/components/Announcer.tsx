import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../languages/translate.ts';
import { count } from '../lib/format.ts';
import { runStore } from '../stores/run.ts';
import { endedOf, type RunView } from '../stores/run-view.ts';

/** Announces a run's progress to a screen reader: only at changes of state and at each quarter. */
export function Announcer() {
  const [message, setMessage] = useState('');
  const last = useRef('');
  useEffect(
    () =>
      runStore.subscribe(({ run }) => {
        const step = run === undefined ? '' : stepOf(run);
        if (step === last.current) return;
        last.current = step;
        setMessage(run === undefined ? '' : sentenceFor(run));
      }),
    [],
  );
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {message}
    </VisuallyHidden>
  );
}

function stepOf(run: RunView): string {
  const { total, totalKnown } = run.counters;
  const quarter = totalKnown && total > 0 ? Math.floor((endedOf(run) * 4) / total) : 0;
  return `${run.runId} ${run.state} ${run.state === 'running' ? quarter : ''}`;
}

function sentenceFor(run: RunView): string {
  const { total, done, failed } = run.counters;
  const ended = count(endedOf(run));
  switch (run.state) {
    case 'scanning':
      return t('Looking for what there is to do.');
    case 'running':
      return failed > 0
        ? t('Working: {{ended}} of {{count, number}} items, {{failed}} failed.', {
            count: total,
            ended,
            failed: count(failed),
          })
        : t('Working: {{ended}} of {{count, number}} items.', { count: total, ended });
    case 'paused':
      return t('Paused at {{ended}} of {{count, number}} items.', { count: total, ended });
    case 'cancelling':
      return t('Cancelling: what has been started is finished.');
    case 'finished':
      return failed > 0
        ? t('Finished: {{done}} done, {{failed}} failed.', { done: count(done), failed: count(failed) })
        : t('Finished: {{done}} done.', { done: count(done) });
  }
}

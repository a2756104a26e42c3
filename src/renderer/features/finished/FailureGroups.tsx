import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { t, told } from '../../../languages/translate.ts';
import { adviceFor, titleOf } from '../../../shared/error-codes/error-codes.ts';
import { passingCodes } from '../../../shared/error-codes/passing-codes.ts';
import { retryFailed } from '../../actions/run-actions.ts';
import { showRows } from '../../actions/run-updates.ts';
import { count } from '../../lib/format.ts';
import type { RunView } from '../../stores/run-view.ts';
import classes from './FailureGroups.module.css';

/** Failures by cause, the most frequent first, each with what can be done about it. */
export function FailureGroups({ run }: { readonly run: RunView }) {
  const groups = [...run.failures].sort((one, other) => other.count - one.count);
  const passing = groups.filter(({ code }) => passingCodes.has(code));
  const mayPass = passing.reduce((sum, group) => sum + group.count, 0);
  return (
    <section className={classes.box} aria-label={t('Failures')}>
      <header className={classes.header}>
        <h3 className={classes.heading}>{t('What failed, and what to do')}</h3>
        <Button variant="subtle" onClick={() => showRows('failed')}>
          {t('Show them')}
        </Button>
        {passing.length > 0 && passing.length < groups.length && (
          <Button
            variant="default"
            title={t('Only what may have passed by itself: the network, a busy server, a full machine')}
            onClick={() =>
              void retryFailed(
                run.runId,
                passing.map(({ code }) => code),
              )
            }
          >
            {t('Retry {{count, number}} that may pass', { count: mayPass })}
          </Button>
        )}
        <Button leftSection={<IconRefresh size={14} />} onClick={() => void retryFailed(run.runId)}>
          {t('Retry failed')}
        </Button>
      </header>
      <ul className={classes.list}>
        {groups.map((group) => (
          <li key={group.code} className={classes.group}>
            <span className={`${classes.count} numbers`}>{count(group.count)}</span>
            <div className={classes.words}>
              <strong className={classes.cause}>{told(titleOf(group.code))}</strong>
              <span className={classes.advice}>{told(adviceFor(group.code, 'window'))}</span>
              <p className={`${classes.example} selectable`} title={group.example}>
                {group.example}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

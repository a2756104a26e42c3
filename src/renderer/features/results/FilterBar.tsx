import { UnstyledButton } from '@mantine/core';
import { useId } from 'react';
import { t, told } from '../../../languages/translate.ts';
import { adviceFor, type ErrorCode, titleOf } from '../../../shared/error-codes/error-codes.ts';
import { showRows } from '../../actions/run-updates.ts';
import { count } from '../../lib/format.ts';
import { type RowFilter, rowsOf } from '../../stores/row-cache.ts';
import { runStore } from '../../stores/run.ts';
import { listedOf } from '../../stores/run-view.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './FilterBar.module.css';
import { RetryButton } from './RetryButton.tsx';

const filters: readonly { readonly value: RowFilter; readonly name: () => string }[] = [
  { value: 'all', name: () => t('All') },
  { value: 'done', name: () => t('Done') },
  { value: 'skipped', name: () => t('Skipped') },
  { value: 'failed', name: () => t('Failed') },
  { value: 'cancelled', name: () => t('Cancelled') },
];

/**
 * Chooses which items are shown, with the number of each kind and of each cause of failures. Kinds without items are not
 * offered. Of a cause that is chosen it is said what can be done.
 */
export function FilterBar() {
  const listed = useStore(runStore, ({ run }) => run && listedOf(run));
  const chosen = useStore(runStore, ({ rows }) => rows.filter);
  const cause = useStore(runStore, ({ rows }) => rows.narrowing?.cause);
  const advice = useId();
  if (listed === undefined) return null;
  return (
    <div className={classes.bar}>
      <div className={classes.filters} role="toolbar" aria-label={t('Show')}>
        {filters.map(({ value, name }) => {
          const size = rowsOf(value, listed);
          if (size === 0 && value !== 'all' && value !== chosen) return null;
          return (
            <UnstyledButton
              key={value}
              className={classes.filter ?? ''}
              aria-pressed={value === chosen && cause === undefined}
              data-filter={value}
              onClick={() => show(value)}
            >
              {name()} <span className={`${classes.size} numbers`}>{count(size)}</span>
            </UnstyledButton>
          );
        })}
        <Causes chosen={cause} advice={advice} />
        <RetryButton />
      </div>
      {/* There before it is filled: only then does a screen reader tell what it is filled with. */}
      <p id={advice} className={classes.advice} role="status">
        {cause !== undefined && told(adviceFor(cause, 'window'))}
      </p>
    </div>
  );
}

interface CausesProps {
  readonly chosen: ErrorCode | undefined;
  /** The element that says what can be done about the chosen one. */
  readonly advice: string;
}

/** The causes of failures, the most frequent first. */
function Causes({ chosen, advice }: CausesProps) {
  const failures = useStore(runStore, ({ run }) => run?.failures);
  if (failures === undefined || failures.length === 0) return null;
  const groups = [...failures].sort((one, other) => other.count - one.count);
  return (
    <div className={classes.causes} role="group" aria-label={t('Failures')}>
      {groups.map(({ code, count: size, example }) => (
        <UnstyledButton
          key={code}
          className={classes.filter ?? ''}
          aria-pressed={code === chosen}
          aria-describedby={code === chosen ? advice : undefined}
          data-filter="cause"
          title={example}
          // A second click takes it back.
          onClick={() => (code === chosen ? show('all') : show('failed', code))}
        >
          {told(titleOf(code))} <span className={`${classes.size} numbers`}>{count(size)}</span>
        </UnstyledButton>
      ))}
    </div>
  );
}

function show(filter: RowFilter, cause?: ErrorCode): void {
  const { search = '', order = 'ended' } = runStore.getState().rows.narrowing ?? {};
  showRows(filter, { search, order, cause });
}

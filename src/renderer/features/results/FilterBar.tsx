import { UnstyledButton } from '@mantine/core';
import { t, told } from '../../../languages/translate.ts';
import { titleOf } from '../../../shared/error-codes/error-codes.ts';
import { showRows } from '../../actions/run-updates.ts';
import { count } from '../../lib/format.ts';
import { type RowFilter, rowsOf } from '../../stores/row-cache.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './FilterBar.module.css';

const filters: readonly { readonly value: RowFilter; readonly name: () => string }[] = [
  { value: 'all', name: () => t('All') },
  { value: 'done', name: () => t('Done') },
  { value: 'skipped', name: () => t('Skipped') },
  { value: 'failed', name: () => t('Failed') },
  { value: 'cancelled', name: () => t('Cancelled') },
];

/** Chooses which items are shown, with the number of each kind and of each cause of failures. Kinds without items are not offered. */
export function FilterBar() {
  const counters = useStore(runStore, ({ run }) => run?.counters);
  const chosen = useStore(runStore, ({ rows }) => rows.filter);
  const narrowing = useStore(runStore, ({ rows }) => rows.narrowing);
  const failures = useStore(runStore, ({ run }) => run?.failures);
  if (counters === undefined) return null;
  const { search = '', order = 'ended', cause } = narrowing ?? {};
  return (
    <div className={classes.filters} role="toolbar" aria-label={t('Show')}>
      {filters.map(({ value, name }) => {
        const size = rowsOf(value, counters);
        if (size === 0 && value !== 'all' && value !== chosen) return null;
        return (
          <UnstyledButton
            key={value}
            className={classes.filter ?? ''}
            aria-pressed={value === chosen && cause === undefined}
            data-filter={value}
            onClick={() => showRows(value, { search, order })}
          >
            {name()} <span className={`${classes.size} numbers`}>{count(size)}</span>
          </UnstyledButton>
        );
      })}
      {(failures ?? []).map(({ code, count: size }) => (
        <UnstyledButton
          key={code}
          className={classes.filter ?? ''}
          aria-pressed={code === cause}
          data-filter="failed"
          // A second click takes it back.
          onClick={() =>
            showRows(code === cause ? 'all' : 'failed', {
              search,
              order,
              cause: code === cause ? undefined : code,
            })
          }
        >
          {told(titleOf(code))} <span className={`${classes.size} numbers`}>{count(size)}</span>
        </UnstyledButton>
      ))}
    </div>
  );
}

import { UnstyledButton } from '@mantine/core';
import { count } from '../../lib/format.ts';
import { type RowFilter, rowsOf } from '../../stores/row-cache.ts';
import { filterRows, runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './FilterBar.module.css';

const filters: readonly { readonly value: RowFilter; readonly name: string }[] = [
  { value: 'all', name: 'All' },
  { value: 'done', name: 'Done' },
  { value: 'skipped', name: 'Skipped' },
  { value: 'failed', name: 'Failed' },
  { value: 'cancelled', name: 'Cancelled' },
];

/** Chooses which items are shown, with the number of each kind. Kinds without items are not offered. */
export function FilterBar() {
  const counters = useStore(runStore, ({ run }) => run?.counters);
  const chosen = useStore(runStore, ({ rows }) => rows.filter);
  if (counters === undefined) return null;
  return (
    <div className={classes.filters} role="toolbar" aria-label="Show">
      {filters.map(({ value, name }) => {
        const size = rowsOf(value, counters);
        if (size === 0 && value !== 'all' && value !== chosen) return null;
        return (
          <UnstyledButton
            key={value}
            className={classes.filter ?? ''}
            aria-pressed={value === chosen}
            data-filter={value}
            onClick={() => filterRows(value)}
          >
            {name} <span className={`${classes.size} numbers`}>{count(size)}</span>
          </UnstyledButton>
        );
      })}
    </div>
  );
}

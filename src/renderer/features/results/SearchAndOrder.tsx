import { NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../../languages/translate.ts';
import { type RowOrder, rowOrders } from '../../../shared/ipc/run.ts';
import { showRows } from '../../actions/run-updates.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import { sortBy } from './items/sort-by.ts';
import classes from './ResultsView.module.css';

/** Main looks through all items for each change: a person who types is waited for, in milliseconds. */
const pauseMs = 150;

const names: Readonly<Record<RowOrder, () => string>> = {
  ended: () => t('As they ended'),
  name: () => t('By name'),
  place: () => t('By host or folder'),
  state: () => t('Failed first'),
  size: () => t('Largest first'),
  pixels: () => t('Most pixels first'),
  time: () => t('Slowest first'),
  tries: () => t('Most tries first'),
};

/** Finds items by name or host, and puts them in order. Main does both: the page has only some of the rows. */
export function SearchAndOrder() {
  const field = useRef<HTMLInputElement>(null);
  const order = useStore(runStore, ({ rows }) => rows.narrowing?.order ?? 'ended');
  const [typed, setTyped] = useState('');
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => {
      const { filter, narrowing } = runStore.getState().rows;
      if (typed !== (narrowing?.search ?? ''))
        showRows(filter, { order: 'ended', ...narrowing, search: typed });
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <>
      <TextInput
        ref={field}
        className={classes.search ?? ''}
        size="xs"
        type="search"
        aria-label={t('Search by name or host')}
        placeholder={t('Name or host')}
        maxLength={200}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        aria-label={t('Order')}
        data={rowOrders.map((value) => ({ value, label: names[value]() }))}
        value={order}
        onChange={(event) => sortBy(event.currentTarget.value as RowOrder)}
      />
    </>
  );
}

import { useEffect } from 'react';
import { useThrottled } from '../../lib/use-throttled.ts';
import type { RowCache } from '../../stores/row-cache.ts';
import { runStore } from '../../stores/run.ts';
import { wantRows } from '../../stores/run-link.ts';
import { useStore } from '../../stores/use-store.ts';

/** Pictures that change more often than this are not looked at, only flickered by. */
const redrawMs = 250;

/** The list to show: the store's, a few times a second; at once where it is another list. */
export function useRows(): RowCache {
  const newest = useStore(runStore, ({ rows }) => rows);
  const shown = useThrottled(newest, redrawMs);
  return shown.filter === newest.filter ? shown : newest;
}

/** Asks for what is in sight (and a little more) and not here. */
export function useVisibleRows(rows: RowCache, first: number, last: number): void {
  useEffect(() => {
    if (rows.length > 0 && last >= first) wantRows(first, last);
  }, [rows, first, last]);
}

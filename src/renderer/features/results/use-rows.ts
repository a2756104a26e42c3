import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { useThrottled } from '../../lib/use-throttled.ts';
import type { RowCache } from '../../stores/row-cache.ts';
import { runStore } from '../../stores/run.ts';
import { wantRows } from '../../stores/run-link.ts';
import { useStore } from '../../stores/use-store.ts';

/** Pictures that change more often than this are not looked at, only flickered by. */
const redrawMs = 250;

/** How long pictures may keep the list from going on: a person wants to see them, and the newest too. */
const longestHoldMs = 3_000;

/**
 * The list to show: the store's, a few times a second, and not before the pictures in sight have come. At once
 * where it is another list.
 */
export function useRows(scroller: RefObject<HTMLElement | null>): RowCache {
  const newest = useStore(runStore, ({ rows }) => rows);
  const heldSince = useRef<number>(undefined);
  const mayGoOn = useCallback(() => {
    const coming = [...(scroller.current?.querySelectorAll('img') ?? [])].some(({ complete }) => !complete);
    heldSince.current = coming ? (heldSince.current ?? performance.now()) : undefined;
    if (heldSince.current === undefined) return true;
    if (performance.now() - heldSince.current < longestHoldMs) return false;
    heldSince.current = undefined;
    return true;
  }, [scroller]);
  const shown = useThrottled(newest, redrawMs, mayGoOn);
  return shown.filter === newest.filter ? shown : newest;
}

/** Asks for what is in sight (and a little more) and not here. */
export function useVisibleRows(rows: RowCache, first: number, last: number): void {
  useEffect(() => {
    if (rows.length > 0 && last >= first) wantRows(first, last);
  }, [rows, first, last]);
}

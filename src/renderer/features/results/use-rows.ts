import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { wantRows } from '../../actions/run-updates.ts';
import { useThrottled } from '../../lib/use-throttled.ts';
import type { RowCache } from '../../stores/row-cache.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import { isImagePending } from './image-ready.ts';

/** A picture that has come is shown within this. */
const redrawMs = 250;
/** Where more come than there is room for, a screenful stays as long: quicker ones are flicker and cost frames. */
const screenfulMs = 1_000;
/** About as many as a usual window shows. */
const screenful = 40;
/** How often to look whether the last pictures have come. */
const lookMs = 100;

/** How long pictures may keep the list from going on: a person wants to see them, and the newest too. */
const longestHoldMs = 3_000;

const atOnce = () => 0;

function pace(shown: RowCache, newest: RowCache): number {
  // The first picture waits for nothing.
  if (shown.length === 0) return 0;
  return newest.length - shown.length > screenful ? screenfulMs : redrawMs;
}

/**
 * The list to show: the store's, a few times a second, and not before the pictures in the page have come. Then
 * `goOn` is called: what was added to the list last is complete and can be scrolled to without a blank.
 */
export function useRows(scroller: RefObject<HTMLElement | null>, goOn: () => void): RowCache {
  const newest = useStore(runStore, ({ rows }) => rows);
  const heldSince = useRef<number>(undefined);
  const tryToGoOn = useCallback(() => {
    const coming = [...(scroller.current?.querySelectorAll('img') ?? [])].some(isImagePending);
    heldSince.current = coming ? (heldSince.current ?? performance.now()) : undefined;
    if (heldSince.current !== undefined) {
      if (performance.now() - heldSince.current < longestHoldMs) return false;
      heldSince.current = undefined;
    }
    goOn();
    return true;
  }, [scroller, goOn]);
  // At the end of a run nothing comes that would have to be waited for.
  const finished = useStore(runStore, ({ run }) => run?.state === 'finished');
  const shown = useThrottled(newest, finished ? atOnce : pace, tryToGoOn);
  // Of the last rows too, after which no others come.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list is a new reason to go on
  useEffect(() => {
    const timer = setInterval(() => tryToGoOn() && clearInterval(timer), lookMs);
    return () => clearInterval(timer);
  }, [shown, tryToGoOn]);
  return shown.filter === newest.filter ? shown : newest;
}

/** Asks for what is in sight (and a little more) and not here. */
export function useVisibleRows(rows: RowCache, first: number, last: number): void {
  useEffect(() => {
    if (rows.length > 0 && last >= first) wantRows(first, last);
  }, [rows, first, last]);
}

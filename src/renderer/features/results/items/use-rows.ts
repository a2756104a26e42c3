import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { wantRows } from '../../../actions/run-updates.ts';
import { useThrottled } from '../../../lib/use-throttled.ts';
import { isSameList, type RowCache } from '../../../stores/row-cache.ts';
import { runStore } from '../../../stores/run.ts';
import { useStore } from '../../../stores/use-store.ts';
import { isImagePending } from './image-ready.ts';

/** The list is redrawn at this interval while new items are few, in milliseconds. */
const redrawMs = 250;
/**
 * If more items arrive than fit on a screen, each screenful stays this long: quicker changes flicker and cost frames.
 */
const screenfulMs = 1_000;
/** About as many items as a usual window shows. */
const screenful = 40;
/** How often to check whether the last pictures have been loaded, in milliseconds. */
const lookMs = 100;

/** How long pictures that are still loading may hold up the list, in milliseconds: the newest items matter as well. */
const longestHoldMs = 3_000;

const atOnce = () => 0;

function pace(shown: RowCache, newest: RowCache): number {
  // The first picture is shown without delay.
  if (shown.length === 0) return 0;
  return newest.length - shown.length > screenful ? screenfulMs : redrawMs;
}

/**
 * The list to show: the store's list, updated a few times a second, and only once the pictures in the page have been
 * loaded. Then `goOn` is called: the newest rows are complete and can be scrolled to without a blank.
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
  // At the end of a run no further items come, so there is nothing to wait for.
  const finished = useStore(runStore, ({ run }) => run?.state === 'finished');
  const shown = useThrottled(newest, finished ? atOnce : pace, tryToGoOn);
  // Repeated until the pictures are loaded, also for the last rows, which no later update follows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list is a new reason to go on
  useEffect(() => {
    const timer = setInterval(() => tryToGoOn() && clearInterval(timer), lookMs);
    return () => clearInterval(timer);
  }, [shown, tryToGoOn]);
  return isSameList(shown, newest) ? shown : newest;
}

/** Asks for the rows in sight, and a few around them, that the page does not have. */
export function useVisibleRows(rows: RowCache, first: number, last: number): void {
  useEffect(() => {
    if (rows.length > 0 && last >= first) wantRows(first, last);
  }, [rows, first, last]);
}

import { type RefObject, useEffect, useRef } from 'react';
import { dragItems, showItemMenu } from '../../../actions/items-out.ts';
import { type Going, selectAt, selectFurther } from '../../../actions/selecting.ts';
import type { Ranges } from '../../../lib/ranges.ts';
import { selectAll, selectionStore, showLarge, toggle, unselect } from '../../../stores/selection.ts';
import { useStore } from '../../../stores/use-store.ts';

interface Layout {
  /** Items in a line. */
  readonly columns: number;
  /** Lines in sight: as far as a page key goes. */
  readonly lines: number;
  readonly length: number;
  readonly scrollTo: (position: number) => void;
}

interface Selecting {
  /** The place that the keys are at. */
  readonly position: number | undefined;
  readonly chosen: Ranges;
}

/**
 * Lets a person select items by clicks or by keys, as lists of files do, and keeps the one that the keys are at in
 * sight. The focus stays on the scrolling area: an item that is scrolled out of sight leaves the page and would take the
 * focus with it.
 */
export function useSelecting(scroller: RefObject<HTMLElement | null>, layout: Layout): Selecting {
  const position = useStore(selectionStore, (state) => state.position);
  const chosen = useStore(selectionStore, (state) => state.chosen);
  const latest = useRef(layout);
  latest.current = layout;
  useEffect(() => {
    if (position !== undefined) latest.current.scrollTo(position);
  }, [position]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const clicked = (event: MouseEvent) => {
      const place = placeOf(event);
      if (place !== undefined) selectAt(place, goingOf(event));
    };
    const clickedTwice = (event: MouseEvent) => showLarge(placeOf(event) !== undefined);
    const pressed = (event: KeyboardEvent) => {
      if (!event.altKey && act(event, latest.current)) event.preventDefault();
    };
    // The page's own drag would carry a picture's address; the system's carries the files.
    const dragged = (event: DragEvent) => {
      event.preventDefault();
      const place = placeOf(event);
      if (place !== undefined) void dragItems(place);
    };
    const menuWanted = (event: MouseEvent) => {
      event.preventDefault();
      void showItemMenu(placeOf(event));
    };
    element.addEventListener('click', clicked, { signal });
    element.addEventListener('dragstart', dragged, { signal });
    element.addEventListener('contextmenu', menuWanted, { signal });
    element.addEventListener('dblclick', clickedTwice, { signal });
    element.addEventListener('keydown', pressed, { signal });
    window.addEventListener('keydown', windowKey, { signal });
    return () => stop.abort();
  }, [scroller]);
  return { position, chosen };
}

/** Anywhere but in a field, a menu or over a dialog, because nothing else in the window can be meant. */
function windowKey(event: KeyboardEvent): void {
  const { key, target, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (shiftKey || altKey || event.defaultPrevented) return;
  const elsewhere = 'input:not([type="radio"]), textarea, select, dialog, [role="dialog"], [role="menu"]';
  if (target instanceof Element && target.closest(elsewhere) !== null) return;
  const isCommand = ctrlKey || metaKey;
  if (isCommand && key.toLowerCase() === 'a') selectAll();
  else if (!isCommand && key === 'Escape' && selectionStore.getState().chosen.length > 0) unselect();
  else return;
  event.preventDefault();
}

function goingOf({ shiftKey, ctrlKey, metaKey }: MouseEvent | KeyboardEvent): Going {
  if (shiftKey) return 'to';
  return ctrlKey || metaKey ? 'toggle' : 'alone';
}

/** Returns whether the key meant something here. */
function act(event: KeyboardEvent, { columns, lines, length }: Layout): boolean {
  const { key } = event;
  const { position, chosen } = selectionStore.getState();
  const going = goingOf(event);
  const isCommand = going === 'toggle';
  const further: Readonly<Record<string, number>> = {
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: columns * lines,
    PageUp: -columns * lines,
    ...(columns > 1 && { ArrowRight: 1, ArrowLeft: -1 }),
  };
  const by = further[key];
  const how = isCommand ? 'stay' : going;
  if (by !== undefined) selectFurther(by, how);
  else if (key === 'Home') selectAt(0, how);
  else if (key === 'End') selectAt(length - 1, how);
  else if (key === ' ' && isCommand && position !== undefined) toggle(position);
  else if (key === ' ' && position !== undefined) showLarge(true);
  else if (key === 'Escape' && (position !== undefined || chosen.length > 0)) unselect();
  else return false;
  return true;
}

function placeOf({ target }: Event): number | undefined {
  const item = target instanceof Element ? target.closest<HTMLElement>('[data-position]') : null;
  return item?.dataset.position === undefined ? undefined : Number(item.dataset.position);
}

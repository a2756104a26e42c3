import { type RefObject, useEffect, useRef } from 'react';
import { selectAt, selectFurther } from '../../actions/selecting.ts';
import { selectionStore, showLarge, unselect } from '../../stores/selection.ts';
import { useStore } from '../../stores/use-store.ts';

interface Layout {
  /** Items in a line. */
  readonly columns: number;
  /** Lines in sight: as far as a page key goes. */
  readonly lines: number;
  readonly length: number;
  readonly scrollTo: (position: number) => void;
}

/**
 * Lets a person select an item by a click or by keys, and keeps it in sight. The focus stays on the scrolling area: an
 * item that is scrolled out of sight leaves the page and would take the focus with it. Returns the selected place.
 */
export function useSelecting(scroller: RefObject<HTMLElement | null>, layout: Layout): number | undefined {
  const position = useStore(selectionStore, (state) => state.position);
  const latest = useRef(layout);
  latest.current = layout;
  useEffect(() => {
    if (position !== undefined) latest.current.scrollTo(position);
  }, [position]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const clicked = (event: MouseEvent) => {
      const place = placeOf(event);
      if (place !== undefined) selectAt(place);
    };
    const clickedTwice = (event: MouseEvent) => showLarge(placeOf(event) !== undefined);
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !act(event.key, latest.current)) return;
      event.preventDefault();
    };
    element.addEventListener('click', clicked);
    element.addEventListener('dblclick', clickedTwice);
    element.addEventListener('keydown', pressed);
    return () => {
      element.removeEventListener('click', clicked);
      element.removeEventListener('dblclick', clickedTwice);
      element.removeEventListener('keydown', pressed);
    };
  }, [scroller]);
  return position;
}

/** Returns whether the key meant something here. */
function act(key: string, { columns, lines, length }: Layout): boolean {
  const isSelected = selectionStore.getState().position !== undefined;
  const further: Readonly<Record<string, number>> = {
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: columns * lines,
    PageUp: -columns * lines,
    ...(columns > 1 && { ArrowRight: 1, ArrowLeft: -1 }),
  };
  const by = further[key];
  if (by !== undefined) selectFurther(by);
  else if (key === 'Home') selectAt(0);
  else if (key === 'End') selectAt(length - 1);
  else if (key === ' ' && isSelected) showLarge(true);
  else if (key === 'Escape' && isSelected) unselect();
  else return false;
  return true;
}

function placeOf({ target }: Event): number | undefined {
  const item = target instanceof Element ? target.closest<HTMLElement>('[data-position]') : null;
  return item?.dataset.position === undefined ? undefined : Number(item.dataset.position);
}

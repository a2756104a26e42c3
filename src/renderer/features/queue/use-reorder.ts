import { type DragEvent, useState } from 'react';
import { startOwnDrag } from '../../lib/own-drag.ts';

interface Drag<Id> {
  readonly id: Id;
  /** The gap between rows that the pointer is nearest to: 0 is the one above the first. */
  readonly gap: number;
}

/**
 * Lets the rows of a list be dragged to another place in it. Not for the keyboard, which needs a way of its own.
 *
 * @param move called with what was dragged, and the place that it has afterwards.
 * @returns what the row at a place needs.
 */
export function useReorder<Id>(ids: readonly Id[], move: (id: Id, to: number) => void) {
  const [drag, setDrag] = useState<Drag<Id>>();
  const end = () => setDrag(undefined);
  return (at: number) => ({
    draggable: ids.length > 1,
    'data-drop':
      drag?.gap === at ? 'before' : drag?.gap === ids.length && at === ids.length - 1 ? 'after' : undefined,
    onDragStart: (event: DragEvent) => {
      const id = ids[at];
      if (id === undefined) return;
      startOwnDrag();
      event.dataTransfer.effectAllowed = 'move';
      setDrag({ id, gap: at });
    },
    onDragOver: ({ currentTarget, clientY }: DragEvent) => {
      const { top, height } = currentTarget.getBoundingClientRect();
      const gap = clientY < top + height / 2 ? at : at + 1;
      if (drag !== undefined && drag.gap !== gap) setDrag({ ...drag, gap });
    },
    onDrop: () => {
      if (drag === undefined) return;
      // The list may have changed meanwhile.
      const from = ids.indexOf(drag.id);
      const to = drag.gap > from ? drag.gap - 1 : drag.gap;
      if (from >= 0 && to !== from) move(drag.id, to);
    },
    onDragEnd: end,
  });
}

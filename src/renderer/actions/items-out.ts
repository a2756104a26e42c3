import { t } from '../../languages/translate.ts';
import type { ItemMenuAction, SelectedItems } from '../../shared/ipc/selection.ts';
import { request } from '../ipc/api.ts';
import { count } from '../lib/format.ts';
import { startOwnDrag } from '../lib/own-drag.ts';
import { hasPlace } from '../lib/ranges.ts';
import { attempt, tellProblem } from '../stores/problem.ts';
import { selectionStore } from '../stores/selection.ts';
import { redoItems, retryItems, selectedItems } from './selected-items.ts';
import { actOnSelected, selectAt } from './selecting.ts';

/** Drags the selection, or the item alone where it is not selected. */
export async function dragItems(position: number): Promise<void> {
  const selected = selectionWith(position);
  if (selected === undefined) return;
  startOwnDrag();
  const told = await attempt(() => request('items:drag', selected));
  if (told !== undefined && told.leftOut > 0) {
    tellProblem(
      t('{{count, number}} files of the first {{first}} items are dragged: more do not go at once.', {
        count: told.dragged,
        first: count(told.dragged + told.missing),
      }),
    );
  }
}

/** Shows the menu of the selection, or of the item alone where it is not selected, and does what is chosen. */
export async function showItemMenu(position: number | undefined): Promise<void> {
  const selected = position === undefined ? selectedItems() : selectionWith(position);
  if (selected === undefined) return;
  const answer = await attempt(() => request('items:menu', selected));
  const chosen = answer?.chosen ?? undefined;
  if (chosen !== undefined) await attempt(() => doings[chosen](selected));
}

const doings: Readonly<Record<ItemMenuAction, (selected: SelectedItems) => Promise<unknown>>> = {
  open: () => actOnSelected('item:open'),
  reveal: (selected) => request('items:reveal', selected),
  'copy-paths': (selected) => request('items:copy-paths', selected),
  'copy-urls': (selected) => request('items:copy-urls', selected),
  retry: retryItems,
  redo: redoItems,
};

function selectionWith(position: number): SelectedItems | undefined {
  if (!hasPlace(selectionStore.getState().chosen, position)) selectAt(position);
  return selectedItems();
}

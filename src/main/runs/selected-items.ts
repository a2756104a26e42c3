import { t } from '../../languages/translate.ts';
import type { SelectedItems } from '../../shared/ipc/selection.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { StoredItem } from '../views/row-store.ts';
import type { Run } from './run.ts';

/**
 * The numbers of the items that a page has selected, piece by piece; nothing is copied, because it may be all of them.
 * @throws RequestProblem when the places are those of other items by now.
 */
function piecesOf(
  run: Pick<Run, 'list'>,
  { ranges, total, filter, search, order, cause }: SelectedItems,
): Uint32Array[] {
  const indexes = run.list({ filter, search, order, cause });
  // In the order in which items end, new ones only come behind.
  if (order !== 'ended' && indexes.length !== total) {
    throw new RequestProblem(
      'LIST_CHANGED',
      t('Items have ended since, and the list is in another order now: select them again.'),
    );
  }
  return ranges.map(([first, last]) => indexes.subarray(first, last + 1));
}

/** The selected items, in the order of the list. @throws RequestProblem when they cannot be known. */
export function* selectedItems(
  run: Pick<Run, 'list' | 'item'>,
  selected: SelectedItems,
): Generator<StoredItem> {
  for (const piece of piecesOf(run, selected)) {
    for (const index of piece) {
      const item = run.item(index);
      if (item !== undefined) yield item;
    }
  }
}

export function countSelected(run: Pick<Run, 'list'>, selected: SelectedItems): number {
  return piecesOf(run, selected).reduce((sum, { length }) => sum + length, 0);
}

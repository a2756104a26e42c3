import type { RowOrder } from '../../../../shared/ipc/run.ts';
import { showRows } from '../../../actions/run-updates.ts';
import { runStore } from '../../../stores/run.ts';

/** Puts the rows on screen into another order; what is searched for stays. */
export function sortBy(order: RowOrder): void {
  const { filter, narrowing } = runStore.getState().rows;
  showRows(filter, { search: '', ...narrowing, order });
}

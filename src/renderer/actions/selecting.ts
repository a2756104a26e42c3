import type { ItemDetails } from '../../shared/ipc/item.ts';
import { request } from '../ipc/api.ts';
import { runStore } from '../stores/run.ts';
import { goTo, select, selectionStore, selectTo, toggle } from '../stores/selection.ts';
import { wantRows } from './run-updates.ts';

/** What going to an item does to the selection: it becomes that item, goes on to it, has it toggled, or stays. */
export type Going = 'alone' | 'to' | 'toggle' | 'stay';

const ways: Readonly<Record<Going, (position: number) => void>> = {
  alone: select,
  to: selectTo,
  toggle,
  stay: goTo,
};

/** Goes to an item and asks for its row where the page does not have it. */
export function selectAt(position: number, going: Going = 'alone'): void {
  const { length } = runStore.getState().rows;
  if (length === 0) return;
  const place = Math.max(0, Math.min(position, length - 1));
  wantRows(place, place);
  ways[going](place);
}

/** Goes to the item that many places further; to the first where the keys are at none. */
export function selectFurther(by: number, going: Going = 'alone'): void {
  const { position } = selectionStore.getState();
  selectAt(position === undefined ? 0 : position + by, going);
}

/** Asks main what it knows of each item that is gone to: once, however many places show it. */
export function followSelection(): () => void {
  return selectionStore.subscribe(({ index }, before) => {
    const { run } = runStore.getState();
    if (run === undefined || index === undefined || index === before.index) return;
    const take = (details: ItemDetails | undefined) => {
      if (selectionStore.getState().index === index) selectionStore.setState({ details });
    };
    request('item:details', { runId: run.runId, index }).then(take, () => take(undefined));
  });
}

type ItemAction = 'item:open' | 'item:reveal' | 'item:copy-path' | 'item:copy-url';

export async function actOnSelected(name: ItemAction): Promise<void> {
  const { run } = runStore.getState();
  const { index } = selectionStore.getState();
  if (run === undefined || index === undefined) return;
  await request(name, { runId: run.runId, index });
}

import { createStore } from 'zustand/vanilla';
import type { ItemDetails } from '../../shared/ipc/item.ts';
import { isSameList, rowAt } from './row-cache.ts';
import { runStore } from './run.ts';

interface SelectionState {
  /** Its place in the list on screen; nothing is selected without it. */
  readonly position?: number | undefined;
  /** The item's number in the run; absent until main has sent the row. */
  readonly index?: number | undefined;
  /** What main knows of it; the former item's stays until it has come, so that nothing flickers. */
  readonly details?: ItemDetails | undefined;
  /** Whether it fills the window. */
  readonly large: boolean;
}

const nothing: SelectionState = { position: undefined, index: undefined, details: undefined, large: false };

/** The item that the inspector shows. */
export const selectionStore = createStore<SelectionState>(() => nothing);

export function select(position: number): void {
  const { rows } = runStore.getState();
  if (position < 0 || position >= rows.length) return;
  const index = rowAt(rows, position)?.index;
  selectionStore.setState({ position, index, ...(index === undefined && { details: undefined }) });
}

export function unselect(): void {
  selectionStore.setState(nothing);
}

export function showLarge(large: boolean): void {
  selectionStore.setState({ large });
}

runStore.subscribe((now, before) => {
  const { position, index } = selectionStore.getState();
  if (position === undefined || now.rows === before.rows) return;
  // Places in another list are other items.
  if (now.run?.runId !== before.run?.runId || !isSameList(now.rows, before.rows)) unselect();
  else if (index === undefined) select(position);
});

import { createStore } from 'zustand/vanilla';
import type { ItemDetails } from '../../shared/ipc/item.ts';
import { mostRanges } from '../../shared/ipc/selection.ts';
import { type Ranges, rangeOf, toggled } from '../lib/ranges.ts';
import { isSameList, type RowCache, rowAt } from './row-cache.ts';
import { runStore } from './run.ts';

interface SelectionState {
  /** The place of the item that the keys are at and the inspector shows, in the list on screen. */
  readonly position?: number | undefined;
  /** That item's number in the run; absent until main has sent the row. */
  readonly index?: number | undefined;
  /** What main knows of it; the former item's stays until it has come, so that nothing flickers. */
  readonly details?: ItemDetails | undefined;
  /** Where a piece begins that Shift makes longer. */
  readonly anchor?: number | undefined;
  /** The places that are selected; nothing of the items is held. */
  readonly chosen: Ranges;
  /** Whether it fills the window. */
  readonly large: boolean;
}

const none: Ranges = [];
const nothing: SelectionState = {
  position: undefined,
  index: undefined,
  details: undefined,
  anchor: undefined,
  chosen: none,
  large: false,
};

/** The items that are selected, and among them the one that the inspector shows. */
export const selectionStore = createStore<SelectionState>(() => nothing);

/** Goes to a place and selects it alone. */
export function select(position: number): void {
  if (!isPlace(position)) return;
  selectionStore.setState({ ...at(position), anchor: position, chosen: rangeOf(position, position) });
}

/** Goes to a place and selects all from where the last piece began. */
export function selectTo(position: number): void {
  if (!isPlace(position)) return;
  const { anchor = position } = selectionStore.getState();
  selectionStore.setState({ ...at(position), anchor, chosen: rangeOf(anchor, position) });
}

/** Goes to a place and adds it, or takes it out. */
export function toggle(position: number): void {
  if (!isPlace(position)) return;
  const chosen = toggled(selectionStore.getState().chosen, position);
  // As much as a message to main may have; nobody clicks so often.
  if (chosen.length > mostRanges) return;
  selectionStore.setState({ ...at(position), anchor: position, chosen });
}

/** Goes to a place and leaves what is selected. */
export function goTo(position: number): void {
  if (isPlace(position)) selectionStore.setState(at(position));
}

export function selectAll(): void {
  const { length } = runStore.getState().rows;
  if (length > 0) selectionStore.setState({ chosen: rangeOf(0, length - 1) });
}

export function unselect(): void {
  selectionStore.setState(nothing);
}

/** Of the items of a person's own function there are no pictures. */
export function showLarge(large: boolean): void {
  selectionStore.setState({ large: large && runStore.getState().run?.kind !== 'map' });
}

function isPlace(position: number): boolean {
  return position >= 0 && position < runStore.getState().rows.length;
}

function at(position: number): Partial<SelectionState> {
  const index = rowAt(runStore.getState().rows, position)?.index;
  return { position, index, ...(index === undefined && { details: undefined }) };
}

runStore.subscribe((now, before) => {
  const { position, index, chosen } = selectionStore.getState();
  if ((position === undefined && chosen.length === 0) || now.rows === before.rows) return;
  if (now.run?.runId !== before.run?.runId || haveOtherPlaces(now.rows, before.rows)) unselect();
  else if (index === undefined && position !== undefined) goTo(position);
});

/** Whether a place is that of another item now: in a sorted list, one that ends later may come before others. */
function haveOtherPlaces(now: RowCache, before: RowCache): boolean {
  if (!isSameList(now, before)) return true;
  return (now.narrowing?.order ?? 'ended') !== 'ended' && now.length !== before.length;
}

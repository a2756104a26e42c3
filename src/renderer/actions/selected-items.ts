import type { SelectedItems } from '../../shared/ipc/selection.ts';
import { request } from '../ipc/api.ts';
import { type Ranges, rangeOf } from '../lib/ranges.ts';
import { clearInputs, given } from '../stores/inputs.ts';
import { runStore } from '../stores/run.ts';
import { selectionStore } from '../stores/selection.ts';
import { follow } from './run-actions.ts';
import { leave } from './screens.ts';

/** The selection as main is told it. Undefined where nothing is selected. */
export function selectedItems(chosen: Ranges = selectionStore.getState().chosen): SelectedItems | undefined {
  const { run, rows } = runStore.getState();
  if (run === undefined || chosen.length === 0) return undefined;
  const { search = '', order = 'ended', cause } = rows.narrowing ?? {};
  return {
    runId: run.runId,
    filter: rows.filter,
    search,
    order,
    ...(cause !== undefined && { cause }),
    total: rows.length,
    ranges: chosen.map(([first, last]) => [first, last]),
  };
}

/** The item that the inspector shows, alone. */
export function inspectedItem(): SelectedItems | undefined {
  const { position } = selectionStore.getState();
  return position === undefined ? undefined : selectedItems(rangeOf(position, position));
}

/** Starts a run of those that failed or were cancelled. @throws Error with a sentence for the person. */
export async function retryItems(selected: SelectedItems): Promise<void> {
  await follow(() => request('items:retry', selected));
}

/** Leaves the run for its inputs: exactly these, to be done with other settings. @throws as above. */
export async function redoItems(selected: SelectedItems): Promise<void> {
  const registration = await request('items:redo', selected);
  leave();
  clearInputs();
  given(registration);
}

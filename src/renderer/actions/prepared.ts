import type { JournalId, Prepared } from '../../shared/ipc/history.ts';
import { request } from '../ipc/api.ts';
import { borrow } from '../stores/borrowed.ts';
import { clearInputs, given } from '../stores/inputs.ts';
import { machinesStore, showHandOut, typeStorage } from '../stores/machines/machines.ts';
import { attempt } from '../stores/problem.ts';
import { newRun } from './screens.ts';

/** Shows what a former run would do now, with its inputs and settings. Nothing is started. */
export async function prepareAgain(id: JournalId): Promise<void> {
  const prepared = await attempt(() => request('runs:prepare', { id }));
  if (prepared) showPrepared(prepared);
}

export function showPrepared(prepared: Prepared): void {
  newRun();
  clearInputs();
  borrow(prepared);
  given(prepared.registration);
  const { handsOut } = prepared;
  if (handsOut === undefined) return;
  typeStorage(handsOut.storage);
  // Without a queue it can still be done here.
  if (machinesStore.getState().choice.queue !== undefined) showHandOut(true);
}

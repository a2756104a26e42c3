import type { JournalId, Prepared } from '../../shared/ipc/history.ts';
import { request } from '../ipc/api.ts';
import { borrow } from '../stores/borrowed.ts';
import { clearInputs, given } from '../stores/inputs.ts';
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
}

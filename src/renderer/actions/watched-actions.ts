import type { RunId } from '../../shared/ipc/run.ts';
import type { WatchedFolder, WatchedId } from '../../shared/ipc/watched.ts';
import { request } from '../ipc/api.ts';
import { clearInputs } from '../stores/inputs.ts';
import { currentRequest } from '../stores/job.ts';
import { attempt } from '../stores/problem.ts';
import { hasUnfitFields } from '../stores/unfit-fields.ts';
import { noteRemoved } from '../stores/watched/watched-folders.ts';
import { newRun } from './screens.ts';

/** Keeps the given folder up to date, with the settings as they are now. Its card at the start tells the rest. */
export async function keepGivenUpToDate(): Promise<void> {
  const wanted = currentRequest();
  if (wanted === undefined || hasUnfitFields()) return;
  const isKept = await attempt(async () => {
    await request('watched:add', wanted);
    return true;
  });
  if (!isKept) return;
  clearInputs();
  newRun();
}

/** Keeps the folder of a run up to date, with the settings that it had. */
export async function keepFolderOfRun(runId: RunId): Promise<void> {
  await attempt(() => request('watched:add-of-run', { runId }));
}

export async function pauseWatching(id: WatchedId, paused: boolean): Promise<void> {
  await attempt(() => request('watched:pause', { id, paused }));
}

export async function lookNow(id: WatchedId): Promise<void> {
  await attempt(() => request('watched:run-now', { id }));
}

export async function stopWatching({ id, title }: WatchedFolder): Promise<void> {
  // Before main tells of it, so that there is no moment without either.
  noteRemoved({ id, title });
  const isGone = await attempt(async () => {
    await request('watched:remove', { id });
    return true;
  });
  if (!isGone) noteRemoved(undefined);
}

export async function watchAgain(id: WatchedId): Promise<void> {
  await attempt(() => request('watched:put-back', { id }));
  noteRemoved(undefined);
}

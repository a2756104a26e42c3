import type { RegisteredInput } from '../../shared/ipc/inputs.ts';
import type { QueueId } from '../../shared/ipc/queue.ts';
import { request } from '../ipc/api.ts';
import { clearInputs, forgetInputs } from '../stores/inputs.ts';
import { currentRequest, requestFor } from '../stores/job.ts';
import { attempt } from '../stores/problem.ts';
import { hasUnfitFields } from '../stores/unfit-fields.ts';
import { showPrepared } from './prepared.ts';

/** Puts what is given into the queue, with the settings as they are now. */
export async function addToQueue(): Promise<void> {
  const wanted = currentRequest();
  if (wanted === undefined || hasUnfitFields()) return;
  const { inputs } = wanted;
  const added = await attempt(async () => {
    await request('queue:add', wanted);
    return true;
  });
  // What is not for this run stays to be looked at.
  if (added) forgetInputs(inputs);
}

/** Puts inputs into the queue that were given while a run is on: lists and images apart, as a run does one of them. */
export async function queueGiven(inputs: readonly RegisteredInput[]): Promise<void> {
  for (const kind of ['thumbnails', 'fetch'] as const) {
    const wanted = requestFor(kind, inputs);
    if (wanted !== undefined) await attempt(() => request('queue:add', wanted));
  }
}

export async function moveInQueue(id: QueueId, to: number): Promise<void> {
  await attempt(() => request('queue:move', { id, to }));
}

export async function removeFromQueue(id: QueueId): Promise<void> {
  await attempt(() => request('queue:remove', { id }));
}

/** Takes an entry back to the start, where it can be looked at and changed. */
export async function editInQueue(id: QueueId): Promise<void> {
  const prepared = await attempt(() => request('queue:edit', { id }));
  if (prepared === undefined) return;
  clearInputs();
  showPrepared(prepared);
}

export async function goOnWithQueue(): Promise<void> {
  await attempt(() => request('queue:go-on'));
}

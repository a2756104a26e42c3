import { createStore } from 'zustand/vanilla';
import type { TuneUpdate } from '../../shared/ipc/tune.ts';
import { request } from '../ipc/api.ts';
import { currentRequest } from './job.ts';
import { attempt } from './problem.ts';

interface TuneState {
  readonly update: TuneUpdate | undefined;
}

/** The sweep over pool sizes: each message contains all of it. */
export const tuneStore = createStore<TuneState>(() => ({ update: undefined }));

export function takeTune(update: TuneUpdate): void {
  tuneStore.setState({ update });
}

export async function startTune(): Promise<void> {
  const wanted = currentRequest();
  if (wanted === undefined) return;
  const { inputs, job } = wanted;
  tuneStore.setState({ update: undefined });
  await attempt(() => request('tune:start', { inputs, job }));
}

export async function cancelTune(): Promise<void> {
  await attempt(() => request('tune:cancel'));
}

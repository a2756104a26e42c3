import { createStore } from 'zustand/vanilla';
import type { TuneUpdate } from '../../shared/ipc/tune.ts';
import { request } from '../ipc/api.ts';
import { inputsFor, inputsStore, kindOf } from './inputs.ts';
import { currentRequest } from './job.ts';
import { attempt } from './problem.ts';

interface TuneState {
  readonly update: TuneUpdate | undefined;
  /** The inputs that were measured. Absent: not known, as the page was loaded again since. */
  readonly measured: string | undefined;
}

/** The sweep over pool sizes: each message contains all of it. Its answer is only for the inputs that were measured. */
export const tuneStore = createStore<TuneState>(() => ({ update: undefined, measured: undefined }));

export function takeTune(update: TuneUpdate): void {
  const { measured } = tuneStore.getState();
  if (measured === undefined || measured === givenNow()) tuneStore.setState({ update });
}

/** Forgets an answer as soon as it is not of the inputs that are given. */
export function followTunedInputs(): () => void {
  return inputsStore.subscribe(() => {
    const { update, measured } = tuneStore.getState();
    if (update === undefined || measured === givenNow()) return;
    tuneStore.setState({ update: undefined });
    if (update.state === 'measuring') void cancelTune();
  });
}

export async function startTune(): Promise<void> {
  const wanted = currentRequest();
  if (wanted === undefined) return;
  const { inputs, job } = wanted;
  tuneStore.setState({ update: undefined, measured: givenNow() });
  await attempt(() => request('tune:start', { inputs, job }));
}

export async function cancelTune(): Promise<void> {
  await attempt(() => request('tune:cancel'));
}

function givenNow(): string {
  const state = inputsStore.getState();
  const kind = kindOf(state);
  const inputs = state.inputs.length > 0 ? state.inputs : state.ofRun;
  return [kind, ...inputsFor(kind, inputs).map(({ id }) => id)].join(' ');
}

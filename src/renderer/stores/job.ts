import { createStore } from 'zustand/vanilla';
import type { ChosenOutput, RegisteredInput } from '../../shared/ipc/inputs.ts';
import type { JobSettings } from '../../shared/ipc/job.ts';
import { request } from '../ipc/api.ts';
import { appStore, chosenPoolSize, isPoolAutomatic } from './app.ts';
import { inputsFor, inputsStore, type JobKind, kindOf } from './inputs.ts';
import { attempt } from './problem.ts';

interface JobState {
  /** Of each kind of run its own. Kept only for this session: a remembered folder may be on a disk that is gone. */
  readonly outputs: Readonly<Partial<Record<JobKind, ChosenOutput>>>;
  readonly force: boolean;
}

/** The choices for the next run that are not saved as settings. */
export const jobStore = createStore<JobState>(() => ({ outputs: {}, force: false }));

export async function chooseOutput(kind: JobKind): Promise<void> {
  const output = await attempt(() => request('dialog:choose-output'));
  if (output) jobStore.setState(({ outputs }) => ({ outputs: { ...outputs, [kind]: output } }));
}

export function usualOutput(kind: JobKind): void {
  jobStore.setState(({ outputs: { [kind]: _, ...outputs } }) => ({ outputs }));
}

export function setForce(force: boolean): void {
  jobStore.setState({ force });
}

/** The request for the next run with the current settings; undefined while there are no inputs. */
export function currentRequest() {
  const state = inputsStore.getState();
  return requestFor(kindOf(state), state.inputs);
}

/** The request that does this with the inputs that are for it, with the current settings; undefined if none is. */
export function requestFor(kind: JobKind, given: readonly RegisteredInput[]) {
  const inputs = inputsFor(kind, given).map(({ id }) => id);
  if (inputs.length === 0) return undefined;
  const app = appStore.getState();
  const poolSize = isPoolAutomatic(app, kind) ? ('auto' as const) : chosenPoolSize(app, kind);
  return { inputs, job: currentJob(kind), poolSize };
}

function currentJob(kind: JobKind): JobSettings {
  const { settings } = appStore.getState();
  const { outputs, force } = jobStore.getState();
  const output = outputs[kind];
  const where = { ...(output && { output: output.id }), force };
  return kind === 'fetch'
    ? { kind, recipe: settings.fetch, ...where }
    : { kind, recipe: settings.thumbnails, recursive: settings.recursive, ...where };
}

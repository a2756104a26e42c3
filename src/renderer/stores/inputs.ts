import { createStore } from 'zustand/vanilla';
import type { InputId, RefusedInput, RegisteredInput, Registration } from '../../shared/ipc/inputs.ts';

export type JobKind = 'thumbnails' | 'fetch';

interface InputsState {
  readonly inputs: readonly RegisteredInput[];
  /** The inputs given last that could not be used. */
  readonly refused: readonly RefusedInput[];
  /** The inputs of the run that was started last from here: it can be run again with them. */
  readonly ofRun: readonly RegisteredInput[];
  /** The person's choice if both images and lists were given. */
  readonly preferred: JobKind | undefined;
}

const none: InputsState = { inputs: [], refused: [], ofRun: [], preferred: undefined };

/** The state itself knows no React: features read it through the hook in `use-store.ts`, tests read it directly. */
export const inputsStore = createStore<InputsState>(() => none);

export function given(registration: Registration): void {
  inputsStore.setState((state) => ({
    inputs: withNew(state.inputs, registration.inputs),
    refused: registration.refused,
  }));
}

export function removeInput(id: InputId): void {
  inputsStore.setState((state) => ({ inputs: state.inputs.filter((input) => input.id !== id) }));
}

/** Takes the inputs off the start screen: a run has them now, or nobody wants them. */
export function clearInputs(): void {
  inputsStore.setState({ inputs: [], refused: [], preferred: undefined });
}

export function forgetInputs(ids: readonly InputId[]): void {
  const gone = new Set(ids);
  inputsStore.setState((state) => ({ inputs: state.inputs.filter(({ id }) => !gone.has(id)), refused: [] }));
}

export function inputsWereStarted(): void {
  inputsStore.setState(({ inputs }) => ({ ofRun: inputs, inputs: [] }));
}

/** Gives the inputs of the last run once more. */
export function givenAgain(): void {
  inputsStore.setState(({ inputs, ofRun }) => ({ inputs: withNew(ofRun, inputs), refused: [] }));
}

export function prefer(kind: JobKind): void {
  inputsStore.setState({ preferred: kind });
}

export function refuse(refused: readonly RefusedInput[]): void {
  inputsStore.setState({ refused });
}

export function forgetRefused(): void {
  inputsStore.setState({ refused: [] });
}

/** The task for the inputs: lists are fetched, folders and images become thumbnails; a run does one of the two. */
export function kindOf({
  inputs: given,
  preferred,
  ofRun = [],
}: Pick<InputsState, 'inputs' | 'preferred'> & Partial<Pick<InputsState, 'ofRun'>>): JobKind {
  const inputs = given.length > 0 ? given : ofRun;
  const lists = inputs.some(({ kind }) => kind === 'list');
  const images = inputs.some(({ kind }) => kind !== 'list');
  if (lists && images) return preferred ?? 'thumbnails';
  return lists ? 'fetch' : 'thumbnails';
}

export function inputsFor(kind: JobKind, inputs: readonly RegisteredInput[]): RegisteredInput[] {
  return inputs.filter((input) => (input.kind === 'list') === (kind === 'fetch'));
}

/** What is there already is not given twice. */
function withNew(
  inputs: readonly RegisteredInput[],
  more: readonly RegisteredInput[],
): readonly RegisteredInput[] {
  const ids = new Set(inputs.map(({ id }) => id));
  return [...inputs, ...more.filter(({ id }) => !ids.has(id))];
}

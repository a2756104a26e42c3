import { createStore } from 'zustand/vanilla';
import type { InputId, RefusedInput, RegisteredInput, Registration } from '../../shared/ipc/inputs.ts';

export type JobKind = 'thumbnails' | 'fetch';

interface InputsState {
  readonly inputs: readonly RegisteredInput[];
  /** The inputs given last that could not be used. */
  readonly refused: readonly RefusedInput[];
  /** Inputs given during a run: offered when it has ended. */
  readonly next: readonly RegisteredInput[];
  /** The person's choice if both images and lists were given. */
  readonly preferred: JobKind | undefined;
}

const none: InputsState = { inputs: [], refused: [], next: [], preferred: undefined };

/** The state itself knows no React: features read it through the hook in `use-store.ts`, tests read it directly. */
export const inputsStore = createStore<InputsState>(() => none);

export function given(registration: Registration): void {
  inputsStore.setState((state) => ({
    inputs: withNew(state.inputs, registration.inputs),
    refused: registration.refused,
  }));
}

export function givenForLater(registration: Registration): void {
  inputsStore.setState((state) => ({
    next: withNew(state.next, registration.inputs),
    refused: registration.refused,
  }));
}

export function removeInput(id: InputId): void {
  inputsStore.setState((state) => ({ inputs: state.inputs.filter((input) => input.id !== id) }));
}

/** Replaces the current inputs by those that were given during the run. */
export function nextInputs(): void {
  inputsStore.setState(({ next }) => ({ ...none, inputs: next }));
}

/** Forgets the current inputs; those for later stay. */
export function forgetInputs(): void {
  inputsStore.setState(({ next }) => ({ ...none, next }));
}

/** Adds the inputs that were given during the start to those that could not be started. */
export function offerNext(): void {
  inputsStore.setState(({ inputs, next }) => ({ inputs: withNew(inputs, next), next: [] }));
}

export function prefer(kind: JobKind): void {
  inputsStore.setState({ preferred: kind });
}

export function forgetRefused(): void {
  inputsStore.setState({ refused: [] });
}

/** The task for the inputs: lists are fetched, folders and images become thumbnails; a run does one of the two. */
export function kindOf({ inputs, preferred }: Pick<InputsState, 'inputs' | 'preferred'>): JobKind {
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

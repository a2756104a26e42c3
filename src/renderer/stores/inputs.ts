import { createStore } from 'zustand/vanilla';
import type { InputId, RefusedInput, RegisteredInput, Registration } from '../../shared/ipc/inputs.ts';

export type JobKind = 'thumbnails' | 'fetch';

interface InputsState {
  readonly inputs: readonly RegisteredInput[];
  /** What was given last and could not be used. */
  readonly refused: readonly RefusedInput[];
  /** Given while a run was on: offered when it has ended. */
  readonly next: readonly RegisteredInput[];
  /** Chosen by the person where both images and lists were given. */
  readonly preferred: JobKind | undefined;
}

const none: InputsState = { inputs: [], refused: [], next: [], preferred: undefined };

/** State core without React: features read it by the thin hook in `use-store.ts`, tests read it as it is. */
export const inputsStore = createStore<InputsState>(() => none);

export function given(registration: Registration): void {
  inputsStore.setState((state) => ({
    inputs: [...state.inputs, ...registration.inputs],
    refused: registration.refused,
  }));
}

export function givenForLater(registration: Registration): void {
  inputsStore.setState((state) => ({
    next: [...state.next, ...registration.inputs],
    refused: registration.refused,
  }));
}

export function removeInput(id: InputId): void {
  inputsStore.setState((state) => ({ inputs: state.inputs.filter((input) => input.id !== id) }));
}

/** What waited comes up; what was worked on goes. */
export function nextInputs(): void {
  inputsStore.setState(({ next }) => ({ ...none, inputs: next }));
}

/** What waited comes up beside what could not be started. */
export function offerNext(): void {
  inputsStore.setState(({ inputs, next }) => ({ inputs: [...inputs, ...next], next: [] }));
}

export function prefer(kind: JobKind): void {
  inputsStore.setState({ preferred: kind });
}

export function forgetRefused(): void {
  inputsStore.setState({ refused: [] });
}

/** Lists are fetched, folders and images become thumbnails; a run does one of the two. */
export function kindOf({ inputs, preferred }: Pick<InputsState, 'inputs' | 'preferred'>): JobKind {
  const lists = inputs.some(({ kind }) => kind === 'list');
  const images = inputs.some(({ kind }) => kind !== 'list');
  if (lists && images) return preferred ?? 'thumbnails';
  return lists ? 'fetch' : 'thumbnails';
}

export function inputsFor(kind: JobKind, inputs: readonly RegisteredInput[]): RegisteredInput[] {
  return inputs.filter((input) => (input.kind === 'list') === (kind === 'fetch'));
}

import { createStore } from 'zustand/vanilla';
import type { RefusedInput, RegisteredInput, Registration } from '../../shared/ipc/inputs.ts';

interface InputsState {
  readonly inputs: readonly RegisteredInput[];
  /** What was given last and could not be used. */
  readonly refused: readonly RefusedInput[];
}

/** State core without React: features read it by the thin hook in `use-store.ts`, tests read it as it is. */
export const inputsStore = createStore<InputsState>(() => ({ inputs: [], refused: [] }));

export function given(registration: Registration): void {
  inputsStore.setState((state) => ({
    inputs: [...state.inputs, ...registration.inputs],
    refused: registration.refused,
  }));
}

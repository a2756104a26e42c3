import { createStore } from 'zustand/vanilla';

/** `start`: the start screen or the preview, also while a run is on; `run`: the run on screen, if there is one. */
export type Tab = 'start' | 'run' | 'queue' | 'history' | 'tune';

interface ScreenState {
  readonly tab: Tab;
  /** Whether the dialog for typing or pasting a list is open. */
  readonly pasting: boolean;
}

/** The person's choices of what to look at, as far as they do not follow from the stage. */
export const screenStore = createStore<ScreenState>(() => ({ tab: 'start', pasting: false }));

export function showTab(tab: Tab): void {
  screenStore.setState({ tab });
}

export function showPasting(pasting: boolean): void {
  screenStore.setState({ pasting });
}

import { createStore } from 'zustand/vanilla';

export type Tab = 'run' | 'tune';

interface ScreenState {
  readonly tab: Tab;
  /** Whether the dialog for typing or pasting a list is open. */
  readonly pasting: boolean;
}

/** The person's choices of what to look at, as far as they do not follow from the stage. */
export const screenStore = createStore<ScreenState>(() => ({ tab: 'run', pasting: false }));

export function showTab(tab: Tab): void {
  screenStore.setState({ tab });
}

export function showPasting(pasting: boolean): void {
  screenStore.setState({ pasting });
}

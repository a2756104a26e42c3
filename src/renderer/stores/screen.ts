import { createStore } from 'zustand/vanilla';

export type Tab = 'run' | 'tune';

interface ScreenState {
  readonly tab: Tab;
  /** The dialog for a list that is typed or pasted. */
  readonly pasting: boolean;
}

/** What the person looks at, where it does not follow from what is going on. */
export const screenStore = createStore<ScreenState>(() => ({ tab: 'run', pasting: false }));

export function showTab(tab: Tab): void {
  screenStore.setState({ tab });
}

export function showPasting(pasting: boolean): void {
  screenStore.setState({ pasting });
}

import { createStore } from 'zustand/vanilla';
import type { DialogName } from '../../shared/ipc/dialogs.ts';

/** `start`: the start screen or the preview, also while a run is on; `run`: the run on screen, if there is one. */
export type Tab = 'start' | 'run' | 'queue' | 'history' | 'tune' | 'machines';

interface ScreenState {
  readonly tab: Tab;
  /** The one dialog that is open over the screen. */
  readonly dialog: DialogName | undefined;
}

/** The person's choices of what to look at, as far as they do not follow from the stage. */
export const screenStore = createStore<ScreenState>(() => ({ tab: 'start', dialog: undefined }));

export function showTab(tab: Tab): void {
  screenStore.setState({ tab });
}

export function showDialog(dialog: DialogName): void {
  screenStore.setState({ dialog });
}

export function closeDialog(): void {
  screenStore.setState({ dialog: undefined });
}

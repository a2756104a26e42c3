import { useEffect } from 'react';
import { request } from '../ipc/api.ts';
import { canStart, previewStore } from '../stores/preview.ts';
import { attempt } from '../stores/problem.ts';
import { screenStore, showPasting, showTab } from '../stores/screen.ts';
import { isAtStart } from '../stores/stage.ts';
import { addToQueue } from './queue-actions.ts';
import { isBusy, pauseOrResume, startRun, takeGiven } from './run-actions.ts';
import { showMain } from './screens.ts';

export async function openFolder(): Promise<void> {
  const found = await attempt(() => request('dialog:open-folder'));
  if (found) takeGiven(found);
}

export async function openList(): Promise<void> {
  const found = await attempt(() => request('dialog:open-list'));
  if (found) takeGiven(found);
}

/** The platform's name for its command key. */
export const commandKey = navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl';

/** The window's keys. A focused control keeps its own: Enter on a button presses that button. */
export function useShortcuts(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || screenStore.getState().pasting) return;
      const act = actionOf(event);
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}

function actionOf(event: KeyboardEvent): (() => void) | undefined {
  if (event.ctrlKey || event.metaKey) return commandOf(event);
  if (isControl(event.target)) return undefined;
  const { tab } = screenStore.getState();
  if (event.key === 'Enter' && (tab === 'start' || tab === 'run') && isAtStart()) {
    if (!canStart(previewStore.getState())) return undefined;
    return isBusy() ? () => void addToQueue() : () => void startRun();
  }
  if (event.key === ' ' && tab === 'run' && isBusy()) return () => void pauseOrResume();
  return undefined;
}

function commandOf({ key, shiftKey }: KeyboardEvent): (() => void) | undefined {
  switch (key.toLowerCase()) {
    case 'o':
      return shiftKey ? () => void openList() : () => void openFolder();
    case 'l':
      return () => showPasting(true);
    case '1':
      return showMain;
    case '2':
      return () => showTab('tune');
    case '3':
      return () => showTab('queue');
    case '4':
      return () => showTab('history');
    default:
      return undefined;
  }
}

/** Fields, buttons and sliders use Enter and Space themselves. */
function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, button, a, [role="slider"], [role="dialog"], [role="menu"]') !==
      null
  );
}

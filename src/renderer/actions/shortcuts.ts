import { useEffect } from 'react';
import { t } from '../../languages/translate.ts';
import { request } from '../ipc/api.ts';
import { currentRequest } from '../stores/job.ts';
import { machinesStore } from '../stores/machines/machines.ts';
import { canStart, previewStore } from '../stores/preview.ts';
import { attempt } from '../stores/problem.ts';
import { screenStore, showDialog, showTab } from '../stores/screen.ts';
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

/** Chooses a module whose function is applied to what is given. */
export async function openModule(): Promise<void> {
  const found = await attempt(() => request('dialog:open-module'));
  if (found) takeGiven(found);
}

/** A key of the whole window. */
export interface Shortcut {
  /** `KeyboardEvent.key`, in lower case. */
  readonly key: string;
  /** Whether it is pressed with the platform's command key. */
  readonly command?: boolean;
  readonly shift?: boolean;
  /** What it does, in words. */
  readonly does: () => string;
  readonly act: () => void;
  /** Whether it means something now; it always does if this is absent. */
  readonly applies?: () => boolean;
}

/** The platform's name for its command key. */
export function commandKey(): string {
  return navigator.platform.startsWith('Mac') ? '⌘' : t('Ctrl');
}

export const shortcuts: readonly Shortcut[] = [
  { key: 'o', command: true, does: () => t('Open a folder'), act: () => void openFolder() },
  { key: 'o', command: true, shift: true, does: () => t('Open a list'), act: () => void openList() },
  { key: 'l', command: true, does: () => t('Type or paste a list'), act: () => showDialog('paste') },
  { key: '1', command: true, does: () => t('Show the start or the run'), act: showMain },
  { key: '2', command: true, does: () => t('Show the pool sizes'), act: () => showTab('tune') },
  { key: '3', command: true, does: () => t('Show what waits'), act: () => showTab('queue') },
  { key: '4', command: true, does: () => t('Show former runs'), act: () => showTab('history') },
  {
    key: '5',
    command: true,
    does: () => t('Show the machines of the queue'),
    act: () => showTab('machines'),
    applies: () => machinesStore.getState().choice.queue !== undefined,
  },
  { key: 'enter', does: () => t('Start what is given'), act: startOrAdd, applies: canStartNow },
  {
    key: ' ',
    does: () => t('Pause the run, or let it go on'),
    act: () => void pauseOrResume(),
    applies: () => screenStore.getState().tab === 'run' && isBusy(),
  },
  { key: ',', command: true, does: () => t('Change the settings'), act: () => showDialog('settings') },
  { key: 'f1', does: () => t('Show these keys'), act: () => showDialog('shortcuts') },
];

function canStartNow(): boolean {
  const { tab } = screenStore.getState();
  return (
    (tab === 'start' || tab === 'run') &&
    isAtStart() &&
    currentRequest() !== undefined &&
    canStart(previewStore.getState())
  );
}

/** While a run is on, what is given waits for its end. */
function startOrAdd(): void {
  void (isBusy() ? addToQueue() : startRun());
}

/** The window's keys. A focused control keeps its own: Enter on a button presses that button. */
export function useShortcuts(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || screenStore.getState().dialog !== undefined) return;
      const shortcut = shortcuts.find((candidate) => isPressed(candidate, event));
      if (shortcut === undefined) return;
      event.preventDefault();
      shortcut.act();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}

function isPressed(shortcut: Shortcut, event: KeyboardEvent): boolean {
  const { key, command = false, shift = false, applies } = shortcut;
  if (event.key.toLowerCase() !== key || (event.ctrlKey || event.metaKey) !== command) return false;
  if (command && event.shiftKey !== shift) return false;
  if ((key === 'enter' || key === ' ') && isControl(event.target)) return false;
  return applies?.() ?? true;
}

/** Fields, buttons and sliders use Enter and Space themselves. */
function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, button, a, [role="slider"], [role="dialog"], [role="menu"]') !==
      null
  );
}

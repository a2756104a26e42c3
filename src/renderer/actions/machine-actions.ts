import { useEffect } from 'react';
import { storagePlaceSchema } from '../../shared/machines/machine-messages.ts';
import { request } from '../ipc/api.ts';
import { inputsStore, inputsWereStarted, kindOf } from '../stores/inputs.ts';
import { currentRequest, jobStore } from '../stores/job.ts';
import { askToCancel, lookAtMachines, machinesStore, showHandOut } from '../stores/machines/machines.ts';
import { attempt } from '../stores/problem.ts';
import { runStore } from '../stores/run.ts';
import { screenStore, showTab } from '../stores/screen.ts';
import { follow } from './run-actions.ts';
import { showRunThatIsOn } from './screens.ts';

/** Nobody reads faster. In milliseconds. */
const lookEveryMs = 2_000;

/** Looks at the queue again and again while what asks for it is seen, and not otherwise. */
export function useLookAtMachines(): void {
  const queue = machinesStore.getState().choice.queue;
  useEffect(() => {
    if (queue === undefined) return;
    let next: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const look = async () => {
      if (!document.hidden) await lookAtMachines().catch(() => {});
      if (!isOver) next = setTimeout(() => void look(), lookEveryMs);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(next);
    };
  }, [queue]);
}

/** Shows a run that workers have. The one that is followed already is shown as it is. */
export async function followQueued(run: string): Promise<void> {
  const { on, run: shown } = runStore.getState();
  if (shown?.runId === on && shown?.handedOut?.run === run) await showRunThatIsOn();
  else await attempt(() => follow(() => request('machines:follow', { run })));
}

export async function retryQueued(run: string): Promise<void> {
  await attempt(() => follow(() => request('machines:retry', { run })));
}

export async function cancelQueued(run: string): Promise<void> {
  askToCancel(undefined);
  await attempt(() => request('machines:cancel', { run }));
  if (screenStore.getState().tab === 'machines') await attempt(lookAtMachines);
}

/** Where all machines see the results; undefined while nothing that can be is named. */
export function currentPlace() {
  const { storage } = machinesStore.getState();
  if (storage !== undefined) {
    return storagePlaceSchema.safeParse(storage).success ? { storage } : undefined;
  }
  const output = jobStore.getState().outputs[kindOf(inputsStore.getState())];
  return output && { folder: output.id };
}

/** Hands out what is given, and follows it. @returns why that cannot be, in a sentence. */
export async function handOut(): Promise<string | undefined> {
  const wanted = currentRequest();
  const place = currentPlace();
  if (wanted === undefined || place === undefined) return undefined;
  try {
    await follow(() => request('machines:submit', { ...wanted, place }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  showHandOut(false);
  inputsWereStarted();
  showTab('run');
  return undefined;
}

import { createStore } from 'zustand/vanilla';
import type { Machines, QueueChoice, QueuedRun } from '../../../shared/machines/machine-messages.ts';
import { request } from '../../ipc/api.ts';

interface MachinesState {
  readonly choice: QueueChoice;
  /** As they were told last; absent until somebody has looked at the queue. */
  readonly now: Machines | undefined;
  /** The run that is to be cancelled for all machines, if that is agreed to. */
  readonly cancelling: Pick<QueuedRun, 'id' | 'title'> | undefined;
  /** Whether it is asked where what is given is to be done. */
  readonly handsOut: boolean;
  /** The object storage that is the place; undefined where that is a folder. Kept as it is being typed. */
  readonly storage: string | undefined;
}

/** The queue for runs on several machines, as main tells of it. */
export const machinesStore = createStore<MachinesState>(() => ({
  choice: { isKept: false },
  now: undefined,
  cancelling: undefined,
  handsOut: false,
  storage: undefined,
}));

export async function loadQueueChoice(): Promise<void> {
  takeQueueChoice(await request('machines:queue'));
}

/** Of another queue nothing is known yet. */
export function takeQueueChoice(choice: QueueChoice): void {
  machinesStore.setState({ choice, now: undefined });
}

export async function lookAtMachines(): Promise<void> {
  const { choice } = machinesStore.getState();
  if (choice.queue === undefined) return;
  const now = await request('machines:look');
  if (machinesStore.getState().choice === choice) machinesStore.setState({ now });
}

export function askToCancel(cancelling: MachinesState['cancelling']): void {
  machinesStore.setState({ cancelling });
}

export function typeStorage(storage: string | undefined): void {
  machinesStore.setState({ storage });
}

export function showHandOut(handsOut: boolean): void {
  machinesStore.setState({ handsOut });
}

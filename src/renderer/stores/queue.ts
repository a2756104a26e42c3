import { createStore } from 'zustand/vanilla';
import type { Queue } from '../../shared/ipc/queue.ts';
import { listen, request } from '../ipc/api.ts';

/** The runs that wait. Main has them; each change of it comes as a whole. */
export const queueStore = createStore<Queue>(() => ({ entries: [] }));

export function followQueue(): () => void {
  request('queue:get').then(takeQueue, () => {});
  return listen('queue:changed', takeQueue);
}

function takeQueue({ entries, held }: Queue): void {
  queueStore.setState({ entries, held }, true);
}

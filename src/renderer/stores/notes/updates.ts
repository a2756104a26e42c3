import { createStore } from 'zustand/vanilla';
import type { UpdateState } from '../../../shared/updates/update-messages.ts';
import { listen, request } from '../../ipc/api.ts';

/** What is known of a newer version of the app. Main has it; each change of it comes as a whole. */
export const updatesStore = createStore<{ readonly state: UpdateState }>(() => ({ state: { kind: 'idle' } }));

export function followUpdates(): () => void {
  request('updates:get').then(take, () => {});
  return listen('updates:changed', take);
}

function take(state: UpdateState): void {
  updatesStore.setState({ state });
}

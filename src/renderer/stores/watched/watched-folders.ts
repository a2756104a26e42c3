import { createStore } from 'zustand/vanilla';
import type { Watched, WatchedFolder } from '../../../shared/ipc/watched.ts';
import { listen, request } from '../../ipc/api.ts';

interface WatchedState {
  readonly folders: readonly WatchedFolder[];
  readonly problem: string | undefined;
  /** The one that was taken off last: it can be put back. */
  readonly removed: Pick<WatchedFolder, 'id' | 'title'> | undefined;
}

/** The folders that are kept up to date. Main has them; each change of them comes as a whole. */
export const watchedStore = createStore<WatchedState>(() => ({
  folders: [],
  problem: undefined,
  removed: undefined,
}));

export function followWatched(): () => void {
  request('watched:get').then(take, () => {});
  return listen('watched:changed', take);
}

export function noteRemoved(removed: WatchedState['removed']): void {
  watchedStore.setState({ removed });
}

function take({ folders, problem }: Watched): void {
  watchedStore.setState(({ removed }) => ({
    folders,
    problem,
    removed: folders.some(({ id }) => id === removed?.id) ? undefined : removed,
  }));
}

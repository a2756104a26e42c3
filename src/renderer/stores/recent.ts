import { createStore } from 'zustand/vanilla';
import type { RecentRun } from '../../shared/ipc/run.ts';
import { request } from '../ipc/api.ts';

interface RecentState {
  readonly runs: readonly RecentRun[];
}

export const recentStore = createStore<RecentState>(() => ({ runs: [] }));

/** Recent runs are a convenience: if they cannot be read, none are shown. */
export async function loadRecent(): Promise<void> {
  const runs = await request('runs:recent').catch(() => []);
  recentStore.setState({ runs });
}

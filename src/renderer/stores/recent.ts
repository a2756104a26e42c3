import { createStore } from 'zustand/vanilla';
import type { FormerRun } from '../../shared/ipc/history.ts';
import { request } from '../ipc/api.ts';

interface RecentState {
  readonly runs: readonly FormerRun[];
}

export const recentStore = createStore<RecentState>(() => ({ runs: [] }));

/** Recent runs are a convenience: if they cannot be read, none are shown. */
export async function loadRecent(): Promise<void> {
  const runs = await request('runs:recent').catch(() => []);
  recentStore.setState({ runs });
}

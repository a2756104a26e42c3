import { createStore } from 'zustand/vanilla';
import type { FormerRun } from '../../shared/ipc/history.ts';
import { request } from '../ipc/api.ts';

interface RecentState {
  readonly runs: readonly FormerRun[];
  /** Whether main has said which there are. */
  readonly isKnown: boolean;
}

export const recentStore = createStore<RecentState>(() => ({ runs: [], isKnown: false }));

/** Recent runs are a convenience: if they cannot be read, none are shown. */
export async function loadRecent(): Promise<void> {
  const runs = await request('runs:recent').catch(() => []);
  recentStore.setState({ runs, isKnown: true });
}

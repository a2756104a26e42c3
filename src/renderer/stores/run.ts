import { createStore } from 'zustand/vanilla';
import type { Row, RunId, RunSnapshot, RunUpdate } from '../../shared/ipc/run.ts';
import { emptyCache, type RowCache, type RowFilter, rowsOf, withChanges, withPage } from './row-cache.ts';
import { applySnapshot, applyUpdate, type RunView } from './run-view.ts';

interface RunState {
  readonly run: RunView | undefined;
  /** A run was asked for without a look ahead; its screen is shown already. */
  readonly starting: boolean;
  readonly rows: RowCache;
}

/** The run on screen: the one that is on, or the last. What is drawn of it is derived from here. */
export const runStore = createStore<RunState>(() => ({
  run: undefined,
  starting: false,
  rows: emptyCache('all'),
}));

/** Returns what the caller has to do: nothing, or ask for a snapshot. */
export function takeUpdate(update: RunUpdate): 'applied' | 'stale' | 'ask-snapshot' {
  const { run, rows } = runStore.getState();
  if (run === undefined || run.runId !== update.runId) return 'ask-snapshot';
  const { view, outcome } = applyUpdate(run, update);
  if (outcome === 'stale') return 'stale';
  runStore.setState({ run: view, rows: withChanges(rows, update.rows, update.counters) });
  return outcome === 'gap' ? 'ask-snapshot' : 'applied';
}

/** Rows of another run are none of this one's; of the same run they stay as far as the counters bear them out. */
export function takeSnapshot(snapshot: RunSnapshot): void {
  runStore.setState((state) => {
    const run = applySnapshot(state.run, snapshot);
    const same = state.run?.runId === snapshot.runId;
    const rows = same
      ? withChanges(state.rows, [], run.counters)
      : emptyCache('all', rowsOf('all', run.counters));
    return { run, rows };
  });
}

export function takeRows(runId: RunId, filter: RowFilter, offset: number, page: readonly Row[]): void {
  const { run, rows } = runStore.getState();
  // Asked for another list than the one on screen now.
  if (run?.runId !== runId || rows.filter !== filter) return;
  runStore.setState({ rows: withPage(rows, offset, page) });
}

export function filterRows(filter: RowFilter): void {
  runStore.setState(({ run, rows }) => {
    if (run === undefined || rows.filter === filter) return {};
    return { rows: emptyCache(filter, rowsOf(filter, run.counters)) };
  });
}

/** A cancel may be over before an update could tell of it. */
export function markCancelled(runId: RunId): void {
  runStore.setState(({ run }) => (run?.runId === runId ? { run: { ...run, wasCancelled: true } } : {}));
}

export function showStart(starting: boolean): void {
  runStore.setState({ starting });
}

/** Takes the run off the screen; main still has it. */
export function leaveRun(): void {
  runStore.setState({ run: undefined, rows: emptyCache('all') });
}

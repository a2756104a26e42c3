import { createStore } from 'zustand/vanilla';
import type { JournalId } from '../../shared/ipc/history.ts';
import {
  isNarrowed,
  type RowsPage,
  type RunId,
  type RunSnapshot,
  type RunUpdate,
} from '../../shared/ipc/run.ts';
import {
  emptyCache,
  isSameList,
  type Narrowing,
  type RowCache,
  type RowFilter,
  rowsOf,
  withChanges,
  withNarrowPage,
  withPage,
} from './row-cache.ts';
import { applySnapshot, applyUpdate, listedOf, type RunView } from './run-view.ts';

interface RunState {
  readonly run: RunView | undefined;
  /** A run was requested without a preview, and its screen is shown already. */
  readonly starting: boolean;
  readonly rows: RowCache;
  /** The run that main works on now, whether it is on screen or not. */
  readonly on: RunId | undefined;
  /** The journal of the run on screen, where it was opened from there. Updates of another run do not take its place. */
  readonly opened: JournalId | undefined;
}

/** The run on screen: the current one, or the last. Views are derived from this. */
export const runStore = createStore<RunState>(() => ({
  run: undefined,
  starting: false,
  rows: emptyCache('all'),
  on: undefined,
  opened: undefined,
}));

/**
 * Applies an update. Returns whether it was applied or is out of date, or whether the caller must ask for a snapshot.
 */
export function takeUpdate(update: RunUpdate): 'applied' | 'stale' | 'ask-snapshot' {
  noteOn(update);
  const { run, rows, opened } = runStore.getState();
  if (opened !== undefined && run?.runId !== update.runId) return 'stale';
  // A run that nobody has started takes no other's place on the screen.
  if (update.isWatched && run !== undefined && run.runId !== update.runId) return 'stale';
  if (run === undefined || run.runId !== update.runId) return 'ask-snapshot';
  const { view, outcome } = applyUpdate(run, update);
  if (outcome === 'stale') return 'stale';
  runStore.setState({ run: view, rows: withChanges(rows, update.rows, listedOf(update)) });
  return outcome === 'gap' ? 'ask-snapshot' : 'applied';
}

/**
 * Takes a snapshot. Rows of another run are dropped; rows of the same run stay as far as they agree with the counters.
 */
export function takeSnapshot(snapshot: RunSnapshot, opened?: JournalId): void {
  noteOn(snapshot);
  runStore.setState((state) => {
    const run = applySnapshot(state.run, snapshot);
    const same = state.run?.runId === snapshot.runId;
    const rows = same
      ? withChanges(state.rows, [], listedOf(run))
      : emptyCache('all', rowsOf('all', listedOf(run)));
    return { run, rows, opened };
  });
}

export function takeRows(runId: RunId, list: RowCache, offset: number, page: RowsPage): void {
  const { run, rows } = runStore.getState();
  // The rows belong to another list than the one now on screen.
  if (run?.runId !== runId || !isSameList(rows, list)) return;
  runStore.setState({
    rows:
      rows.narrowing === undefined
        ? withPage(rows, offset, page.rows)
        : withNarrowPage(rows, offset, page.rows, page.total),
  });
}

/** Shows other rows, or the same in another order. How many a narrowed list has is not known before main tells. */
export function listRows(filter: RowFilter, narrowing?: Narrowing): void {
  runStore.setState(({ run, rows }) => {
    if (run === undefined) return {};
    const { search = '', order = 'ended', cause } = narrowing ?? {};
    if (isNarrowed({ search, order, cause }))
      return { rows: emptyCache(filter, 0, { search, order, cause }) };
    if (rows.filter === filter && rows.narrowing === undefined) return {};
    return { rows: emptyCache(filter, rowsOf(filter, listedOf(run))) };
  });
}

/** Notes a cancel here, because the run may be over before an update could report it. */
export function markCancelled(runId: RunId): void {
  runStore.setState(({ run }) => (run?.runId === runId ? { run: { ...run, wasCancelled: true } } : {}));
}

export function showStart(starting: boolean): void {
  runStore.setState({ starting });
}

/** Takes the run off the screen; main keeps it. */
export function leaveRun(): void {
  runStore.setState({ run: undefined, rows: emptyCache('all'), opened: undefined });
}

function noteOn({ runId, state }: Pick<RunUpdate, 'runId' | 'state'>): void {
  const { on } = runStore.getState();
  if (state !== 'finished') {
    if (on !== runId) runStore.setState({ on: runId });
  } else if (on === runId) runStore.setState({ on: undefined });
}

import type { RunId, RunUpdate } from '../../shared/ipc/run.ts';
import { listen, request } from '../ipc/api.ts';
import { chunkSize, missingChunks, type Narrowing, type RowFilter } from '../stores/row-cache.ts';
import { leaveRun, listRows, runStore, takeRows, takeSnapshot, takeUpdate } from '../stores/run.ts';
import { screenStore } from '../stores/screen.ts';

/** Follows main's runs: puts updates into the store and acknowledges each one that was drawn. */
export function followRuns(): () => void {
  return listen('run:update', (update) => {
    const taken = takeUpdate(update);
    if (isOverUnseen(update)) forgetRun(update.runId);
    else if (taken === 'ask-snapshot') void showRun(update.runId);
    if (runStore.getState().rows.narrowing !== undefined) renewSoon();
    acknowledge(update);
  });
}

/**
 * A run that nobody has started, nor looks at: it is no more to be come back to than the last one of its folder, and main
 * would forget another one for it, which may be the one on screen.
 */
function isOverUnseen({ runId, isWatched, state }: RunUpdate): boolean {
  if (isWatched !== true || state !== 'finished') return false;
  const { run } = runStore.getState();
  return screenStore.getState().tab !== 'run' || (run !== undefined && run.runId !== runId);
}

function forgetRun(runId: RunId): void {
  if (runStore.getState().run?.runId === runId) leaveRun();
  dismissRun(runId);
}

let wanted: RunId | undefined;

/** Shows a run from its beginning, or again after an update was missed. Only one snapshot is requested at a time. */
export async function showRun(runId?: RunId): Promise<void> {
  if (runId !== undefined && wanted === runId) return;
  wanted = runId;
  try {
    const snapshot = await request('run:snapshot', runId === undefined ? {} : { runId });
    if (snapshot !== null) takeSnapshot(snapshot);
  } finally {
    wanted = undefined;
  }
}

/**
 * Acknowledges an update in the frame after the one that draws it. Main holds the next message until then, so a page
 * that is slow or hidden is never sent more than it can show.
 */
function acknowledge({ runId, sequence }: RunUpdate): void {
  requestAnimationFrame(() => {
    // If main has forgotten the run in the meantime, it waits for no acknowledgement.
    request('run:acknowledge', { runId, sequence }).catch(() => {});
  });
}

const asking = new Set<string>();

/** Asks for the missing rows of a range of the list; each chunk is requested only once at a time. */
export function wantRows(first: number, last: number): void {
  const { run, rows } = runStore.getState();
  if (run === undefined) return;
  for (const chunk of missingChunks(rows, first, last)) void askRows(run.runId, chunk);
}

async function askRows(runId: RunId, chunk: number): Promise<void> {
  const { rows } = runStore.getState();
  const { filter, narrowing } = rows;
  const key = `${runId} ${filter} ${JSON.stringify(narrowing)} ${chunk}`;
  if (asking.has(key)) return;
  asking.add(key);
  const offset = chunk * chunkSize;
  try {
    const page = await request('run:rows', { runId, offset, limit: chunkSize, filter, ...narrowing });
    takeRows(runId, rows, offset, page);
  } catch {
    // The run is gone, and its list with it. The next look asks again.
  } finally {
    asking.delete(key);
  }
}

/** How often a narrowed list is asked for again while items end, in milliseconds: main searches all of them for it. */
const renewMs = 1_000;
let renewing = false;

function renewSoon(): void {
  if (renewing) return;
  renewing = true;
  setTimeout(() => {
    renewing = false;
    renew();
  }, renewMs);
}

function renew(): void {
  const { run, rows } = runStore.getState();
  if (run !== undefined && rows.narrowing !== undefined) void askRows(run.runId, 0);
}

/** Shows the rows of a filter: all of them, or those that are searched for, in the order that is wanted. */
export function showRows(filter: RowFilter, narrowing?: Narrowing): void {
  listRows(filter, narrowing);
  renew();
}

/** Leaves a run that is over: main forgets its rows, and it does not come back when the page is reloaded. */
export function dismissRun(runId: RunId): void {
  request('run:leave', { runId }).catch(() => {});
}

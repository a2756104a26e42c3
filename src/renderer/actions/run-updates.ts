import type { RunId, RunUpdate } from '../../shared/ipc/run.ts';
import { listen, request } from '../ipc/api.ts';
import { chunkSize, missingChunks } from '../stores/row-cache.ts';
import { runStore, takeRows, takeSnapshot, takeUpdate } from '../stores/run.ts';

/** Follows main's runs: updates into the store, an acknowledgement for each that was drawn. */
export function followRuns(): () => void {
  return listen('run:update', (update) => {
    if (takeUpdate(update) === 'ask-snapshot') void showRun(update.runId);
    acknowledge(update);
  });
}

let wanted: RunId | undefined;

/** Shows a run from its beginning, or again after something was missed. One question at a time. */
export async function showRun(runId?: RunId): Promise<void> {
  if (runId !== undefined && wanted === runId) return;
  wanted = runId;
  try {
    const snapshot = await request('run:snapshot', runId === undefined ? {} : { runId });
    if (snapshot !== null && !isDismissed(snapshot.runId)) takeSnapshot(snapshot);
  } finally {
    wanted = undefined;
  }
}

/**
 * In the frame after the one that draws it: main holds the next message until then, so a page that is slow
 * or hidden is never sent more than it can show.
 */
function acknowledge({ runId, sequence }: RunUpdate): void {
  requestAnimationFrame(() => {
    // A run that main has forgotten in the meantime waits for nothing.
    request('run:acknowledge', { runId, sequence }).catch(() => {});
  });
}

const asking = new Set<string>();

/** Asks for the rows of a stretch of the list that are not here, each chunk once at a time. */
export function wantRows(first: number, last: number): void {
  const { run, rows } = runStore.getState();
  if (run === undefined) return;
  for (const chunk of missingChunks(rows, first, last)) void askRows(run.runId, chunk);
}

async function askRows(runId: RunId, chunk: number): Promise<void> {
  const { filter } = runStore.getState().rows;
  const key = `${runId} ${filter} ${chunk}`;
  if (asking.has(key)) return;
  asking.add(key);
  const offset = chunk * chunkSize;
  try {
    const page = await request('run:rows', { runId, offset, limit: chunkSize, filter });
    takeRows(runId, filter, offset, page.rows);
  } catch {
    // The run is gone; so is its list. The next look asks again.
  } finally {
    asking.delete(key);
  }
}

const dismissedKey = 'shoal-dismissed-run';

/** A run that was left stays left when the page is reloaded. */
export function dismissRun(runId: RunId): void {
  sessionStorage.setItem(dismissedKey, runId);
}

function isDismissed(runId: RunId): boolean {
  return sessionStorage.getItem(dismissedKey) === runId;
}

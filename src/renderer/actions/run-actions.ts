import type { Registration } from '../../shared/ipc/inputs.ts';
import type { RunId, RunSnapshot } from '../../shared/ipc/run.ts';
import { request } from '../ipc/api.ts';
import { appStore, choosePoolSize } from '../stores/app.ts';
import { given, givenForLater, inputsStore, kindOf, nextInputs, offerNext } from '../stores/inputs.ts';
import { currentRequest } from '../stores/job.ts';
import { previewStore, refreshPreview } from '../stores/preview.ts';
import { attempt, forgetProblem, problemStore } from '../stores/problem.ts';
import { loadRecent } from '../stores/recent.ts';
import { leaveRun, markCancelled, runStore, showStart, takeSnapshot } from '../stores/run.ts';
import { showTab } from '../stores/screen.ts';
import { dismissRun } from './run-updates.ts';

export function isBusy(): boolean {
  const { run } = runStore.getState();
  return run !== undefined && run.state !== 'finished';
}

let starting = false;

export async function startRun(): Promise<void> {
  const wanted = currentRequest();
  if (wanted === undefined || starting || isBusy()) return;
  starting = true;
  try {
    await follow(() => request('run:start', wanted));
  } finally {
    starting = false;
  }
}

export async function retryFailed(runId: RunId): Promise<void> {
  await follow(() => request('run:retry-failed', { runId }));
}

/** The job of a recent run once more; of one that did not end this is the rest, as what is done is skipped. */
export async function runAgain(runId: RunId): Promise<void> {
  await follow(() => request('runs:again', { runId }));
}

async function follow(start: () => Promise<RunSnapshot>): Promise<void> {
  await attempt(async () => {
    const snapshot = await start();
    showTab('run');
    takeSnapshot(snapshot);
  });
}

export async function pauseOrResume(): Promise<void> {
  const { run } = runStore.getState();
  if (run === undefined) return;
  const { runId } = run;
  if (run.state === 'paused') await attempt(() => request('run:resume', { runId }));
  else if (run.state !== 'finished') await attempt(() => request('run:pause', { runId }));
}

export async function cancelRun(): Promise<void> {
  const { run } = runStore.getState();
  if (run === undefined || !isBusy()) return;
  await attempt(() => request('run:cancel', { runId: run.runId }));
  markCancelled(run.runId);
}

/** What was dropped, pasted or opened: offered now, or kept until the run that is on has ended. */
export function takeGiven(registration: Registration): void {
  if (registration.inputs.length === 0 && registration.refused.length === 0) return;
  if (starting || isBusy()) {
    givenForLater(registration);
    return;
  }
  if (registration.inputs.length > 0 && appStore.getState().settings.startAtOnce) {
    void startWith(registration);
    return;
  }
  if (runStore.getState().run !== undefined && registration.inputs.length > 0) leave();
  given(registration);
}

/**
 * Starts what was given, at once: without a look ahead, whose counting would compete with it, and on the run's screen,
 * which is drawn while main plans. What cannot start is then shown like anything that was given.
 */
async function startWith(registration: Registration): Promise<void> {
  showStart(true);
  if (runStore.getState().run !== undefined) leave();
  given(registration);
  await startRun();
  showStart(false);
  if (runStore.getState().run !== undefined) return;
  offerNext();
  await refreshPreview();
  // Said where it can be put right: once is enough.
  if (previewStore.getState().problem === problemStore.getState().problem) forgetProblem();
}

/** From a finished run back to the start, or to what was dropped meanwhile. */
export function newRun(): void {
  leave();
  void loadRecent();
}

/** From a finished run back to its own inputs and settings. */
export function sameAgain(): void {
  const { run } = runStore.getState();
  if (run !== undefined) dismissRun(run.runId);
  leaveRun();
  void refreshPreview();
}

function leave(): void {
  const { run } = runStore.getState();
  if (run !== undefined) dismissRun(run.runId);
  leaveRun();
  nextInputs();
}

/** How many at once: of the run that is on, at once, and of those to come. */
export function setPoolSize(size: number): void {
  const { run } = runStore.getState();
  const kind = run !== undefined && isBusy() ? run.kind : kindOf(inputsStore.getState());
  choosePoolSize(kind, size);
  if (run !== undefined && isBusy()) resizeSoon(run.runId, size);
}

let resizing: number | undefined;
let running = false;

/** A slider says a number a frame; main is told one at a time and always the last. */
function resizeSoon(runId: RunId, size: number): void {
  resizing = size;
  if (running) return;
  running = true;
  void (async () => {
    while (resizing !== undefined) {
      const poolSize = resizing;
      resizing = undefined;
      await attempt(() => request('run:resize-pool', { runId, poolSize }));
    }
    running = false;
  })();
}

import type { ErrorCode } from '../../shared/error-codes/error-codes.ts';
import type { Registration } from '../../shared/ipc/inputs.ts';
import type { WantedPool } from '../../shared/ipc/job.ts';
import type { RunId, RunSnapshot } from '../../shared/ipc/run.ts';
import type { LimitChange } from '../../shared/limits/limit-change.ts';
import { request } from '../ipc/api.ts';
import { appStore, choosePoolSize } from '../stores/app.ts';
import { given, givenForLater, inputsStore, kindOf, nextInputs, offerNext } from '../stores/inputs.ts';
import { currentRequest } from '../stores/job.ts';
import { previewStore, refreshPreview } from '../stores/preview.ts';
import { attempt, forgetProblem, problemStore } from '../stores/problem.ts';
import { loadRecent } from '../stores/recent.ts';
import { leaveRun, markCancelled, runStore, showStart, takeSnapshot } from '../stores/run.ts';
import { showTab } from '../stores/screen.ts';
import { hasUnfitFields } from '../stores/unfit-fields.ts';
import { dismissRun } from './run-updates.ts';

export function isBusy(): boolean {
  const { run } = runStore.getState();
  return run !== undefined && run.state !== 'finished';
}

let starting = false;

export async function startRun(): Promise<void> {
  const wanted = currentRequest();
  if (wanted === undefined || starting || isBusy() || hasUnfitFields()) return;
  starting = true;
  try {
    await follow(() => request('run:start', wanted));
  } finally {
    starting = false;
  }
}

/** Tries what failed again: all of it, or what failed for one of these causes. */
export async function retryFailed(runId: RunId, codes?: ErrorCode[]): Promise<void> {
  await follow(() => request('run:retry-failed', { runId, ...(codes && { codes }) }));
}

/** Runs the job of a recent run again. Finished items are skipped, so an unfinished run is continued this way. */
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

/** Takes inputs that were dropped, pasted or opened: offered now, or kept until the current run has ended. */
export function takeGiven(registration: Registration): void {
  if (registration.inputs.length === 0 && registration.refused.length === 0) return;
  if (registration.inputs.length > 0) forgetProblem();
  if (starting || isBusy()) {
    givenForLater(registration);
    return;
  }
  if (registration.inputs.length > 0 && appStore.getState().settings.startAtOnce && !hasUnfitFields()) {
    void startWith(registration);
    return;
  }
  if (runStore.getState().run !== undefined && registration.inputs.length > 0) leave();
  given(registration);
}

/**
 * Starts new inputs at once. There is no preview, because its counting would compete with the run; the run's screen is
 * shown while main still plans. Inputs that cannot be run are then offered like any others.
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
  // The preview shows this problem where it can be fixed; showing it twice would be too much.
  if (previewStore.getState().problem === problemStore.getState().problem) forgetProblem();
}

/** Leaves a finished run for the start screen, or for the inputs dropped in the meantime. */
export function newRun(): void {
  leave();
  void loadRecent();
}

/** Leaves a finished run for its own inputs and settings. */
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

/** Sets the pool size, or lets the run find it: of the current run, immediately, and of later ones. */
export function setPoolSize(size: WantedPool): void {
  const { run } = runStore.getState();
  const kind = run !== undefined && isBusy() ? run.kind : kindOf(inputsStore.getState());
  choosePoolSize(kind, size);
  if (run !== undefined && isBusy()) resizeSoon(run.runId, size);
}

/** Changes a limit of the current run, now. */
export async function changeLimit(change: LimitChange): Promise<void> {
  const { run } = runStore.getState();
  if (run !== undefined && isBusy()) {
    await attempt(() => request('run:change-limit', { runId: run.runId, change }));
  }
}

let resizing: WantedPool | undefined;
let running = false;

/** The slider reports a size for each frame; main is sent one at a time, and always the last one. */
function resizeSoon(runId: RunId, size: WantedPool): void {
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

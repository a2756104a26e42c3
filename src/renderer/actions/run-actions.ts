import type { ErrorCode } from '../../shared/error-codes/error-codes.ts';
import type { JournalId } from '../../shared/ipc/history.ts';
import type { Registration } from '../../shared/ipc/inputs.ts';
import type { WantedPool } from '../../shared/ipc/job.ts';
import type { RunId, RunSnapshot } from '../../shared/ipc/run.ts';
import type { LimitChange } from '../../shared/limits/limit-change.ts';
import { request } from '../ipc/api.ts';
import { appStore, choosePoolSize } from '../stores/app.ts';
import {
  clearInputs,
  given,
  givenAgain,
  inputsStore,
  inputsWereStarted,
  kindOf,
  refuse,
} from '../stores/inputs.ts';
import { currentRequest } from '../stores/job.ts';
import { previewStore, refreshPreview } from '../stores/preview.ts';
import { attempt, forgetProblem, problemStore } from '../stores/problem.ts';
import { loadRecent } from '../stores/recent.ts';
import { markCancelled, runStore, showStart, takeSnapshot } from '../stores/run.ts';
import { screenStore, showTab } from '../stores/screen.ts';
import { isAtStart } from '../stores/stage.ts';
import { hasUnfitFields } from '../stores/unfit-fields.ts';
import { queueGiven } from './queue-actions.ts';
import { leave } from './screens.ts';

export function isBusy(): boolean {
  return runStore.getState().on !== undefined;
}

let starting = false;

export async function startRun(): Promise<void> {
  const wanted = currentRequest();
  if (wanted === undefined || starting || isBusy() || hasUnfitFields()) return;
  starting = true;
  try {
    const started = await attempt(() => follow(() => request('run:start', wanted)));
    if (started) inputsWereStarted();
  } finally {
    starting = false;
  }
}

/** Tries again what failed for one of these causes. */
export async function retryFailed(runId: RunId, codes: ErrorCode[]): Promise<void> {
  await attempt(() => follow(() => request('run:retry-failed', { runId, codes })));
}

/** Runs the job of a recent run again. Finished items are skipped, so an unfinished run is continued this way. */
export async function runAgain(runId: RunId): Promise<void> {
  await attempt(() => follow(() => request('runs:again', { runId })));
}

/** Shows the run that this starts. */
export async function follow(start: () => Promise<RunSnapshot>): Promise<true> {
  takeSnapshot(await start());
  showTab('run');
  return true;
}

export async function pauseOrResume(): Promise<void> {
  const { run } = runStore.getState();
  if (run === undefined) return;
  const { runId } = run;
  if (run.state === 'paused') await attempt(() => request('run:resume', { runId }));
  else if (run.state !== 'finished') await attempt(() => request('run:pause', { runId }));
}

export async function cancelRun(): Promise<void> {
  const { run, on } = runStore.getState();
  if (run === undefined || run.runId !== on) return;
  await attempt(() => request('run:cancel', { runId: run.runId }));
  markCancelled(run.runId);
}

/** Whether what is given now goes into the queue: it does while a run is on and the start is not looked at. */
function isGivenToQueue(): boolean {
  return (starting || isBusy()) && !isAtStart();
}

/** Whether what is given now is for the module at the start: what goes into the queue is no matter of it. */
export function isGivenToModule(): boolean {
  return inputsStore.getState().module !== undefined && !isGivenToQueue();
}

/** Takes inputs that were dropped, pasted or opened: offered now, or put into the queue where a run is on screen. */
export function takeGiven(registration: Registration): void {
  const { module } = registration;
  if (registration.inputs.length === 0 && registration.refused.length === 0 && !module) return;
  if (module) {
    forgetProblem();
    leave();
    given(registration);
    return;
  }
  if (registration.inputs.length > 0) forgetProblem();
  if (isGivenToQueue()) {
    refuse(registration.refused);
    void queueGiven(registration.inputs);
    return;
  }
  if (isBusy()) {
    given(registration);
    return;
  }
  // Something refused may have been what the rest was for.
  const isWhole = registration.inputs.length > 0 && registration.refused.length === 0;
  if (isWhole && appStore.getState().settings.startAtOnce && !hasUnfitFields()) {
    void startWith(registration);
    return;
  }
  const { tab } = screenStore.getState();
  if (registration.inputs.length > 0) leave();
  // Pool sizes may be tried on what is given there.
  if (tab === 'tune') showTab('tune');
  given(registration);
}

/**
 * Starts new inputs at once. There is no preview, because its counting would compete with the run; the run's screen is
 * shown while main still plans. Inputs that cannot be run are then offered like any others.
 */
async function startWith(registration: Registration): Promise<void> {
  showStart(true);
  leave();
  // Before the inputs are taken, which would be previewed at the start.
  showTab('run');
  given(registration);
  await startRun();
  showStart(false);
  if (runStore.getState().run !== undefined) return;
  showTab('start');
  await refreshPreview();
  // The preview shows this problem where it can be fixed; showing it twice would be too much.
  if (previewStore.getState().problem === problemStore.getState().problem) forgetProblem();
}

/** Takes a run off the list of recent ones. */
export async function hideRun(id: JournalId): Promise<void> {
  await attempt(() => request('runs:hide', { id }));
  await loadRecent();
}

/** Leaves a finished run for its own inputs and settings. */
export function sameAgain(): void {
  leave();
  givenAgain();
  void refreshPreview();
}

/** Takes back what was given, before anything was started. */
export function clear(): void {
  clearInputs();
  void loadRecent();
}

/** Sets the pool size, or lets the run find it: of the current run, immediately, and of later ones. */
export function setPoolSize(size: WantedPool): void {
  const { run, on } = runStore.getState();
  const isOfRun = run !== undefined && run.runId === on && !isAtStart();
  choosePoolSize(isOfRun ? run.kind : kindOf(inputsStore.getState()), size);
  if (isOfRun) resizeSoon(run.runId, size);
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

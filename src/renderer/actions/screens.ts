import type { JournalId } from '../../shared/ipc/history.ts';
import { request } from '../ipc/api.ts';
import { attempt } from '../stores/problem.ts';
import { loadRecent } from '../stores/recent.ts';
import { leaveRun, runStore, takeSnapshot } from '../stores/run.ts';
import { showTab } from '../stores/screen.ts';
import { dismissRun, showRun } from './run-updates.ts';

/** Shows the run, or the start where there is none that a person has started. */
export function showMain(): void {
  const { run } = runStore.getState();
  showTab(run === undefined || run.isWatched ? 'start' : 'run');
}

/** Shows the run that is on, also where another one was looked at meanwhile. */
export async function showRunThatIsOn(): Promise<void> {
  const { on, run } = runStore.getState();
  if (on !== undefined && run?.runId !== on) {
    leaveRun();
    await attempt(() => showRun(on));
  }
  showTab('run');
}

/** Looks at a former run as its journal tells of it. */
export async function openResults(id: JournalId): Promise<void> {
  const snapshot = await attempt(() => request('runs:open', { id }));
  if (snapshot === undefined) return;
  const { on } = runStore.getState();
  takeSnapshot(snapshot, snapshot.runId === on ? undefined : id);
  showTab('run');
}

/** Leaves a finished run for the start screen, and what was given meanwhile. */
export function newRun(): void {
  leave();
  void loadRecent();
}

/** Shows the start. A run that is over is left; one that is on goes on, and can be shown again. */
export function leave(): void {
  const { run } = runStore.getState();
  if (run !== undefined && run.state === 'finished') {
    dismissRun(run.runId);
    leaveRun();
  }
  showTab('start');
}

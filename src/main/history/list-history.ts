import { type RunOverview, runIds, runOverview } from '../../engine/run/front-ends/index.ts';
import { t } from '../../languages/translate.ts';
import type { FormerRun, JournalId } from '../../shared/ipc/history.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import { formerRunOf } from './former-run.ts';
import { inSlices } from './in-slices.ts';
import { windowDetailsOf } from './job-of-head.ts';

/** More journals than are ever kept. */
const mostListed = 1_000;

/** All runs that have a journal, the newest first. */
export async function listHistory(): Promise<FormerRun[]> {
  const runs: FormerRun[] = [];
  for await (const id of inSlices(runIds().slice(0, mostListed))) {
    const run = runOverview(id);
    if (run) runs.push(toldRun(run));
  }
  return runs;
}

export function toldRun(run: RunOverview): FormerRun {
  return formerRunOf(run, windowDetailsOf(run.head)?.runId);
}

/** @throws RequestProblem when it is gone. */
export function knownRun(id: JournalId): RunOverview {
  const run = runOverview(id);
  if (!run) throw new RequestProblem('UNKNOWN_RUN', t('The journal of this run is gone, or cannot be read.'));
  return run;
}

/** @throws RequestProblem when it is gone, or still on. */
export function knownRunThatIsOver(id: JournalId): RunOverview {
  const run = knownRun(id);
  if (run.state === 'running')
    throw new RequestProblem('RUN_ON', t('This run is still on: wait for its end.'));
  return run;
}

/** The end of an item's path, which tells it from its neighbours; a URL as it is. */
export function shortName(input: string): string {
  if (/^[a-z][a-z0-9+.-]+:\//i.test(input)) return input;
  const parts = input.split(/[/\\]/);
  return parts.length > 3 ? `…/${parts.slice(-3).join('/')}` : input;
}

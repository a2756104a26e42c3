import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Findings } from '../findings.ts';
import { broken, completed, durationOf, fetchJob, type Job, ownThumbsJob } from '../jobs.ts';
import { momentsOf } from '../random.ts';
import type { Scenario, Stage } from '../scenario.ts';
import { start } from '../shoal.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const momentsEach = 6;
/** What a run leaves on purpose: the beginning of a large file, whose rest the next run asks for. */
const perhapsResumable = true;

export const signalled: readonly Scenario[] = [
  {
    name: 'signals-thumbs',
    promise: 'Ctrl-C, SIGTERM and SIGHUP end thumbs with 130, 143 and 129, and leave no part',
    seconds: 60,
    run: async (stage, findings) =>
      signalRounds(stage, findings, await ownThumbsJob(stage.materials, 800), !perhapsResumable),
  },
  {
    name: 'signals-fetch',
    promise: 'the same of fetch, and the rerun fetches exactly the rest, nothing twice',
    seconds: 60,
    run: async (stage, findings) =>
      signalRounds(stage, findings, await fetchJob(stage.materials, 500), perhapsResumable),
  },
];

async function signalRounds(
  stage: Stage,
  findings: Findings,
  job: Job,
  mayLeaveParts: boolean,
): Promise<void> {
  let durationMs = await durationOf(job, stage);
  const moments = momentsOf(stage.random, momentsEach * signals.length);
  let hits = 0;
  for (const round of stage.roundsOf(moments.length, findings)) {
    const signal = signals[round % signals.length] as (typeof signals)[number];
    using site = stage.site();
    const args = job.prepare(site);
    const running = start({ args, state: site.state });
    await sleep((moments[round] ?? 0) * durationMs);
    running.kill(signal);
    const ended = await running.ended;
    if (ended.code === 0) durationMs = Math.min(durationMs, ended.ms);
    else hits += 1;
    findings.ended(ended, ended.code === 0 ? [0] : [128 + constants.signals[signal]]);
    // Before the first result it may not have listened yet.
    if (ended.results.length > 0 && !ended.summed)
      findings.complain(`${signal} cut it off before its summary`);
    const { parts } = broken(job, ended, site, findings);
    if (parts.length > 0 && !mayLeaveParts) findings.complain(`${signal} left parts`);
    await completed(job, args, site, findings);
    findings.ledger(site.state);
  }
  findings.remarks.push(`${hits} of ${findings.rounds} signals came before the run had ended`);
  if (hits === 0) findings.complain('no signal came in time: nothing was tried');
}

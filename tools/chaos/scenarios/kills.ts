import { setTimeout as sleep } from 'node:timers/promises';
import type { Findings } from '../findings.ts';
import {
  broken,
  completed,
  durationOf,
  fetchJob,
  fetchThumbsJob,
  type Job,
  ownThumbsJob,
  thumbsJob,
} from '../jobs.ts';
import { momentsOf } from '../random.ts';
import type { Scenario, Site, Stage } from '../scenario.ts';
import { start } from '../shoal.ts';

/** One in as many rounds kills the rerun as well. */
const killedTwiceEvery = 3;

export const kills: readonly Scenario[] = [
  {
    name: 'kill-thumbs',
    promise: 'thumbs killed with -9 leaves no half file, and the rerun makes exactly the rest',
    seconds: 150,
    run: async (stage, findings) =>
      killRounds(stage, findings, [await thumbsJob(stage.materials), await ownThumbsJob(stage.materials)]),
  },
  {
    name: 'kill-fetch',
    promise:
      'fetch killed with -9 leaves no half file, and the rerun fetches exactly the rest, nothing twice',
    seconds: 130,
    run: async (stage, findings) => killRounds(stage, findings, [await fetchJob(stage.materials)]),
  },
  {
    name: 'kill-fetch-thumbs',
    promise: 'the same of fetch --thumbs, files and thumbnails',
    seconds: 100,
    run: async (stage, findings) => {
      using reference = stage.site();
      await killRounds(stage, findings, [await fetchThumbsJob(stage.materials, [], reference)]);
    },
  },
  {
    name: 'kill-only-thumbs',
    promise: 'the same of fetch --thumbs --no-originals',
    seconds: 100,
    run: async (stage, findings) => {
      using reference = stage.site();
      await killRounds(stage, findings, [
        await fetchThumbsJob(stage.materials, ['--no-originals'], reference),
      ]);
    },
  },
];

/** Kills a run at a moment of its duration, looks at what is there, runs it again to its end and looks again. */
async function killRounds(stage: Stage, findings: Findings, jobs: readonly Job[]): Promise<void> {
  const durations: number[] = [];
  for (const job of jobs) durations.push(await durationOf(job, stage));
  const moments = momentsOf(stage.random, stage.kills);
  let kills = 0;
  let hits = 0;
  for (const round of stage.roundsOf(stage.kills, findings)) {
    const turn = round % jobs.length;
    const job = jobs[turn] as Job;
    using site = stage.site();
    const args = job.prepare(site);
    const killAt = async (moment: number): Promise<void> => {
      kills += 1;
      const ms = await killAfter(moment * (durations[turn] ?? 0), job, args, site, findings);
      if (ms === undefined) hits += 1;
      // It was quicker than thought: later kills must come sooner.
      else durations[turn] = Math.min(durations[turn] ?? 0, ms);
    };
    await killAt(moments[round] ?? 0);
    if (round % killedTwiceEvery === 0) await killAt(stage.random.next());
    await completed(job, args, site, findings);
    findings.ledger(site.state);
  }
  findings.remarks.push(`${hits} of ${kills} kills came before the run had ended`);
  if (hits === 0) findings.complain('no kill came in time: nothing was tried');
}

/** @returns how long the run took where it had ended before it was killed. */
async function killAfter(
  ms: number,
  job: Job,
  args: readonly string[],
  site: Site,
  findings: Findings,
): Promise<number | undefined> {
  const running = start({ args, state: site.state });
  await sleep(ms);
  running.kill('SIGKILL');
  const ended = await running.ended;
  findings.ended(ended);
  broken(job, ended, site, findings);
  return ended.code === 137 ? undefined : ended.ms;
}

import { readdirSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Findings } from '../findings.ts';
import { broken, completed, durationOf, fetchJob, type Job, ownThumbsJob, photosIn } from '../jobs.ts';
import type { Scenario, Stage } from '../scenario.ts';
import { start } from '../shoal.ts';

/** What may become of a run whose files are taken away under it: some of its items fail. */
const anyEnd = [0, 1];

export const vanishing: readonly Scenario[] = [
  {
    name: 'output-deleted',
    promise:
      'an output folder deleted in the middle of a run fails items at most, and the rerun makes all anew',
    seconds: 40,
    run: async (stage, findings) => {
      const jobs: [string, Job][] = [
        ['thumbs', await ownThumbsJob(stage.materials, 800)],
        ['fetch', await fetchJob(stage.materials, 400)],
      ];
      const durations = new Map<Job, number>();
      for (const [, job] of jobs) durations.set(job, await durationOf(job, stage));
      for (const _round of stage.roundsOf(4, findings)) {
        for (const [name, job] of jobs) {
          findings.during(name);
          await outputDeleted(stage, findings, job, durations.get(job) ?? 0);
        }
      }
    },
  },
  {
    name: 'pictures-deleted',
    promise:
      'pictures deleted or cut short in the middle of a run fail, the others are made; no thumbnail is wrong',
    seconds: 40,
    run: async (stage, findings) => {
      const job = await ownThumbsJob(stage.materials, 800, 'copied');
      const durationMs = await durationOf(job, stage);
      for (const round of stage.roundsOf(4, findings)) {
        await picturesHarmed(stage, findings, job, durationMs, round % 2 === 0 ? 'deleted' : 'cut short');
      }
    },
  },
];

async function outputDeleted(stage: Stage, findings: Findings, job: Job, durationMs: number): Promise<void> {
  using site = stage.site();
  const args = job.prepare(site);
  const running = start({ args, state: site.state });
  await sleep(durationMs * (0.3 + 0.6 * stage.random.next()));
  const outputs = job.outputs(site);
  const gone = join(site.folder, 'gone');
  try {
    // Moved first: a folder that is written into cannot be emptied.
    renameSync(outputs, gone);
    rmSync(gone, { recursive: true, force: true });
  } catch {
    findings.remarks.push('a run had no output folder yet when it was to be deleted');
  }
  findings.ended(await running.ended, anyEnd);
  await completed(job, args, site, findings);
  findings.ledger(site.state);
}

async function picturesHarmed(
  stage: Stage,
  findings: Findings,
  job: Job,
  durationMs: number,
  how: 'deleted' | 'cut short',
): Promise<void> {
  findings.during(how);
  using site = stage.site();
  const args = job.prepare(site);
  const running = start({ args, state: site.state });
  await sleep(durationMs * (0.2 + 0.5 * stage.random.next()));
  const photos = photosIn(site);
  const names = readdirSync(photos).filter((name) => job.expected.has(name));
  for (const name of stage.random.shuffled(names).slice(0, names.length / 2)) {
    const photo = join(photos, name);
    if (how === 'deleted') rmSync(photo);
    else truncateSync(photo, Math.floor(statSync(photo).size / 2));
  }
  const ended = await running.ended;
  findings.ended(ended, anyEnd);
  const { parts } = broken(job, ended, site, findings);
  findings.partsLeft += parts.length;
  if (parts.length > 0) findings.complain('hidden files left');
}

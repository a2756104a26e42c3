import type { Findings } from '../findings.ts';
import { inspect } from '../folder.ts';
import { fetchArgs, type Job, ownThumbsJob } from '../jobs.ts';
import { withFewFiles } from '../places.ts';
import type { Scenario, Stage } from '../scenario.ts';
import { run } from '../shoal.ts';

const limits = [64, 128, 256];
const pool = 128;

export const fewFiles: readonly Scenario[] = [
  {
    name: 'few-files-thumbs',
    promise: 'a pool of 128 that may open 64, 128 or 256 files makes every thumbnail, fewer at once',
    seconds: 40,
    run: async (stage, findings) => {
      const job = await ownThumbsJob(stage.materials, 300);
      const prepare: Job['prepare'] = (site) => [...job.prepare(site), '--pool', String(pool)];
      await fewFilesRounds(stage, findings, { ...job, prepare });
    },
  },
  {
    name: 'few-files-fetch',
    promise: 'the same of fetch',
    seconds: 40,
    run: async (stage, findings) => {
      const set = await stage.materials.mixedUrls(300);
      const prepare: Job['prepare'] = (site) => fetchArgs(site, set, { pool });
      await fewFilesRounds(stage, findings, { prepare, outputs: ({ out }) => out, expected: set.files });
    },
  },
];

async function fewFilesRounds(stage: Stage, findings: Findings, job: Job): Promise<void> {
  for (const _round of stage.roundsOf(1, findings)) {
    for (const limit of limits) {
      findings.during(`${limit} open files`);
      const within = withFewFiles(limit);
      if (!within) return findings.skip('open files cannot be limited here');
      using site = stage.site();
      const ended = await run({ args: job.prepare(site), state: site.state, within });
      findings.ended(ended, [0]);
      const seen = inspect(job.outputs(site), job.expected);
      findings.finally(seen);
      findings.told(ended, job.outputs(site), seen);
      findings.ledger(site.state);
    }
  }
}

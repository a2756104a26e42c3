import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Findings } from '../findings.ts';
import { inspect } from '../folder.ts';
import { fetchJob, type Job, ownThumbsJob } from '../jobs.ts';
import { onSmallDisk } from '../places.ts';
import type { Scenario, Site, Stage } from '../scenario.ts';
import { type Ended, shoalCommand, startCommand, told } from '../shoal.ts';

/**
 * Runs what it is given twice, the second time with room. What was said and what lay there is kept outside, as the disk
 * is gone with the last process that sees it.
 */
function twice({ folder }: Site, disk: string): string {
  const keep = (name: string) =>
    `cd / && "$@" > '${folder}/${name}.out' 2> '${folder}/${name}.err'; echo $? > '${folder}/${name}.code'; cp -a '${disk}' '${folder}/${name}'`;
  return `${keep('full')}; mount -o remount,size=200m '${disk}' && ${keep('roomy')}`;
}

export const fullDisks: readonly Scenario[] = [
  {
    name: 'disk-full-thumbs',
    promise:
      'thumbnails that find no room fail with DISK_FULL, leave no part, and are made once there is room',
    seconds: 20,
    run: async (stage, findings) => {
      const job = await ownThumbsJob(stage.materials, 300);
      await onFullDisk(stage, findings, job, 'outputs');
    },
  },
  {
    name: 'disk-full-fetch',
    promise: 'the same of files that are fetched',
    seconds: 20,
    run: async (stage, findings) => {
      await onFullDisk(stage, findings, await fetchJob(stage.materials, 120), 'outputs');
    },
  },
  {
    name: 'disk-full-ledger',
    promise: 'a full disk under the ledger costs the ledger, and no file',
    seconds: 20,
    run: async (stage, findings) => {
      await onFullDisk(stage, findings, await fetchJob(stage.materials, 120), 'ledger');
    },
  },
];

async function onFullDisk(
  stage: Stage,
  findings: Findings,
  job: Job,
  what: 'outputs' | 'ledger',
): Promise<void> {
  for (const _round of stage.roundsOf(3, findings)) {
    using site = stage.site();
    const args = job.prepare(site);
    const disk = what === 'outputs' ? job.outputs(site) : site.state;
    const small = onSmallDisk(disk, what === 'outputs' ? '300k' : '48k', twice(site, disk));
    if (!small) return findings.skip('no disk can be mounted here');
    mkdirSync(disk, { recursive: true });
    const whole = await startCommand([...small, ...shoalCommand(args)], site.state).ended;
    if (whole.overdue) findings.complain('a run did not end by itself');
    const full = endedFrom(site, 'full');
    const roomy = endedFrom(site, 'roomy');
    if (what === 'ledger') {
      findings.ended(full, [0]);
      findings.ended(roomy, [0]);
      findings.finally(inspect(job.outputs(site), job.expected));
      continue;
    }
    findings.ended(full, [1]);
    const others = full.results.filter(({ error }) => error && error.code !== 'DISK_FULL');
    if (others.length > 0) findings.complain(`${others[0]?.error?.code} instead of DISK_FULL`);
    const first = inspect(join(site.folder, 'full'), job.expected);
    findings.between(first);
    if (first.parts.length > 0) findings.complain('hidden files left on a full disk');
    if (first.hashes.size === 0) findings.complain('nothing was made of what would have fitted');
    findings.ended(roomy, [0]);
    findings.finally(inspect(join(site.folder, 'roomy'), job.expected));
    findings.ledger(site.state);
  }
}

function endedFrom({ folder }: Site, name: string): Ended {
  const text = (kind: string) => {
    const file = join(folder, `${name}.${kind}`);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  return {
    ...told(text('out')),
    code: Number(text('code') || 1),
    stderr: text('err'),
    ms: 0,
    overdue: false,
  };
}

import {
  closeSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type { Findings } from '../findings.ts';
import { completed, fetchJob, type Job, thumbsJob } from '../jobs.ts';
import { ledgerIn, lockLedger, setVersionOfLedger, versionOfLedger } from '../ledger.ts';
import type { Random } from '../random.ts';
import type { Scenario, Site, Stage } from '../scenario.ts';

/** A job at a site, run to its end as often as it is asked. */
interface Attack {
  readonly findings: Findings;
  readonly site: Site;
  readonly random: Random;
  again(): Promise<void>;
}

/** As often as the product may need to find a ledger broken, to set it aside and to begin another. */
const rerunsAfterDamage = 2;

const later = 99;

export const ledgers: readonly Scenario[] = [
  {
    name: 'ledger-locked',
    promise: 'a ledger that is locked for a whole run costs time, and no file, then or later',
    seconds: 60,
    run: (stage, findings) =>
      eachJob(stage, findings, [
        ['locked from the first run on', lockedFirst],
        ['locked in the second run', lockedLater],
      ]),
  },
  {
    name: 'ledger-corrupt',
    promise:
      'a ledger that cannot be read is set aside; nothing fails, nothing is there twice, the next one is sound',
    seconds: 60,
    run: (stage, findings) =>
      eachJob(stage, findings, [
        ['scribbled over in the middle', damaged(scribble)],
        ['cut in two', damaged((file) => truncateSync(file, Math.floor(statSync(file).size / 2)))],
        ['cut within its first page', damaged((file) => truncateSync(file, 50))],
        ['a text in its place', damaged((file) => writeFileSync(file, 'my notes\n'.repeat(2_000)))],
        ['empty', damaged((file) => truncateSync(file, 0))],
      ]),
  },
  {
    name: 'ledger-newer',
    promise: 'the ledger of a newer Shoal is left as it is; nothing fails, nothing is there twice',
    seconds: 30,
    run: (stage, findings) => eachJob(stage, findings, [['of version 99', newer]]),
  },
  {
    name: 'ledger-lost',
    promise:
      'a ledger that is lost between two runs costs time, and no file: nothing fails, nothing is there twice',
    seconds: 30,
    run: (stage, findings) => eachJob(stage, findings, [['removed', lost]]),
  },
];

type Attacks = readonly (readonly [name: string, attack: (attack: Attack) => Promise<void>])[];

async function eachJob(stage: Stage, findings: Findings, attacks: Attacks): Promise<void> {
  const jobs: [string, Job][] = [
    ['thumbs', await fewThumbs(stage)],
    ['fetch', await fetchJob(stage.materials, 120)],
  ];
  for (const _round of stage.roundsOf(1, findings)) {
    for (const [job, { prepare, ...rest }] of jobs) {
      for (const [name, attack] of attacks) {
        findings.during(`${job}, ${name}`);
        using site = stage.site();
        const args = prepare(site);
        const again = async () => void (await completed({ prepare, ...rest }, args, site, findings));
        await attack({ findings, site, random: stage.random, again });
      }
    }
  }
}

/** Into a folder that only the ledger knows to be Shoal's. */
async function fewThumbs({ materials }: Stage): Promise<Job> {
  const job = await thumbsJob(materials);
  const { names } = await materials.pictures();
  const expected = new Map(
    names.filter((name) => name.endsWith('1.jpg')).map((name) => [name, job.expected.get(name) ?? '']),
  );
  return { ...job, prepare: (site) => [...job.prepare(site), '--match', '*1.jpg'], expected };
}

async function lockedFirst({ findings, site, again }: Attack): Promise<void> {
  mkdirSync(site.state, { recursive: true });
  const lock = await lockLedger(site.state);
  await again();
  await lock.release();
  await again();
  findings.ledger(site.state);
}

async function lockedLater({ findings, site, again }: Attack): Promise<void> {
  await again();
  const lock = await lockLedger(site.state);
  await again();
  await lock.release();
  await again();
  findings.ledger(site.state);
}

function damaged(damage: (file: string, random: Random) => void) {
  return async ({ findings, site, random, again }: Attack): Promise<void> => {
    await again();
    damage(ledgerIn(site.state), random);
    for (const rest of ['-wal', '-shm']) rmSync(ledgerIn(site.state) + rest, { force: true });
    for (let rerun = 0; rerun < rerunsAfterDamage; rerun += 1) await again();
    findings.ledger(site.state);
  };
}

function scribble(file: string, random: Random): void {
  const { size } = statSync(file);
  const opened = openSync(file, 'r+');
  const bytes = random.bytes(Math.floor(size / 2));
  writeSync(opened, bytes, 0, bytes.length, Math.floor(size / 4));
  closeSync(opened);
}

async function newer({ findings, site, again }: Attack): Promise<void> {
  await again();
  setVersionOfLedger(site.state, later);
  await again();
  findings.ledger(site.state);
  const version = versionOfLedger(site.state);
  if (version !== later) findings.complain(`its version was set back to ${version}`);
}

async function lost({ findings, site, again }: Attack): Promise<void> {
  await again();
  rmSync(site.state, { recursive: true });
  await again();
  await again();
  findings.ledger(site.state);
}

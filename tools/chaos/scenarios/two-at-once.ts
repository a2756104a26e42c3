import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashOfBody, pathOf } from '../bodies.ts';
import type { Findings } from '../findings.ts';
import { inspect, inspectContents } from '../folder.ts';
import { fetchArgs, fetchJob, ownThumbsJob } from '../jobs.ts';
import { age, untilOnDisk } from '../parts.ts';
import { container, here, otherMachine, type Within } from '../places.ts';
import type { Scenario, Site, Stage } from '../scenario.ts';
import { run, start } from '../shoal.ts';

/** Two runs that do not see each other's processes, or do. */
interface Pair {
  readonly places: readonly [Within, Within];
  /** Whether the two may remember in one ledger; SQLite's locks do not reach from machine to machine. */
  readonly mayShareLedger: boolean;
}

const rounds = 3;

export const twoAtOnce: readonly Scenario[] = [
  {
    name: 'two-runs',
    promise: 'two runs on one folder at once end well, with every file right and there once',
    seconds: 50,
    run: (stage, findings) => pairRounds(stage, findings, { places: [here, here], mayShareLedger: true }),
  },
  {
    name: 'two-containers',
    promise: 'the same of two containers on a shared folder, both being process 1, or one beside its host',
    seconds: 80,
    run: async (stage, findings) => {
      const inside = container();
      if (!inside) return findings.skip('process ids cannot be unshared here');
      for (const other of [inside, here]) {
        await pairRounds(stage, findings, {
          places: [other, inside],
          mayShareLedger: true,
        });
      }
    },
  },
  {
    name: 'two-machines',
    promise: 'the same of two machines on a shared folder, with the same process ids',
    seconds: 50,
    run: async (stage, findings) => {
      using site = stage.site();
      const one = otherMachine('shoal-one', site.folder);
      const other = otherMachine('shoal-two', site.folder);
      if (!one || !other) return findings.skip('host names and process ids cannot be unshared here');
      await pairRounds(stage, findings, {
        places: [one, other],
        mayShareLedger: false,
      });
    },
  },
];

async function pairRounds(stage: Stage, findings: Findings, pair: Pair): Promise<void> {
  for (const round of stage.roundsOf(rounds, findings)) {
    for (const attack of [oneList, sameNames, onePictureFolder, oneLargeFile, oneKilled]) {
      using site = stage.site();
      const shared = pair.mayShareLedger && round % 2 === 0;
      await attack({ stage, findings, site, pair, round, states: statesOf(site, shared) });
    }
  }
}

interface Attack {
  readonly stage: Stage;
  readonly findings: Findings;
  readonly site: Site;
  readonly pair: Pair;
  readonly round: number;
  readonly states: readonly [string, string];
}

function statesOf({ state, folder }: Site, shared: boolean): [string, string] {
  return [state, shared ? state : join(folder, 'other-state')];
}

async function both({ pair, states, stage }: Attack, args: readonly [string[], string[]]) {
  const one = start({ args: args[0], state: states[0], within: pair.places[0] });
  await sleep(stage.random.below(150));
  const other = start({ args: args[1], state: states[1], within: pair.places[1] });
  return Promise.all([one.ended, other.ended]);
}

/** The same URLs into the same folder. */
async function oneList(attack: Attack): Promise<void> {
  const { findings, stage, site, states } = attack;
  findings.during('the same list');
  const job = await fetchJob(stage.materials, 200);
  const args = job.prepare(site);
  const ends = await both(attack, [args, args]);
  const seen = inspect(site.out, job.expected);
  findings.finally(seen);
  for (const ended of ends) {
    findings.ended(ended, [0]);
    findings.told(ended, site.out, seen);
  }
  for (const state of new Set(states)) findings.ledger(state);
}

/** Other URLs whose files want the same names, large enough to lie in parts for a while. */
async function sameNames(attack: Attack): Promise<void> {
  const { findings, stage, site } = attack;
  findings.during('other files of the same names');
  const address = await stage.materials.origin();
  const lists = ['a', 'b'].map((list) =>
    Array.from({ length: 16 }, (_, index) => pathOf('large-bare', 800_000, `${list}/f${index}.bin`)),
  );
  const [one = [], other = []] = lists.map((paths, place) =>
    fetchArgs(site, { urls: paths.map((path) => address + path) }, { pool: 8, list: `list-${place}.txt` }),
  );
  const ends = await both(attack, [one, other]);
  const seen = inspectContents(site.out, lists.flat().map(hashOfBody));
  findings.finally(seen);
  for (const ended of ends) {
    findings.ended(ended, [0]);
    findings.told(ended, site.out, seen);
  }
}

async function onePictureFolder(attack: Attack): Promise<void> {
  const { findings, stage, site } = attack;
  findings.during('the same pictures');
  const job = await ownThumbsJob(stage.materials, 300);
  const args = job.prepare(site);
  const ends = await both(attack, [args, args]);
  const seen = inspect(job.outputs(site), job.expected);
  findings.finally(seen);
  for (const ended of ends) {
    findings.ended(ended, [0]);
    findings.told(ended, job.outputs(site), seen);
  }
}

/** The second run comes upon the part that the first is at. */
async function oneLargeFile({ findings, stage, site, pair, states }: Attack): Promise<void> {
  findings.during('one large file');
  const set = await stage.materials.urls([pathOf('slow', 3_000_000, 'big.bin')]);
  const args = fetchArgs(site, set);
  const first = start({ args, state: states[0], within: pair.places[0] });
  await untilOnDisk(site.out, 500_000);
  const second = start({ args, state: states[1], within: pair.places[1] });
  const ends = await Promise.all([first.ended, second.ended]);
  const seen = inspect(site.out, set.files);
  findings.finally(seen);
  for (const ended of ends) {
    findings.ended(ended, [0]);
    findings.told(ended, site.out, seen);
  }
}

/** One of the two is killed in the middle, the first or the second in turn; then it is run again. */
async function oneKilled({ findings, stage, site, pair, states, round }: Attack): Promise<void> {
  findings.during('one of two killed');
  const set = await stage.materials.urls([
    pathOf('slow', 2_500_000, 'big.bin'),
    pathOf('large', 900_000, 'other.bin'),
    pathOf('large-bare', 2_000_000, 'bare.bin'),
  ]);
  const args = fetchArgs(site, set);
  const first = start({ args, state: states[0], within: pair.places[0] });
  await untilOnDisk(site.out, 400_000);
  const second = start({ args, state: states[1], within: pair.places[1] });
  await sleep(200 + stage.random.below(400));
  const [victim, survivor] = round % 2 === 0 ? [first, second] : [second, first];
  victim.kill('SIGKILL');
  const survived = await survivor.ended;
  findings.ended(await victim.ended);
  findings.ended(survived, [0]);
  const between = inspect(site.out, set.files);
  findings.between(between);
  findings.told(survived, site.out, between);
  const again = { args, state: states[round % 2] ?? site.state, within: pair.places[round % 2] ?? here };
  findings.ended(await run(again), [0]);
  // From elsewhere nobody can know at once that the killed one is no more, and the beginning of a large file may be kept for
  // whoever asks for its rest: what is left has to go when it has lain there for long.
  age(site.out);
  const ended = await run(again);
  findings.ended(ended, [0]);
  const seen = inspect(site.out, set.files);
  findings.finally(seen);
  findings.told(ended, site.out, seen);
}

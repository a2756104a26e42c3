import { copyFileSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bodyOf, etagOf, pathOf } from '../bodies.ts';
import type { Findings } from '../findings.ts';
import { contentsOf, inspect, partsIn, sha256 } from '../folder.ts';
import { fetchArgs, ownThumbsJob } from '../jobs.ts';
import { untilOnDisk } from '../parts.ts';
import { container } from '../places.ts';
import type { Scenario, Site, Stage } from '../scenario.ts';
import { run, start } from '../shoal.ts';

export const symlinks: readonly Scenario[] = [
  {
    name: 'symlinks-files',
    promise: 'a link that lies where Shoal writes is never followed: what it leads to stays as it was',
    seconds: 40,
    run: async (stage, findings) => {
      for (const _round of stage.roundsOf(3, findings)) {
        for (const attack of [foretoldByUrl, foretoldByProcess, learnt, finalNames])
          await attack(stage, findings);
      }
    },
  },
  {
    name: 'symlinks-thumbs',
    promise: 'a link named thumbs that leads to originals has none of them overwritten',
    seconds: 20,
    run: async (stage, findings) => {
      for (const _round of stage.roundsOf(1, findings)) {
        for (const target of ['2020', '.', '../beside', '2020/deeper'])
          await linkedThumbs(stage, findings, target);
      }
    },
  },
];

/** Files that are nobody's business: whatever happens they stay as they are. */
class Victims {
  readonly #folder: string;
  readonly #before = new Map<string, string>();

  constructor({ folder }: Site) {
    this.#folder = join(folder, 'private');
    mkdirSync(this.#folder, { mode: 0o700 });
  }

  /** A link to a new victim. */
  behind(link: string, content: string | Buffer = 'my own words'): void {
    const name = `victim-${this.#before.size}.txt`;
    const path = join(this.#folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    this.#before.set(name, sha256(readFileSync(path)));
    symlinkSync(path, link);
  }

  /** A link to what is not there, and must not be there afterwards. */
  behindNothing(link: string): void {
    symlinkSync(join(this.#folder, 'nothing.txt'), link);
  }

  check(findings: Findings): void {
    const { wrong, missing } = inspect(this.#folder, this.#before);
    findings.wrong += wrong.length + missing.length;
    if (wrong.length > 0) findings.complain('wrote through a link');
    if (missing.length > 0) findings.complain('removed what a link leads to');
  }
}

/** The names that a URL's part and its note have had in the past. */
async function foretoldByUrl(stage: Stage, findings: Findings): Promise<void> {
  findings.during('part names foretold by the URL');
  using site = stage.site();
  const paths = ['part', 'note', 'both'].map((name) => pathOf('large', 900_000, `${name}.bin`));
  const set = await stage.materials.urls(paths);
  const [part = '', note = '', both = ''] = set.urls.map((url) =>
    join(site.out, `.shoal-${sha256(Buffer.from(url)).slice(0, 16)}.part`),
  );
  const victims = new Victims(site);
  mkdirSync(site.out);
  victims.behind(part);
  victims.behind(`${note}.json`);
  // The beginning of the right version, as of a process that is no more: an invitation to go on with it.
  const body = bodyOf(paths[2] ?? '');
  victims.behind(both, body.subarray(0, 200_000));
  victims.behind(
    `${both}.json`,
    JSON.stringify({ pid: 999_999_999, etag: etagOf(body), length: body.length }),
  );
  const ended = await run({ args: fetchArgs(site, set), state: site.state });
  findings.ended(ended, [0]);
  victims.check(findings);
  const seen = inspect(site.out, set.files);
  findings.finally({ ...seen, parts: [] });
  findings.told(ended, site.out, seen);
}

/** In a container the process id is foretold too. */
async function foretoldByProcess(stage: Stage, findings: Findings): Promise<void> {
  findings.during('part names foretold by the process id');
  const inside = container();
  if (!inside) return;
  using site = stage.site();
  const job = await ownThumbsJob(stage.materials, 40);
  const args = job.prepare(site);
  const victims = new Victims(site);
  const outputs = job.outputs(site);
  mkdirSync(outputs);
  for (let thread = 0; thread < 6; thread += 1) {
    for (let count = 1; count <= 40; count += 1) {
      victims.behind(join(outputs, `.shoal-1-${thread}-${count}.part`));
    }
  }
  findings.ended(await run({ args, state: site.state, within: inside }), [0]);
  victims.check(findings);
  findings.between(inspect(outputs, job.expected));
}

/** Whatever the names are: those that a killed run has left are names that a rerun may look for. */
async function learnt(stage: Stage, findings: Findings): Promise<void> {
  findings.during('part names of a killed run');
  using site = stage.site();
  const set = await stage.materials.urls([pathOf('slow', 2_500_000, 'big.bin')]);
  const args = fetchArgs(site, set);
  const running = start({ args, state: site.state });
  await untilOnDisk(site.out, 600_000);
  running.kill('SIGKILL');
  findings.ended(await running.ended);
  const victims = new Victims(site);
  for (const name of partsIn(site.out)) {
    const part = join(site.out, name);
    const content = readFileSync(part);
    renameSync(part, join(site.folder, `was-${name}`));
    // The very bytes that are looked for, so that a rerun would want to go on with them.
    victims.behind(part, content);
  }
  const ended = await run({ args, state: site.state });
  findings.ended(ended, [0]);
  victims.check(findings);
  const seen = inspect(site.out, set.files);
  // Whether the links themselves are taken away is left open.
  findings.finally({ ...seen, parts: [] });
  findings.told(ended, site.out, seen);
}

/** Links where the files themselves go: they are somebody's own, and the files go elsewhere or fail. */
async function finalNames(stage: Stage, findings: Findings): Promise<void> {
  findings.during('links under final names');
  using site = stage.site();
  const set = await stage.materials.urls(
    ['a', 'b', 'c'].map((name) => pathOf('quick', 9_000, `${name}.bin`)),
  );
  const victims = new Victims(site);
  mkdirSync(site.out);
  victims.behind(join(site.out, 'a.bin'));
  victims.behindNothing(join(site.out, 'b.bin'));
  const fetched = await run({ args: fetchArgs(site, set), state: site.state });
  findings.ended(fetched, [0, 1]);
  const job = await ownThumbsJob(stage.materials, 10);
  const args = job.prepare(site);
  const outputs = job.outputs(site);
  mkdirSync(outputs);
  const [one = '', other = ''] = job.expected.keys();
  victims.behind(join(outputs, one));
  victims.behindNothing(join(outputs, other));
  findings.ended(await run({ args, state: site.state }), [0, 1]);
  victims.check(findings);
}

/** Photos in a folder and in one below it, of the same names, and `thumbs` leading to where it should not. */
async function linkedThumbs(stage: Stage, findings: Findings, target: string): Promise<void> {
  findings.during(`thumbs -> ${target}`);
  using site = stage.site();
  const { folder, names } = await stage.materials.pictures();
  const photos = join(site.folder, 'photos');
  const places = [photos, join(photos, '2020'), join(photos, '2020/deeper'), join(site.folder, 'beside')];
  for (const [place, at] of places.entries()) {
    mkdirSync(at);
    // The same names with other pictures: one must not take the other's place.
    for (const [index, name] of names.slice(0, 10).entries()) {
      const picture = names[index + place * 20] ?? name;
      copyFileSync(join(folder, picture), join(at, name));
    }
  }
  symlinkSync(target, join(photos, 'thumbs'));
  const before = contentsOf(site.folder);
  // Refused, failed or made elsewhere: what matters is what becomes of the originals.
  findings.ended(await run({ args: ['thumbs', photos], state: site.state }), [0, 1, 2]);
  const after = contentsOf(site.folder);
  const harmed = [...before].filter(([path, hash]) => after.get(path) !== hash);
  findings.filesSeen += before.size;
  findings.wrong += harmed.length;
  if (harmed.length > 0) findings.complain('originals overwritten');
}

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDeb } from '../deb.ts';
import type { DistCheck } from '../tree.ts';

/**
 * A package of the same tree is installed by dpkg into an empty system, its command found where it leads, and removed and purged:
 * nothing of it is left, and all that others have there is as it was.
 */
export const check: DistCheck = {
  name: 'deb',
  async run({ root, packed }) {
    if (spawnSync('dpkg', ['--version']).error !== undefined) return { skipped: 'needs dpkg' };
    const work = mkdtempSync(join(tmpdir(), 'shoal-deb-'));
    try {
      const deb = makeDeb({ root, packed, arch: 'x64', folder: work, hasty: true });
      const system = join(work, 'system');
      const dpkg = dpkgOf(system);
      makeEmptySystem(system);
      const before = allBelow(system);
      dpkg('--install', deb);
      lookAtInstalled(system);
      dpkg('--remove', 'shoal');
      dpkg('--purge', 'shoal');
      const after = allBelow(system);
      const left = [...after.keys()].filter((path) => !before.has(path));
      if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
      const touched = [...before]
        .filter(([path, content]) => after.get(path) !== content)
        .map(([path]) => path);
      if (touched.length > 0) throw new Error(`of the files of others it touched ${touched.join(', ')}`);
      return undefined;
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  },
};

/** Without root's rights for what needs none; the libraries that the package asks for are not in an empty system. */
function dpkgOf(system: string): (...args: string[]) => void {
  return (...args) => {
    const force = ['--force-not-root', '--force-depends', '--force-bad-path', '--force-script-chrootless'];
    const { status, stdout, stderr } = spawnSync('dpkg', [`--root=${system}`, ...force, ...args], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    });
    if (status !== 0) throw new Error(`dpkg ${args.join(' ')}: ${stdout}${stderr}`);
  };
}

/** What others have there, in the folders that the package uses too. */
const ofOthers = [
  'home/anna/.config/Shoal/settings.json',
  'home/anna/photos/thumbs/a.jpg',
  'opt/other/file',
  'usr/bin/other',
  'usr/share/other',
];

function makeEmptySystem(system: string): void {
  const dpkgFolder = join(system, 'var/lib/dpkg');
  for (const folder of ['info', 'updates', 'triggers'])
    mkdirSync(join(dpkgFolder, folder), { recursive: true });
  for (const file of ['status', 'available']) writeFileSync(join(dpkgFolder, file), '');
  for (const path of ofOthers) {
    mkdirSync(join(system, path, '..'), { recursive: true });
    writeFileSync(join(system, path), `of others: ${path}`);
  }
}

/** Each path but those of dpkg's own books, and what is there. */
function allBelow(system: string): Map<string, string> {
  const paths = readdirSync(system, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !/^var(\/|$)/.test(path),
  );
  return new Map(
    paths.map((path) => [
      path,
      lstatSync(join(system, path)).isFile() ? readFileSync(join(system, path), 'utf8') : '',
    ]),
  );
}

function lookAtInstalled(system: string): void {
  const leadsTo = readlinkSync(join(system, 'usr/bin/shoal'));
  const launcher = join(system, leadsTo);
  if (!existsSync(launcher)) throw new Error(`/usr/bin/shoal leads to ${leadsTo}, which is not installed`);
  // Bits 111: for everybody.
  if ((lstatSync(launcher).mode & 0o111) !== 0o111) throw new Error(`${leadsTo} cannot be run by everybody`);
  const told = spawnSync(launcher, ['--version'], { encoding: 'utf8' });
  if (told.status !== 0) throw new Error(`shoal --version of the package: ${told.stdout}${told.stderr}`);
  for (const path of [
    'opt/Shoal/shoal',
    'opt/Shoal/resources/app.asar',
    'opt/Shoal/resources/distribution',
  ]) {
    if (!existsSync(join(system, path))) throw new Error(`/${path} is not installed`);
  }
  const sandbox = lstatSync(join(system, 'opt/Shoal/chrome-sandbox')).mode & 0o7777;
  if (sandbox !== 0o4755) throw new Error(`chrome-sandbox has the rights ${sandbox.toString(8)}, not 4755`);
}

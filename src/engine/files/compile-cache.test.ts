import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleFolder } from '../../../test/images/image-folders.ts';
import { needs } from '../../../test/needs.ts';
import { asNobody, ownedByNobody } from '../../../test/nobody.ts';
import { Shell } from '../../../test/run-shoal.ts';
import { tempFolder } from '../../../test/temp-folder.ts';

const isRoot = process.getuid?.() === 0;

/** Unset, because the environment names a folder that the tests' other processes share; these must find their own. */
const unnamed = { NODE_COMPILE_CACHE: undefined };

async function version(stateFolder: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
  const shell = new Shell(stateFolder);
  expect(await shell.run(['--version'], { env: { ...unnamed, ...env } })).toMatchObject({
    code: 0,
    stderr: '',
  });
}

const cacheIn = (state: string): string => join(state, 'compile-cache');

const spoilers: [whose: string, spoil: (folder: string) => void][] = [
  ['everybody may write to', (folder) => chmodSync(folder, 0o777)],
  ['the group may write to', (folder) => chmodSync(folder, 0o770)],
];
if (isRoot) spoilers.push(['is another user’s', (folder) => chownSync(folder, 65_534, 65_534)]);

describe('compiled code', () => {
  test('is kept in the state folder, where nobody else can write, and not among temporary files', async () => {
    const state = join(tempFolder(), 'made/by/shoal');
    const TMPDIR = tempFolder();
    await version(state, { TMPDIR });
    expect(readdirSync(cacheIn(state)).length).toBeGreaterThan(0);
    expect([statSync(state).mode & 0o777, statSync(cacheIn(state)).mode & 0o777]).toEqual([0o700, 0o700]);
    expect(readdirSync(TMPDIR)).toEqual([]);
  });

  test('of the worker threads is kept there too', async () => {
    const shell = new Shell(join(tempFolder(), 'state'));
    await shell.run(['--version'], { env: unnamed });
    const kept = () => readdirSync(cacheIn(shell.stateFolder), { recursive: true }).length;
    const before = kept();
    await shell.run(['thumbs', await sampleFolder(1)], { env: unnamed });
    expect(kept()).toBeGreaterThan(before + 5);
  });

  test.each(spoilers)('is not kept in a folder that %s', async (_whose, spoil) => {
    for (const spoilt of ['compile-cache', '.']) {
      const state = tempFolder();
      mkdirSync(cacheIn(state), { mode: 0o700 });
      spoil(join(state, spoilt));
      await version(state);
      expect(readdirSync(cacheIn(state))).toEqual([]);
    }
  });

  test('is not kept behind a link that somebody has laid', async () => {
    const state = tempFolder();
    const elsewhere = tempFolder();
    symlinkSync(elsewhere, cacheIn(state));
    await version(state);
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(lstatSync(cacheIn(state)).isSymbolicLink()).toBe(true);
  });

  test('is not kept, without a word, where there is no place for it', async () => {
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    await version(file);
    await version('/proc/nothing');
    const state = tempFolder();
    writeFileSync(cacheIn(state), '');
    await version(state);
  });

  test('is not kept, without a word, in a state folder that may not be written', async () => {
    const state = tempFolder();
    ownedByNobody(state);
    chmodSync(state, 0o555);
    const run = await new Shell(state).run(['--version'], { env: unnamed, ...asNobody });
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(readdirSync(state)).toEqual([]);
  });

  test('is kept where a person says, or not at all', async () => {
    const state = tempFolder();
    const named = join(tempFolder(), 'named');
    await version(state, { NODE_COMPILE_CACHE: named });
    expect(readdirSync(named).length).toBeGreaterThan(0);
    await version(state, { NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(readdirSync(state)).toEqual([]);
  });
});

needs('root', isRoot).test(
  'a user without a home has neither, is told so once, and gets the images',
  async () => {
    const folder = await sampleFolder(2);
    chmodSync(folder, 0o777);
    const env = { HOME: undefined, SHOAL_STATE_DIR: undefined, XDG_STATE_HOME: undefined, ...unnamed };
    const run = await new Shell().json(['thumbs', folder], { env, uid: 54_321, gid: 54_321 });
    expect([run.code, run.summary?.done]).toEqual([0, 2]);
    expect(run.stderr).toMatch(/^warning: There is no place for a ledger \(.+\).*\n$/);
  },
);

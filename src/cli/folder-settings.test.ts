import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { needs } from '../../test/needs.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { parseFolderSettings } from '../shared/presets/folder-preset.ts';
import { folderSettings } from '../shared/presets/folder-settings.ts';
import { allSettings } from '../shared/settings/all-settings.ts';
import { walkSettings } from '../shared/settings/run-settings.ts';
import { thumbnailSettings } from '../shared/settings/thumbnail-settings.ts';
import { defaultableOptions } from './defaults/default-names.ts';
import { FolderFile } from './defaults/folder-file.ts';
import { valuesOf } from './flags/values-of.ts';
import { LazyEngine } from './process/lazy-engine.ts';
import { createProgram } from './program.ts';

const withFifo = needs('mkfifo', spawnSync('mkfifo', ['--version']).status === 0);

/** `photos` with an image, and with this as its shoal.json. */
async function photosWith(config: object | string): Promise<{ shell: Shell; cwd: string; photos: string }> {
  const cwd = tempFolder();
  const photos = join(cwd, 'photos');
  cpSync(await sampleFolder(1), photos, { recursive: true });
  const text = typeof config === 'string' ? config : JSON.stringify(config, null, 2);
  writeFileSync(join(photos, 'shoal.json'), text);
  return { shell: new Shell(), cwd, photos };
}

test('a folder says how thumbnails are made of it, and the run says that it did', async () => {
  const { shell, cwd, photos } = await photosWith({
    thumbs: { size: 30, format: 'webp', out: 'small/ones' },
  });
  const { code, stderr, results } = await shell.json(['thumbs', 'photos'], { cwd });
  expect([code, stderr, results[0]?.width]).toEqual([0, 'Settings from photos/shoal.json.\n', 30]);
  expect(readdirSync(join(photos, 'small/ones'))).toEqual(['sample-00001.webp']);
  const quiet = await shell.run(['thumbs', 'photos', '--quiet'], { cwd });
  expect([quiet.code, quiet.stdout, quiet.stderr]).toEqual([0, '', '']);
});

test('it goes before the person’s own file, and after flags, presets and the environment', async () => {
  const { shell, cwd } = await photosWith({ thumbs: { size: 30 } });
  writeFileSync(join(shell.stateFolder, 'shoal.json'), '{"thumbs": {"size": 20, "format": "png"}}');
  const made = async (args: string[], env = {}) => {
    const { results } = await shell.json(['thumbs', 'photos', '--force', ...args], { cwd, env });
    return [results[0]?.width, String(results[0]?.output).replace(/.*\./, '')];
  };
  expect(await made([])).toEqual([30, 'png']);
  expect(await made([], { SHOAL_SIZE: '25' })).toEqual([25, 'png']);
  expect(await made(['--preset', 'article'])).toEqual([75, 'jpg']);
  expect(await made(['--size', '15'])).toEqual([15, 'png']);
});

test('it can be left out by a flag, a variable and the person’s own file', async () => {
  const { shell, cwd } = await photosWith({ thumbs: { size: 30 } });
  const widthOf = async (args: string[], env = {}) => {
    const { results, stderr } = await shell.json(['thumbs', 'photos', '--force', ...args], { cwd, env });
    return [results[0]?.width, stderr];
  };
  expect(await widthOf(['--no-folder-settings'])).toEqual([75, '']);
  expect(await widthOf([], { SHOAL_FOLDER_SETTINGS: 'no' })).toEqual([75, '']);
  writeFileSync(join(shell.stateFolder, 'shoal.json'), '{"all": {"folder-settings": false}}');
  expect(await widthOf([])).toEqual([75, '']);
});

test('of several folders none says how all are made, and that is told', async () => {
  const { shell, cwd, photos } = await photosWith({ thumbs: { size: 30 } });
  cpSync(await sampleFolder(1), join(cwd, 'more'), { recursive: true });
  const { results, stderr } = await shell.json(['thumbs', 'photos', 'more'], { cwd });
  expect(results.map(({ width }) => width)).toEqual([75, 75]);
  expect(stderr).toBe('photos/shoal.json is not used: it is for runs of its folder alone.\n');
  expect((await shell.run(['thumbs', 'photos', 'more', '--quiet'], { cwd })).stderr).toBe('');
  // Nor does it matter where a run is started.
  const inside = await shell.json(['thumbs', '../more', '--force'], { cwd: photos });
  expect([inside.results[0]?.width, inside.stderr]).toEqual([75, '']);
});

test('shoal config tells what a folder says', async () => {
  const { shell, cwd } = await photosWith({ thumbs: { size: 30, out: 'small' } });
  const { stdout } = await shell.run(['config', 'show', 'photos'], { cwd });
  expect(stdout).toContain('  thumbs.size  30 (photos/shoal.json:3)\n');
  expect(stdout).toContain('  thumbs.out   "small" (photos/shoal.json:4)\n');
});

const way = '--no-folder-settings leaves the shoal.json of the folder out.\n';
const at = 'shoal: photos/shoal.json';

test.each([
  ['{"thumbs": {"out": "../out"}}', `${at}:1: Expected out to be a folder inside this one, got "../out".\n`],
  [
    '{"thumbs": {"out": "a/../../b"}}',
    `${at}:1: Expected out to be a folder inside this one, got "a/../../b".\n`,
  ],
  ['{"thumbs": {"out": "/tmp/x"}}', `${at}:1: Expected out to be a folder inside this one, got "/tmp/x".\n`],
  ['{"thumbs": {"out": "~/x"}}', `${at}:1: Expected out to be a folder inside this one, got "~/x".\n`],
  ['{"thumbs": {"out": "."}}', `${at}:1: Expected out to be a folder inside this one, got ".".\n`],
  [
    '{"thumbs": {"out": "C:\\\\x"}}',
    `${at}:1: Expected out to be a folder inside this one, got "C:\\\\x".\n`,
  ],
  [
    '{"thumbs": {"out": "s3://b/x"}}',
    `${at}:1: Expected out to be a folder inside this one, got "s3://b/x".\n`,
  ],
  ['{"thumbs": {"size": 16000}}', `${at}:1: Expected size to be at most 4096 pixels a side, got 16000.\n`],
  ['{"thumbs": {"keep": "all"}}', `${at}:1: Expected keep to be none or icc, got "all".\n`],
  ['{"thumbs": {"force": true}}', `${at}:1: The shoal.json of a folder cannot set force.\n`],
  ['{"thumbs": {"max-pixels": 9}}', `${at}:1: The shoal.json of a folder cannot set max-pixels.\n`],
  ['{"thumbs": {"folder-settings": 1}}', `${at}:1: The shoal.json of a folder cannot set folder-settings.\n`],
  ['{"fetch": {"header": "A: b"}}', `${at}:1: The shoal.json of a folder has settings of thumbs alone.\n`],
  ['{"fetch": {"proxy": "http://h"}}', `${at}:1: The shoal.json of a folder has settings of thumbs alone.\n`],
  ['{"all": {"quiet": true}}', `${at}:1: The shoal.json of a folder has settings of thumbs alone.\n`],
  [
    '{\n"thumbs": {\n"qualitty": 9}}',
    `${at}:3: There is no setting qualitty of shoal thumbs; quality is one.\n`,
  ],
  ['{"thumbs": {"quality": 900}}', `${at}:1: Expected a whole number from 1 to 100, got 900.\n`],
  ['{"thumbs": {"name": "{nome}"}}', `${at}:1: Expected {name} instead of {nome}, got {nome}.\n`],
])('of the file %s it says what is wrong, and starts nothing', async (text, expected) => {
  const { shell, cwd, photos } = await photosWith(text);
  const { code, stdout, stderr } = await shell.run(['thumbs', 'photos'], { cwd });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe(expected + way);
  expect([readdirSync(cwd), readdirSync(photos).length]).toEqual([['photos'], 2]);
  expect((await shell.run(['thumbs', 'photos', '--no-folder-settings', '--dry-run'], { cwd })).code).toBe(0);
});

test('no link leads out of the folder, neither by the output nor as the file itself', async () => {
  const { shell, cwd, photos } = await photosWith({ thumbs: { out: 'small/deep' } });
  const outside = tempFolder();
  symlinkSync(outside, join(photos, 'small'));
  const told = async () => {
    const { code, stderr } = await shell.run(['thumbs', 'photos'], { cwd });
    return [code, stderr];
  };
  expect(await told()).toEqual([2, `${at}:3: A link leads out of the folder by out: "small/deep".\n${way}`]);
  expect(readdirSync(outside)).toEqual([]);
  writeFileSync(join(outside, 'secret'), '{"password": "hunter2"}');
  rmSync(join(photos, 'shoal.json'));
  symlinkSync(join(outside, 'secret'), join(photos, 'shoal.json'));
  expect(await told()).toEqual([2, `${at} is a link. The settings of a folder are a file in it.\n${way}`]);
  // A link to what the folder itself has is as good as that.
  rmSync(join(photos, 'shoal.json'));
  writeFileSync(join(photos, 'shoal.json'), '{"thumbs": {"out": "linked"}}');
  mkdirSync(join(photos, 'real'));
  symlinkSync('real', join(photos, 'linked'));
  expect((await told())[0]).toBe(0);
});

withFifo.test('what is no file is told at once, and nothing waits for it', async () => {
  const { shell, cwd, photos } = await photosWith('');
  rmSync(join(photos, 'shoal.json'));
  spawnSync('mkfifo', [join(photos, 'shoal.json')]);
  const { code, stderr } = await shell.run(['thumbs', 'photos'], { cwd });
  expect([code, stderr]).toEqual([
    2,
    `shoal: Cannot read the configuration photos/shoal.json: it is no file.\n${way}`,
  ]);
  expect(existsSync(join(photos, 'thumbs'))).toBe(false);
});

test.each([
  [{ size: 30, fit: 'cover', quality: '70', lossless: true, recursive: false }],
  [{ size: ['75', '320x240'], format: ['webp', 'jpeg'], exclude: 'cache', match: '*.jpg' }],
  [
    {
      'max-bytes': '20k',
      size: '8x9',
      exclude: ['a', 'b'],
      name: '{name}-s',
      sharpen: 0.5,
      background: 'white',
    },
  ],
])('the window takes of the file %j what a run takes', (settings) => {
  const folder = tempFolder();
  const text = JSON.stringify({ thumbs: settings });
  writeFileSync(join(folder, 'shoal.json'), text);
  const program = createProgram(() => {}, new LazyEngine());
  const flags = Object.fromEntries(
    (FolderFile.read(program, folder)?.values() ?? []).map(({ key, value }) => [
      key.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
  const values = { ...valuesOf(thumbnailSettings, flags), ...valuesOf(walkSettings, flags) };
  const named = Object.entries(values).filter(([, value]) => value !== undefined && String(value) !== '');
  expect(parseFolderSettings(text, 'shoal.json')).toEqual(Object.fromEntries(named));
});

test('of each flag of thumbs that may have a default it is decided whether a folder may set it', () => {
  const thumbs = createProgram(() => {}, new LazyEngine()).commands.find(
    (command) => command.name() === 'thumbs',
  );
  // Those of one call alone have a default nowhere.
  const settings = defaultableOptions(thumbs ?? new Command()).map(({ setting, long }) => {
    const isAllowed = Object.keys(folderSettings).some((key) => allSettings[key] === setting);
    return [long, isAllowed];
  });
  expect(Object.fromEntries(settings)).toEqual({
    '--size': true,
    '--fit': true,
    '--position': true,
    '--background': true,
    '--sharpen': true,
    '--format': true,
    '--quality': true,
    '--colour': true,
    '--keep': true,
    '--lossless': true,
    '--progressive': true,
    '--chroma': true,
    '--max-bytes': true,
    '--only-if-smaller': true,
    '--name': true,
    '--fast': true,
    '--previews': true,
    '--out': true,
    '--match': true,
    '--exclude': true,
    '--no-recursive': true,
    // Limits are there for what may come from anybody: it cannot loosen them.
    '--max-pixels': false,
    '--tolerant': false,
    // Of one machine, or of how a person works.
    '--pool': false,
    '--durable': false,
    '--shard': false,
    '--force': false,
    '--dry-run': false,
    '--no-journal': false,
    '--json': false,
    '--timings': false,
    '--quiet': false,
    '--verbose': false,
    '--progress': false,
    '--no-progress': false,
    // Whether this counts.
    '--no-folder-settings': false,
  });
});

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createPackageWithOptions } from '@electron/asar';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { onLinux } from '../../test/needs.ts';
import { check as archive } from './checks/archive.ts';
import { check as fuses } from './checks/fuses.ts';
import { check as notices } from './checks/notices.ts';
import { check as paths } from './checks/paths.ts';
import { check as size } from './checks/size.ts';
import { check as twice } from './checks/twice.ts';
import { makeStubElectron } from './stub-electron.ts';
import { extractTree, type Tree } from './tree.ts';

/** An app as small as it can be that has one of everything the checks look at. */
const app: Readonly<Record<string, string>> = {
  'package.json': '{"name":"shoal","version":"1.0.0","main":"out/main/index.cjs"}',
  'out/main/index.cjs': "require('./main.cjs');",
  'out/main/main.cjs': [
    "const { join } = require('node:path');",
    "require('electron');",
    "const worker = (0, join)(__dirname, './chunks/worker.cjs');",
    "const preload = join(__dirname, '../preload/index.cjs');",
    "try { require('not-needed'); } catch {}",
  ].join('\n'),
  'out/main/chunks/worker.cjs': "const codec = () => import('codec'); require$1('./reader.cjs');",
  'out/main/chunks/reader.cjs': "new URL('table.bin', require('url').pathToFileURL(__filename).href);",
  'out/main/chunks/table.bin': 'table',
  'out/main/chunks/pdf.wasm': 'pdf',
  'out/main/chunks/jxl.wasm': 'jxl',
  'out/main/chunks/jpeg2000.wasm': 'jpeg2000',
  'out/preload/index.cjs': "require('electron');",
  'out/renderer/index.html': '<script type="module" src="./assets/index.js"></script>',
  'out/renderer/assets/index.js': "import('./later.js');",
  'out/renderer/assets/later.js': 'export const later = 1;',
  'out/notices.json': '[{"name":"codec","version":"2.0.0","license":"MIT","text":"the MIT licence"}]',
  'node_modules/codec/package.json':
    '{"name":"codec","version":"2.0.0","exports":{"import":"./entry.mjs","require":"./entry.cjs"}}',
  'node_modules/codec/entry.mjs': "import './codec.wasm.mjs';",
  'node_modules/codec/entry.cjs': '',
  'node_modules/codec/codec.wasm.mjs': '',
};
const allFuses = JSON.parse(readFileSync(join(import.meta.dirname, '../../resources/fuses.json'), 'utf8'));

let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'shoal-dist-'));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The app in its archive beside a stub of Electron, without the files of these names, and that again out of it. */
async function packed({
  without = [] as string[],
  changed = {} as Record<string, string>,
} = {}): Promise<Tree> {
  const [source, folder] = [join(work, 'app'), join(work, 'packed')];
  write(source, { ...app, ...changed });
  for (const path of without) rmSync(join(source, path));
  await makeStubElectron(join(work, 'electron'), '1.0.0');
  cpSync(join(work, 'electron'), folder, { recursive: true });
  cpSync(join(folder, 'electron'), join(folder, 'shoal'));
  write(folder, {
    'LICENSE.electron.txt': 'MIT',
    'resources/LICENSE': 'MIT',
    'resources/app.asar.unpacked/cli/dist/THIRD-PARTY-NOTICES.txt': 'MIT',
  });
  await createPackageWithOptions(source, join(folder, 'resources/app.asar'), {
    unpackDir: 'node_modules/**',
  });
  const root = join(work, 'checkout');
  write(root, { 'resources/fuses.json': JSON.stringify(allFuses) });
  return extractTree(root, folder, join(work, 'extracted'));
}

it('is content with an app that has all it names', async () => {
  const tree = await packed();
  for (const check of [archive, notices, paths, size, twice])
    expect(await check.run(tree), check.name).toBeUndefined();
});

it.each([
  ['out/main/main.cjs', './main.cjs'],
  ['out/main/chunks/worker.cjs', './chunks/worker.cjs'],
  ['out/main/chunks/reader.cjs', './reader.cjs'],
  ['out/main/chunks/table.bin', './table.bin'],
  ['out/main/chunks/jxl.wasm', 'jxl.wasm'],
  ['out/preload/index.cjs', 'preload/index.cjs'],
  ['out/renderer/assets/index.js', './assets/index.js'],
  ['out/renderer/assets/later.js', './later.js'],
  ['node_modules/codec/entry.mjs', 'codec'],
  ['node_modules/codec/codec.wasm.mjs', './codec.wasm.mjs'],
])('finds that %s was left out of the archive', async (left, named) => {
  const tree = await packed({ without: [left] });
  await expect(paths.run(tree)).rejects.toThrow(named);
});

it('finds a path that is wrong', async () => {
  const main = (app['out/main/main.cjs'] ?? '').replace('./chunks/worker.cjs', './worker.cjs');
  const tree = await packed({ changed: { 'out/main/main.cjs': main } });
  await expect(paths.run(tree)).rejects.toThrow('out/main/main.cjs: ././worker.cjs');
});

it.each([
  ['of a package', '[]'],
  ['of that version', '[{"name":"codec","version":"1.0.0","license":"MIT","text":"the MIT licence"}]'],
  ['with its text', '[{"name":"codec","version":"2.0.0","license":"MIT","text":""}]'],
])('finds that the notice %s is missing', async (_, kept) => {
  const tree = await packed({ changed: { 'out/notices.json': kept } });
  await expect(notices.run(tree)).rejects.toThrow('no notice of codec 2.0.0');
});

it('finds that Electron’s own licences are missing', async () => {
  const tree = await packed();
  rmSync(join(tree.packed, 'LICENSES.chromium.html'));
  await expect(notices.run(tree)).rejects.toThrow('LICENSES.chromium.html is missing');
});

it('finds that a file beside the archive is missing', async () => {
  const tree = await packed();
  rmSync(join(tree.packed, 'resources/app.asar.unpacked/node_modules/codec/entry.cjs'));
  await expect(archive.run(tree)).rejects.toThrow(
    'app.asar.unpacked/node_modules/codec/entry.cjs is missing',
  );
});

it('finds that the app has grown too large, and says by what', async () => {
  const tree = await packed();
  const large = join(tree.packed, 'resources/large.bin');
  writeFileSync(large, '');
  truncateSync(large, 41_000_000);
  await expect(size.run(tree)).rejects.toThrow('large.bin 41.0 MB');
});

it('finds that a package is both bundled and in a folder', async () => {
  const tree = await packed();
  write(tree.root, {
    'node_modules/codec/package.json': '{"name":"codec","version":"1.0.0"}',
    'out/main/main.cjs.map': '{"sources":["../../node_modules/codec/entry.mjs"]}',
  });
  await expect(twice.run(tree)).rejects.toThrow('codec 2.0.0 and codec 1.0.0');
});

it('finds fuses that were not set', async () => {
  const tree = await packed();
  await expect(fuses.run(tree)).rejects.toThrow('runAsNode');
});

const runOf = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'check.ts'), ...args], { encoding: 'utf8' });

onLinux.test('runs no check by a name that none has, and says which there are', () => {
  const { status, stderr } = runOf('--keep', 'fusses');
  expect(status).not.toBe(0);
  expect(stderr).toMatch(/fusses is none of the checks: .*fuses/);
});

it('takes no word for what it is not', () => {
  const { status, stderr } = runOf('fuses');
  expect(status).not.toBe(0);
  expect(stderr).toContain('expected --keep, got fuses');
});

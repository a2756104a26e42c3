import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { decode, filesBelow, partFiles, sampleFolder } from '../../test/images/image-folders.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

test('a damaged ledger is set aside and told; everything is made, and the next run skips it', async () => {
  const folder = await sampleFolder(4);
  const shell = new Shell();
  writeFileSync(join(shell.stateFolder, 'ledger.db'), 'scribble '.repeat(200));
  const first = await shell.json(['thumbs', folder]);
  expect([first.code, first.summary?.done]).toEqual([0, 4]);
  expect(first.stderr).toMatch(/^warning: The ledger .*ledger\.db was damaged .*ledger\.db\.broken.*\n$/);
  const second = await shell.json(['thumbs', folder]);
  expect([second.code, second.stderr, second.summary?.skipped]).toEqual([0, '', 4]);
});

test('a ledger of a newer version is a warning; everything is made, and it stays what it is', async () => {
  const folder = await sampleFolder(2);
  const shell = new Shell();
  const newer = new DatabaseSync(join(shell.stateFolder, 'ledger.db'));
  newer.exec('CREATE TABLE outputs (other TEXT); PRAGMA user_version = 7');
  newer.close();
  for (const _again of [1, 2]) {
    const { code, stderr, summary } = await shell.json(['thumbs', folder]);
    expect([code, summary?.done]).toEqual([0, 2]);
    expect(stderr).toMatch(/^warning: The ledger .* newer version .*\n$/);
  }
});

test.each([
  ['that has been used before', true],
  ['that is not made yet', false],
])('a ledger %s, locked from start to end, is a warning; everything is made', async (_which, used) => {
  const folder = await sampleFolder(4);
  const shell = new Shell();
  if (used) await shell.run(['thumbs', folder]);
  const other = new DatabaseSync(join(shell.stateFolder, 'ledger.db'));
  other.exec('BEGIN EXCLUSIVE');
  const { code, stderr, summary } = await shell.json(['thumbs', folder, '--force']);
  expect([code, summary?.done]).toEqual([0, 4]);
  expect(stderr).toMatch(/^warning: The ledger .*stayed locked.* 4 results .*\n$/);
  other.close();
  // The thumbnails made before are still used.
  const after = await shell.json(['thumbs', folder, '--size', '75']);
  expect([after.code, after.stderr]).toEqual([0, '']);
});

test('what is made into a folder while the ledger is locked is known as Shoal’s own afterwards', async () => {
  const folder = await sampleFolder(4);
  const out = join(tempFolder(), 'out');
  const shell = new Shell();
  await shell.run(['thumbs', await sampleFolder(1)]);
  const other = new DatabaseSync(join(shell.stateFolder, 'ledger.db'));
  other.exec('BEGIN EXCLUSIVE');
  const running = shell.json(['thumbs', folder, '--out', out]);
  await waitUntil(() => existsSync(out) && filesBelow(out).length === 4, 'all are made');
  other.close();
  const first = await running;
  expect([first.code, first.stderr, first.summary?.done]).toEqual([0, '', 4]);
  const second = await shell.json(['thumbs', folder, '--out', out, '--size', '50']);
  expect([second.code, second.stderr, second.summary?.done]).toEqual([0, '', 4]);
});

test('two runs on one folder at once both end well', async () => {
  const folder = await sampleFolder(120);
  const shell = new Shell();
  const runs = await Promise.all([1, 2].map(() => shell.json(['thumbs', folder])));
  for (const { code, stderr, summary } of runs) {
    expect([code, stderr]).toEqual([0, '']);
    expect(summary).toMatchObject({ total: 120, failed: 0 });
  }
  expect(partFiles(folder)).toEqual([]);
  expect(filesBelow(join(folder, 'thumbs'))).toHaveLength(120);
  for (const name of filesBelow(join(folder, 'thumbs'))) await decode(join(folder, 'thumbs', name));
  const { summary } = await shell.json(['thumbs', folder]);
  expect(summary).toMatchObject({ skipped: 120 });
});

test('the ledger is the person’s own: others cannot read what was made from what', async () => {
  const shell = new Shell(join(new Shell().stateFolder, 'made/by/shoal'));
  await shell.run(['thumbs', await sampleFolder(1)]);
  expect(statSync(shell.stateFolder).mode & 0o077).toBe(0);
});

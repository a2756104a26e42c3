import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { decode, filesBelow, partFiles, sampleFolder } from '../engine/testing/image-folders.ts';
import { Shell } from '../engine/testing/run-shoal.ts';

test('a corrupt ledger is a warning; everything is made', async () => {
  const folder = await sampleFolder(4);
  const shell = new Shell();
  writeFileSync(join(shell.stateFolder, 'ledger.db'), 'scribble '.repeat(200));
  for (const _again of [1, 2]) {
    const { code, stderr, summary } = await shell.json(['thumbs', folder]);
    expect([code, summary?.done]).toEqual([0, 4]);
    expect(stderr).toMatch(/^warning: The ledger .*ledger\.db cannot be used .*\n$/);
  }
});

test('a ledger that another process holds locked is a warning; everything is made', async () => {
  const folder = await sampleFolder(4);
  const shell = new Shell();
  await shell.run(['thumbs', folder]);
  const other = new DatabaseSync(join(shell.stateFolder, 'ledger.db'));
  other.exec('BEGIN EXCLUSIVE');
  const { code, stderr, summary } = await shell.json(['thumbs', folder, '--force']);
  expect([code, summary?.done]).toEqual([0, 4]);
  expect(stderr).toMatch(/^warning: The ledger .*locked.*\n$/);
  other.close();
  // What was there before is as good as ever.
  const after = await shell.json(['thumbs', folder, '--size', '75']);
  expect(after.code).toBe(0);
});

test('a ledger locked from the start, before it has a schema, is a warning too', async () => {
  const folder = await sampleFolder(2);
  const shell = new Shell();
  const other = new DatabaseSync(join(shell.stateFolder, 'ledger.db'));
  other.exec('BEGIN EXCLUSIVE');
  const { code, stderr, summary } = await shell.json(['thumbs', folder]);
  expect([code, summary?.done]).toEqual([0, 2]);
  expect(stderr).toMatch(/^warning: The ledger .*locked.*\n$/);
  other.close();
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

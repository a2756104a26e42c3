import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { entry, fileIn, fill, open } from '../../../test/ledgers.ts';
import { tempFolder } from '../../../test/temp-folder.ts';

function change(folder: string, sql: string): void {
  const db = new DatabaseSync(fileIn(folder));
  db.exec(sql);
  db.close();
}

const versionOf = (folder: string): unknown => {
  const db = new DatabaseSync(fileIn(folder));
  const found = db.prepare('PRAGMA user_version').get()?.user_version;
  db.close();
  return found;
};

test('a newer version’s ledger is told and left as it is, to the last byte', () => {
  const folder = tempFolder();
  fill(folder, 3);
  change(folder, 'ALTER TABLE outputs ADD COLUMN newer TEXT; PRAGMA user_version = 99');
  const before = readFileSync(fileIn(folder));
  const { ledger, warnings } = open(folder);
  expect(ledger?.byOutput('/out/1.jpg')).toBeUndefined();
  ledger?.record(entry('/out/new.jpg'));
  ledger?.recordOutputFolder('/out');
  ledger?.flush();
  ledger?.close();
  expect(warnings).toEqual([expect.stringMatching(/newer version of Shoal.*nothing will be skipped/)]);
  expect(readFileSync(fileIn(folder)).equals(before)).toBe(true);
  expect(readdirSync(folder)).not.toContain('ledger.db.broken');
});

test('a ledger that a newer version takes over while a run goes on is not written any more', () => {
  const folder = tempFolder();
  fill(folder, 3);
  const { ledger, warnings } = open(folder);
  expect(ledger?.byOutput('/out/1.jpg')).toBeDefined();
  change(folder, 'ALTER TABLE outputs ADD COLUMN newer TEXT; PRAGMA user_version = 99');
  ledger?.record(entry('/out/new.jpg'));
  ledger?.flush();
  ledger?.close();
  expect(warnings).toEqual([expect.stringMatching(/newer version of Shoal/)]);
  const db = new DatabaseSync(fileIn(folder));
  expect(db.prepare("SELECT count(*) AS n FROM outputs WHERE output = '/out/new.jpg'").get()?.n).toBe(0);
  db.close();
  expect(versionOf(folder)).toBe(99);
});

test('a ledger without a version gets what it lacks and keeps what it has', () => {
  const folder = tempFolder();
  fill(folder, 3);
  change(folder, 'DROP INDEX outputs_by_sha256; DROP TABLE output_folders; PRAGMA user_version = 0');
  const { ledger, warnings } = open(folder);
  expect(ledger?.byOutput('/out/1.jpg')).toBeDefined();
  ledger?.recordOutputFolder('/out');
  ledger?.close();
  expect(warnings).toEqual([]);
  expect(versionOf(folder)).toBe(2);
});

test('an empty file becomes a ledger', () => {
  const folder = tempFolder();
  writeFileSync(fileIn(folder), '');
  const { ledger, warnings } = open(folder);
  ledger?.record(entry('/out/a.jpg'));
  ledger?.close();
  expect(warnings).toEqual([]);
  expect(versionOf(folder)).toBe(2);
});

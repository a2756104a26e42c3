import { spawnSync } from 'node:child_process';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { self } from './owner.ts';
import { PartFile } from './part-file.ts';
import { removeStaleParts } from './stale-parts.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});
const random = '0123456789abcdef';
const key = 'fedcba9876543210';
const minuteMs = 60_000;

function put(name: string, ageMs = 0): string {
  const path = join(folder, name);
  writeFileSync(path, 'half');
  const then = new Date(Date.now() - ageMs);
  utimesSync(path, then, then);
  return name;
}

function nameOf({ host = self.host, pid = self.pid, start = self.start, tail = '.part' } = {}): string {
  return `.shoal-${host}-${pid}-${start}-${random}${tail}`;
}

it('what a process left that has ended goes, and what one is at work on stays', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  put(nameOf({ pid }));
  put(nameOf({ start: '1' }));
  const part = PartFile.create(folder);
  removeStaleParts(folder);
  expect(readdirSync(folder)).toEqual([basename(part.path)]);
  part.discard();
});

it('what another machine or container is at work on stays while it is marked, and goes afterwards', () => {
  const fresh = put(nameOf({ host: 'aaaaaaaa', pid: 1 }));
  put(nameOf({ host: 'bbbbbbbb', pid: 1 }), 10 * minuteMs);
  removeStaleParts(folder);
  expect(readdirSync(folder)).toEqual([fresh]);
});

it('the beginning of a download stays with its note, for a week, and goes where either is missing', () => {
  const dead = { start: '1' };
  const kept = [nameOf({ ...dead, tail: `.${key}.part` }), nameOf({ ...dead, tail: `.${key}.part.json` })];
  for (const name of kept) put(name, 60 * minuteMs);
  put(nameOf({ ...dead, pid: 2, tail: `.${key}.part` }));
  put(nameOf({ ...dead, pid: 3, tail: `.${key}.part.json` }));
  removeStaleParts(folder);
  expect(readdirSync(folder)).toEqual(kept);
  for (const name of kept) put(name, 8 * 24 * 60 * minuteMs);
  removeStaleParts(folder);
  expect(readdirSync(folder)).toEqual([]);
});

it('what version 0.1 left goes after a day, and a person’s own file never', () => {
  const own = put('.shoal-notes.part', 90 * 24 * 60 * minuteMs);
  const young = put('.shoal-1-0-1.part');
  put('.shoal-2-0-1.part', 25 * 60 * minuteMs);
  removeStaleParts(folder);
  expect(readdirSync(folder).sort()).toEqual([young, own].sort());
});

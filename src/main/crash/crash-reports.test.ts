import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/temp-folder.ts';
import { CrashReports } from './crash-reports.ts';

const facts = { Version: 'Shoal 0.1.0, Node 24', System: 'linux x64' };

function reports(folder: string, pid = 7, isAlive = (_pid: number) => false) {
  return new CrashReports({ folder, facts, own: [import.meta.dirname], pid, isAlive });
}

test('a report says what happened, where, with which versions, and what came before', () => {
  const folder = join(tempFolder(), 'reports');
  const own = reports(folder);
  own.note('a run of 3 thumbnails began');
  const cause = new Error("open '/home/anna/a.jpg'");
  own.write('error', 'an error in the main process', new Error('the roof fell in', { cause }));
  const { lines = [], end } = own.offer('') ?? {};
  const text = lines.join('\n');
  expect(end).toBe('error');
  expect(text).toContain('an error in the main process');
  expect(text).toContain('Shoal 0.1.0, Node 24');
  expect(text).toMatch(/Error: the roof fell in\n {4}at <app>\/crash-reports\.test\.ts:\d+/);
  expect(text).toContain("Caused by: Error: open '<path>.jpg'");
  expect(text).toMatch(/\d\d:\d\d:\d\d a run of 3 thumbnails began/);
});

test('what was seen is not offered again', () => {
  const own = reports(tempFolder());
  own.write('window', 'the window’s process was gone');
  const { name = '' } = own.offer('') ?? {};
  expect(own.offer(name)).toBeUndefined();
});

test('what workers did is written down, and offered to nobody: the run has said it', () => {
  const folder = tempFolder();
  const own = reports(folder);
  own.write('workers', '2 worker threads died');
  expect(own.offer('')).toBeUndefined();
  expect(readdirSync(folder).some((name) => name.endsWith('-workers.txt'))).toBe(true);
});

test('an app that quits leaves nothing', () => {
  const folder = tempFolder();
  const own = reports(folder);
  own.note('began');
  own.close();
  expect(readdirSync(folder)).toEqual([]);
  expect(reports(folder, 8).offer('')).toBeUndefined();
});

test('of an app that was gone without a word, the next start makes a report of its last lines', () => {
  const folder = tempFolder();
  const killed = reports(folder, 7);
  killed.note('a run of 9 files began');
  const { end, lines = [] } = reports(folder, 8).offer('') ?? {};
  expect(end).toBe('gone');
  expect(lines.join('\n')).toContain('a run of 9 files began');
  expect(existsSync(join(folder, 'running-7.log'))).toBe(false);
});

test('the log of another copy that is still there is left alone', () => {
  const folder = tempFolder();
  reports(folder, 7);
  expect(reports(folder, 8, (pid) => pid === 7).offer('')).toBeUndefined();
  expect(existsSync(join(folder, 'running-7.log'))).toBe(true);
});

test('a log that cannot be read goes, and hinders nobody', () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'running-7.log'), '{"half');
  expect(reports(folder, 8).offer('')).toBeUndefined();
  expect(readdirSync(folder)).toEqual(['running-8.log']);
});

/** Reports whose clock moves on by a second whenever it is asked: a report's name is its time. */
function datedReports(folder: string) {
  let seconds = 0;
  const now = () => {
    seconds += 1;
    return new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
  };
  return new CrashReports({ folder, facts, own: [], pid: 7, isAlive: () => false, now });
}

test('ten reports are kept, and none is longer than a person would read', () => {
  const folder = tempFolder();
  const own = datedReports(folder);
  for (let at = 0; at < 12; at += 1) own.write('error', `number ${at}`, new Error('a line\n'.repeat(30_000)));
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  expect(names).toHaveLength(10);
  expect(readFileSync(join(folder, names[0] ?? ''), 'utf8')).toContain('number 2');
  for (const name of names)
    expect(readFileSync(join(folder, name), 'utf8').length).toBeLessThanOrEqual(64_000);
});

test('what workers did, however often, does not take the place of the report of an end', () => {
  const own = datedReports(tempFolder());
  own.write('error', 'an error');
  for (let at = 0; at < 12; at += 1) own.write('workers', 'a worker thread died');
  expect(own.offer('')?.end).toBe('error');
});

test('a path that is cut in a long report leaves no name behind', () => {
  const own = reports(tempFolder());
  const path = `${'x'.repeat(63_600)} open '/home/anna/Our ${'wedding '.repeat(100)}'`;
  own.write('error', 'an error', new Error(path));
  const text = own.offer('')?.lines.join('\n');
  expect(text).not.toContain('wedding');
  expect(text).toContain('The last lines of the log');
});

test.skipIf(process.platform === 'win32')('nobody else can read what is written down', () => {
  const folder = tempFolder();
  const own = reports(folder);
  own.write('error', 'an error');
  expect(readdirSync(folder)).toHaveLength(2);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
});

test('without a folder that can be written, the app starts all the same', () => {
  const folder = join(tempFolder(), 'file');
  writeFileSync(folder, '');
  const own = reports(join(folder, 'reports'));
  own.note('began');
  own.write('error', 'an error', new Error('x'));
  own.close();
  expect(own.offer('')).toBeUndefined();
});

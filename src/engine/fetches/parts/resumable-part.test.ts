import { createHash } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { self } from '../../files/parts/owner.ts';
import { notePathOf } from '../../files/parts/part-name.ts';
import { dropParts, type PartPlace, partKeyOf, partsAmong, takePart, writeNote } from './resumable-part.ts';

const url = 'http://a.test/big.bin';
const version = { etag: '"one"', length: 20 };
let folder: string;
let place: PartPlace;
beforeEach(() => {
  folder = tempFolder();
  place = { folder, noteKey: 'ours' };
});

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Leaves a part as a killed process would. */
function leave(
  text: string,
  {
    host = self.host,
    pid = self.pid,
    start = '1',
    random = '0'.repeat(16),
    noteKey = 'ours',
    noted = text,
  } = {},
): string {
  const path = join(folder, `.shoal-${host}-${pid}-${start}-${random}.${partKeyOf(url)}.part`);
  writeFileSync(path, text);
  writeNote({ folder, noteKey }, path, url, version, noted.length, sha256Of(noted));
  return path;
}

const names = () => partsAmong(readdirSync(folder)).get(partKeyOf(url)) ?? [];
const take = () => takePart(place, url, names(), {});

describe('the beginning of a download', () => {
  it('is gone on with where its process has ended', async () => {
    leave('beginning');
    const part = await take();
    expect(part).toMatchObject({ bytes: 9, version });
    expect(part?.path).toContain(`-${process.pid}-${self.start}-`);
    expect(part?.digests.digest().sha256).toBe(sha256Of('beginning'));
    expect(readFileSync(part?.path ?? '', 'utf8')).toBe('beginning');
  });

  it('is taken by one of two that try', async () => {
    leave('beginning');
    const both = names();
    const taken = await Promise.all([takePart(place, url, both, {}), takePart(place, url, both, {})]);
    expect(taken.filter((part) => part !== undefined)).toHaveLength(1);
  });

  it('is left alone while its process lives', async () => {
    const path = leave('beginning', { start: self.start });
    expect(await take()).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe('beginning');
  });

  it('is left alone while another machine marks it, and afterwards a copy of it is gone on with', async () => {
    const path = leave('beginning', { host: 'aaaaaaaa', pid: 1 });
    expect(await take()).toBeUndefined();
    const { ino } = statSync(path);
    const then = new Date(Date.now() - 600_000);
    utimesSync(path, then, then);
    const part = await take();
    expect(part?.bytes).toBe(9);
    // Its writer may only have been suspended: the file we write to must not be the one it has open.
    expect(statSync(part?.path ?? '').ino).not.toBe(ino);
  });

  it('counts as far as its note vouches for it', async () => {
    leave('beginning and what came later', { noted: 'beginning' });
    expect(await take()).toMatchObject({ bytes: 9 });
  });

  it.each([
    ['whose note another key has signed', () => leave('planted', { noteKey: 'theirs' })],
    ['whose bytes are not those of its note', () => leave('exchanged', { noted: 'beginning' })],
    ['that is shorter than its note says', () => leave('begin', { noted: 'beginning' })],
  ])('is not gone on with, and removed: one %s', async (_what, plant) => {
    plant();
    expect(await take()).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not read through a symlink, and neither is its note', async () => {
    const victim = join(tempFolder(), 'victim');
    writeFileSync(victim, 'beginning');
    const path = join(folder, `.shoal-${self.host}-1-1-${'1'.repeat(16)}.${partKeyOf(url)}.part`);
    symlinkSync(victim, path);
    writeNote(place, path, url, version, 9, sha256Of('beginning'));
    expect(await take()).toBeUndefined();
    rmSync(path);
    rmSync(notePathOf(path));
    const note = join(tempFolder(), 'note');
    writeFileSync(note, '{}');
    writeFileSync(path, 'beginning');
    symlinkSync(note, notePathOf(path));
    expect(await take()).toBeUndefined();
    expect(readFileSync(victim, 'utf8')).toBe('beginning');
    expect(readFileSync(note, 'utf8')).toBe('{}');
  });

  it('is not shared with a file that has it as a second name', async () => {
    const path = leave('beginning');
    linkSync(path, join(folder, 'victim'));
    expect(await take()).toBeUndefined();
    expect(readdirSync(folder)).toEqual(['victim']);
  });

  it('of several the longest is gone on with, and the others are removed', async () => {
    leave('begin', { random: '1'.repeat(16) });
    leave('beginning', { random: '2'.repeat(16) });
    leave('be', { random: '3'.repeat(16) });
    expect(await take()).toMatchObject({ bytes: 9 });
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('is left alone where a folder bears its name', async () => {
    const name = `.shoal-00000000-0-0-${'1'.repeat(16)}.${partKeyOf(url)}.part`;
    mkdirSync(join(folder, name));
    expect(await take()).toBeUndefined();
    expect(() => dropParts(folder, [name])).not.toThrow();
    expect(readdirSync(folder)).toEqual([name]);
  });

  it('is marked while it is in our hands, until we let it go', async () => {
    const path = leave('beginning');
    const then = new Date(Date.now() - 600_000);
    utimesSync(path, then, then);
    const part = await take();
    expect(Date.now() - statSync(part?.path ?? '').mtimeMs).toBeLessThan(300_000);
    part?.letGo();
    part?.letGo();
  });

  it('is removed where the file is there already, unless somebody is at work on it', () => {
    leave('beginning');
    const living = leave('begin', { start: self.start, random: '1'.repeat(16) });
    dropParts(folder, names());
    expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([living, notePathOf(living)]);
  });
});

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { PartFile } from '../../files/parts/part-file.ts';
import { placeFile } from './place-file.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});

const url = 'http://a.test/a.txt';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Places a file with this text where an earlier run made `a.txt` with the text `before`. */
function place(text: string, before: string, madeAt: number) {
  const part = PartFile.create(folder);
  part.append(Buffer.from(text));
  const output = join(folder, 'a.txt');
  const owned = { output, bytes: before.length, sha256: hashOf(before), madeAt };
  return placeFile(part, hashOf(text), { folder, name: 'a.txt', url, owned });
}

/** Waits until the file system's clock has moved on: it counts in ticks of some milliseconds. */
function clockMovesOn(from: number): void {
  const probe = join(tempFolder(), 'probe');
  do writeFileSync(probe, '');
  while (statSync(probe).ctimeMs <= from);
}

describe('a newer version takes the place of a file of ours', () => {
  it('that nobody has touched since it was recorded', () => {
    writeFileSync(join(folder, 'a.txt'), 'old');
    expect(place('new', 'old', Date.now() + 1).output).toBe(join(folder, 'a.txt'));
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('new');
  });

  it('that was touched since, and holds the same bytes', () => {
    writeFileSync(join(folder, 'a.txt'), 'old');
    place('new', 'old', statSync(join(folder, 'a.txt')).ctimeMs - 1);
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });
});

describe('a file of the same length is nobody’s to replace', () => {
  it.each([
    ['was written to', (path: string) => writeFileSync(path, 'own')],
    [
      'took its place with an older date',
      (path: string) => {
        writeFileSync(`${path}.own`, 'own');
        utimesSync(`${path}.own`, 1, 1);
        renameSync(`${path}.own`, path);
      },
    ],
  ])('that %s since it was recorded', (_how, meddle) => {
    const path = join(folder, 'a.txt');
    writeFileSync(path, 'old');
    const madeAt = statSync(path).ctimeMs;
    clockMovesOn(madeAt);
    meddle(path);
    expect(place('new', 'old', madeAt).output).not.toBe(path);
    expect(readFileSync(path, 'utf8')).toBe('own');
  });

  it('whose modification time alone has moved, as where a file system keeps no other', () => {
    const path = join(folder, 'a.txt');
    writeFileSync(path, 'own');
    const later = Date.now() / 1_000 + 3_600;
    utimesSync(path, later, later);
    expect(place('new', 'old', statSync(path).ctimeMs).output).not.toBe(path);
    expect(readFileSync(path, 'utf8')).toBe('own');
  });
});

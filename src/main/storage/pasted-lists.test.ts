import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { tempFolder } from '../../../test/temp-folder.ts';
import { PastedLists } from './pasted-lists.ts';

const dayMs = 24 * 60 * 60 * 1_000;
let folder: string;
let files: PastedLists;
beforeEach(() => {
  folder = join(tempFolder(), 'lists');
  files = new PastedLists(folder);
});

function age(path: string, days: number): void {
  const then = new Date(Date.now() - days * dayMs);
  utimesSync(path, then, then);
}

it('a list that was torn by a crash is written anew under its name', () => {
  const path = files.save('http://a.test/1\nhttp://a.test/2\n');
  writeFileSync(path, 'http://a.test/1\n');
  expect(files.save('http://a.test/1\nhttp://a.test/2\n')).toBe(path);
  expect(readFileSync(path, 'utf8')).toBe('http://a.test/1\nhttp://a.test/2\n');
  expect(readdirSync(folder)).toHaveLength(1);
});

it('a list that is not used for a month goes; one that was used again stays', () => {
  const [old, again] = [files.save('old'), files.save('again')];
  age(old, 31);
  age(again, 29);
  files.save('again');
  files.removeOld(Date.now() + 2 * dayMs);
  expect(existsSync(old)).toBe(false);
  expect(existsSync(again)).toBe(true);
});

it('nothing is to be removed where nothing was saved', () => {
  expect(() => files.removeOld()).not.toThrow();
});

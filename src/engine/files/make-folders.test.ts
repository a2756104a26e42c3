import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { expect, it } from 'vitest';
import { needs } from '../../../test/needs.ts';
import { tempFolder } from '../../../test/temp-folder.ts';
import { makeFolders } from './make-folders.ts';

it('makes what is missing and tells the topmost of it', () => {
  const folder = tempFolder();
  expect(makeFolders(folder)).toBeUndefined();
  expect(makeFolders(join(folder, 'a/b/c'), 0o700)).toBe(join(folder, 'a'));
  expect(statSync(join(folder, 'a/b/c')).mode & 0o777).toBe(0o700);
  expect(makeFolders(join(folder, 'a/b/d'))).toBe(join(folder, 'a/b/d'));
  expect(makeFolders(join(folder, 'a/b/d'))).toBeUndefined();
});

it('makes nothing of a whole disk, which each system says with a code of its own', () => {
  expect(makeFolders(parse(process.cwd()).root)).toBeUndefined();
});

it('says so where a file is in the way', () => {
  const file = join(tempFolder(), 'file');
  writeFileSync(file, '');
  expect(() => makeFolders(file)).toThrow(/EEXIST/);
  expect(() => makeFolders(join(file, 'below'))).toThrow(/ENOTDIR/);
});

needs('/proc', existsSync('/proc/self')).test('ends where a folder can hold none', () => {
  expect(() => makeFolders('/proc/nothing/here')).toThrow(/ENOENT/);
});

import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';
import { inspect, inspectContents, partsIn, sha256 } from './folder.ts';

const hashOf = (text: string): string => sha256(Buffer.from(text));
const expected = new Map([
  ['a', hashOf('one')],
  ['sub/b', hashOf('two')],
]);

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder();
  writeFiles(folder, files);
  return folder;
}

test('exactly the right files are nothing to complain of', () => {
  const seen = inspect(folderOf({ a: 'one', 'sub/b': 'two' }), expected);
  expect(seen).toMatchObject({ wrong: [], duplicates: [], missing: [], parts: [] });
  expect(seen.hashes).toEqual(expected);
});

test('half a file, a file of another’s bytes and a file that nothing promises are wrong', () => {
  expect(inspect(folderOf({ a: 'on', 'sub/b': 'one', c: 'three' }), expected)).toMatchObject({
    wrong: ['a', 'c', 'sub/b'],
    duplicates: [],
    missing: [],
  });
});

test('right bytes under a further name are a duplicate, also where the right name lacks them', () => {
  expect(inspect(folderOf({ a: 'one', 'a-1f3a5c7e': 'one', 'b-2': 'two' }), expected)).toMatchObject({
    wrong: [],
    duplicates: ['a-1f3a5c7e', 'b-2'],
    missing: ['sub/b'],
  });
});

test('hidden files are parts, and a link is no file', () => {
  const folder = folderOf({ a: 'one', 'sub/.shoal-1.part': 'tw', '.shoal-2.part.json': '{}' });
  symlinkSync('../a', join(folder, 'sub/b'));
  expect(inspect(folder, expected)).toMatchObject({
    wrong: ['sub/b'],
    parts: ['.shoal-2.part.json', 'sub/.shoal-1.part'],
    missing: ['sub/b'],
  });
  expect(partsIn(folder)).toHaveLength(2);
});

test('contents are looked for under whatever names, once each', () => {
  const wanted = [hashOf('one'), hashOf('two')];
  expect(inspectContents(folderOf({ x: 'two', y: 'one' }), wanted)).toMatchObject({
    wrong: [],
    duplicates: [],
    missing: [],
  });
  expect(inspectContents(folderOf({ x: 'two', y: 'two', z: 'three' }), wanted)).toMatchObject({
    wrong: ['z'],
    duplicates: ['y'],
    missing: [hashOf('one')],
  });
});

test('a folder that is not there holds nothing', () => {
  expect(inspect('/nowhere/at/all', expected)).toMatchObject({ missing: ['a', 'sub/b'], wrong: [] });
});

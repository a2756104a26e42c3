import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/temp-folder.ts';
import { thumbnailRequestSchema } from '../../shared/requests.ts';
import type { FolderJob } from './watched-entry.ts';
import { assertFits, isSamePlace } from './watched-places.ts';

function job(from: string, to?: string): FolderJob {
  const request = thumbnailRequestSchema.parse({
    ...{ kind: 'thumbnails', paths: [from], recipe: {} },
    ...(to !== undefined && { outputFolder: to }),
  });
  return { kind: 'thumbnails', request, force: false, title: 'photos', destination: '', folder: '' };
}

const fits =
  (given: FolderJob, ...others: FolderJob[]) =>
  () =>
    assertFits(given, others);

test('folders that feed each other are refused, as they would never end', () => {
  expect(fits(job('/b', '/a'), job('/a', '/b'))).toThrow('again and again');
  expect(fits(job('/c', '/a'), job('/a', '/b'), job('/b', '/c'))).toThrow('again and again');
  expect(fits(job('/b/deep', '/a'), job('/a', '/b'))).toThrow('again and again');
});

test('one may feed another, and one may lie in another', () => {
  expect(fits(job('/b', '/c'), job('/a', '/b'))).not.toThrow();
  expect(fits(job('/a', '/b'), job('/b', '/c'))).not.toThrow();
  expect(fits(job('/a'), job('/a/deep'))).not.toThrow();
  expect(fits(job('/a/deep'), job('/a'))).not.toThrow();
  // A walk passes over results that lie below.
  expect(fits(job('/a', '/b/small'), job('/b', '/a/small'))).not.toThrow();
});

test('a circle of others is no reason to search without an end', () => {
  expect(fits(job('/c', '/a'), job('/a', '/b'), job('/b', '/d'), job('/d', '/a/deep'))).not.toThrow();
});

test('results of two folders in one place are refused: names that both have would change to and fro', () => {
  expect(fits(job('/b', '/out'), job('/a', '/out'))).toThrow('/a go to the same place');
});

test('a place is the same by whatever path it is reached, and whether it is named or the usual one', () => {
  const folder = tempFolder();
  const photos = join(folder, 'photos');
  mkdirSync(photos);
  symlinkSync(photos, join(folder, 'link'));
  expect(isSamePlace(job(photos), job(photos, join(photos, 'thumbs')))).toBe(true);
  expect(isSamePlace(job(photos), job(join(folder, 'link')))).toBe(true);
  expect(isSamePlace(job(photos), job(photos, join(folder, 'out')))).toBe(false);
  expect(fits(job('/b', join(folder, 'link')), job(photos, '/b'))).toThrow('again and again');
});

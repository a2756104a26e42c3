import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { type Owner, self } from '../../files/parts/owner.ts';
import { journalPath, runIds } from './journal-folder.ts';
import { pruneJournals } from './prune-journals.ts';

const dead: Owner = { ...self, start: '1' };

function folderWith(
  owners: readonly Owner[],
  { bytes = 500, isChain = false } = {},
): { folder: string; ids: string[] } {
  const folder = tempFolder();
  const ids = owners.map((owner, at) => {
    const id = `20261128-15020${at}-0000`;
    const retryOf = { id: `20261128-15020${at - 1}-0000` };
    const ofRun = { type: 'run', version: 1, id, program: '0.1.0', startedAt: '2026-11-28T15:02:03Z', owner };
    const more = {
      folder,
      front: 'library',
      title: '',
      request: null,
      ...(isChain && at > 0 && { retryOf }),
    };
    const head = JSON.stringify({ ...ofRun, ...more });
    writeFileSync(journalPath(id, folder), `${head.padEnd(bytes - 1)}\n`);
    return id;
  });
  writeFileSync(join(folder, 'other.txt'), 'kept');
  return { folder, ids };
}

test('the oldest journals go when there are too many, or they are too large together', () => {
  const many = folderWith([dead, dead, dead, dead]);
  pruneJournals(many.folder, { runs: 3, bytes: 10_000 });
  expect(runIds(many.folder)).toEqual(many.ids.slice(1).reverse());
  const large = folderWith([dead, dead, dead, dead], { bytes: 1_000 });
  pruneJournals(large.folder, { runs: 10, bytes: 2_500 });
  expect(runIds(large.folder)).toEqual(large.ids.slice(2).reverse());
  pruneJournals(large.folder, { runs: 10, bytes: 1 });
  expect(runIds(large.folder)).toEqual(large.ids.slice(3));
});

test('a journal that is being written stays', () => {
  const { folder, ids } = folderWith([self, dead, dead]);
  pruneJournals(folder, { runs: 1, bytes: 10_000 });
  expect(runIds(folder)).toEqual([ids[2], ids[0]]);
});

test('the journal of a run that is done again stays, and those that it goes back to', () => {
  const { folder, ids } = folderWith([dead, dead, dead, dead], { isChain: true });
  pruneJournals(folder, { runs: 1, retried: ids[1] });
  expect(runIds(folder)).toEqual([ids[3], ids[1], ids[0]]);
});

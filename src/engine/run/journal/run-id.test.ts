import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import packageJson from '../../../../package.json' with { type: 'json' };
import { tempFolder } from '../../../../test/temp-folder.ts';
import { version } from '../../../shared/version.ts';
import { JournalFile } from './journal-file.ts';
import { runIdOf, runIds } from './journal-folder.ts';
import { isRunId, runIdAt } from './run-id.ts';

test('ids sort as their runs began', () => {
  expect(runIdAt(Date.UTC(2026, 10, 28, 15, 2, 3) + 497)).toBe('20261128-150203-7f3b');
  const moment = fc.double({ min: Date.UTC(2000), max: Date.UTC(2200), noNaN: true });
  fc.assert(
    fc.property(moment, fc.double({ min: 0.05, max: 1e9, noNaN: true }), (ms, later) => {
      expect(isRunId(runIdAt(ms))).toBe(true);
      expect(runIdAt(ms) < runIdAt(ms + later)).toBe(true);
    }),
  );
});

test('two runs that start at the same moment get two ids', () => {
  const folder = tempFolder();
  const files = [JournalFile.create(folder, 0), JournalFile.create(folder, 0)];
  expect(new Set(files.map(({ id }) => id)).size).toBe(2);
  for (const file of files) file.close();
});

test('a run is meant by its id, by a beginning that no other has, and as the last', () => {
  const folder = join(tempFolder(), 'runs');
  expect(() => runIdOf('last', folder)).toThrow('no run has kept a journal yet');
  mkdirSync(folder);
  const ids = ['20261128-150203-7f3a', '20261128-150203-8000', '20270101-000000-0000'];
  for (const name of [...ids.map((id) => `${id}.ndjson`), 'notes.txt', 'x.ndjson']) {
    writeFileSync(join(folder, name), '');
  }
  expect(runIds(folder)).toEqual(ids.toReversed());
  expect(runIdOf('last', folder)).toBe(ids[2]);
  expect(runIdOf('2027', folder)).toBe(ids[2]);
  expect(runIdOf(ids[0] as string, folder)).toBe(ids[0]);
  expect(() => runIdOf('2026', folder)).toThrow(`which begins that of ${ids[0]}, ${ids[1]}.`);
  for (const none of ['', '2028', '../x']) expect(() => runIdOf(none, folder)).toThrow('no journal has it');
});

test('journals tell the version of the package', () => {
  expect(version).toBe(packageJson.version);
});

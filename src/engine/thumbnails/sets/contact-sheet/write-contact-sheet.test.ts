import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { entryOf, setOf } from '../../../../../test/sets.ts';
import { tempFolder } from '../../../../../test/temp-folder.ts';
import { writeContactSheet } from './write-contact-sheet.ts';

test.each(['sheet.pdf', 'sheet.jpg'])(
  '%s is left out where the run was interrupted, which is told',
  async (name) => {
    const folder = tempFolder();
    const warnings: string[] = [];
    const interruption = new AbortController();
    const set = {
      ...setOf(folder, [entryOf('sea.jpg')]),
      signal: interruption.signal,
      inThread: () => {
        interruption.abort();
        return Promise.reject(new Error('The thread is gone.'));
      },
      onWarning: (warning: string) => void warnings.push(warning),
    };
    expect(await writeContactSheet(set, join(folder, name))).toEqual([]);
    expect(warnings).toEqual([
      'The contact sheet was left out, as the run was interrupted: the same command makes it.',
    ]);
    expect(readdirSync(folder)).toEqual([]);
  },
);

test.each(['sheet.pdf', 'sheet.jpg'])('nothing of %s is left where a thread fails', async (name) => {
  const folder = tempFolder();
  const set = {
    ...setOf(folder, [entryOf('sea.jpg')]),
    inThread: () => Promise.reject(new Error('It failed.')),
  };
  await expect(writeContactSheet(set, join(folder, name))).rejects.toThrow('It failed.');
  expect(readdirSync(folder)).toEqual([]);
});

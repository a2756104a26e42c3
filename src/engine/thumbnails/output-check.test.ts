import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { thumbnailRequestSchema } from '../../shared/requests.ts';
import { openLedger } from '../ledger/sqlite-ledger.ts';
import { ThumbnailPlanner } from './thumbnail-planner.ts';

/** Plans the thumbnails of a folder, and counts what the ledger is asked. */
async function plan(folder: string, dryRun: boolean) {
  const ledger = openLedger(() => {}, tempFolder());
  if (ledger === undefined) throw new Error('There is no ledger.');
  const byOutput = ledger.byOutput.bind(ledger);
  let questions = 0;
  ledger.byOutput = (output) => {
    questions += 1;
    return byOutput(output);
  };
  const request = thumbnailRequestSchema.parse({ kind: 'thumbnails', paths: [folder], recipe: {} });
  const planner = new ThumbnailPlanner(request, { ledger, dryRun });
  const kinds = (await Array.fromAsync(planner.plan())).flat().map(({ kind }) => kind);
  planner.close();
  ledger.close();
  return { kinds: [...new Set(kinds)], questions };
}

function photos(count: number): string {
  const folder = tempFolder();
  const names = Array.from({ length: count }, (_, at) => `${at}.jpg`);
  writeFiles(folder, Object.fromEntries(names.map((name) => [name, name])));
  return folder;
}

test.each([false, true])(
  'of images that are all new the ledger is not asked one by one (dry run: %s)',
  async (dryRun) => {
    const { kinds, questions } = await plan(photos(300), dryRun);
    expect(kinds).toEqual(['work']);
    expect(questions).toBeLessThanOrEqual(1);
  },
);

test('of images whose output folder holds something, it is asked about each', async () => {
  const folder = photos(300);
  mkdirSync(join(folder, 'thumbs'));
  writeFileSync(join(folder, 'thumbs', 'other.jpg'), 'other');
  const { kinds, questions } = await plan(folder, false);
  expect(kinds).toEqual(['work']);
  expect(questions).toBeGreaterThanOrEqual(300);
});

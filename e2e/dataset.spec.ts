import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { violationsOn } from './axe.ts';
import { expect, test } from './launch.ts';
import { filesBelow } from './material.ts';
import { steps } from './steps.ts';

test('a Parquet list that is dropped becomes a data set, and is told as done the next time', async ({
  app,
  folder,
  server,
}) => {
  const see = steps(app);
  const { page } = app;
  const out = join(folder, 'set');
  const list = join(folder, 'photos.parquet');
  const data = server.urls(5);
  writeFileSync(
    list,
    new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'url', data, type: 'STRING' }] })),
  );
  await app.drop([list]);
  await see.ready('Download 5 files');
  await see.chooseOutput(out);
  await page.getByRole('button', { name: /^More/ }).click();
  await page.getByLabel('As a data set').selectOption({ label: 'WebDataset: tars with tables' });
  const items = page.getByRole('textbox', { name: 'Items in a tar' });
  await items.fill('3');
  await items.press('Enter');
  expect(await violationsOn(page)).toEqual([]);
  await see.start();
  await see.finished('5 files');
  expect(filesBelow(out)).toEqual([
    '00000.parquet',
    '00000.tar',
    '00000_stats.json',
    '00001.parquet',
    '00001.tar',
    '00001_stats.json',
  ]);
  const rows = page.getByRole('row').filter({ hasText: 'photo-000' });
  await expect(rows).toHaveCount(5);

  // What is in its tars is there.
  await page.getByRole('button', { name: 'New run' }).click();
  await app.drop([list]);
  await see.ready('Everything is up to date');
  await expect(page.getByText('5 will be skipped, as nothing has changed')).toBeVisible();
});

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { violationsOn } from './axe.ts';
import { faintTexts } from './contrast.ts';
import { expect, test } from './launch.ts';
import { filesBelow } from './material.ts';
import { unreachable } from './seen.ts';
import { steps } from './steps.ts';

test('the history has the runs of window and command line: opened, compared, undone and removed', async ({
  launch,
  folder,
}) => {
  const photos = join(folder, 'photos');
  const names = await makeSampleImages(photos, { count: 4 });
  writeFileSync(join(photos, 'text.jpg'), 'not a picture');
  const env = { SHOAL_STATE_DIR: join(folder, 'state') };
  const command = [resolve('bin/shoal.cjs'), 'thumbs', 'photos'];
  const own = { ...process.env, ...env };
  // One image fails.
  expect(spawnSync(process.execPath, command, { cwd: folder, env: own }).status).toBe(1);

  const app = await launch({ env });
  const { page } = app;
  const see = steps(app);
  await app.drop([photos]);
  await see.ready(/^Make/);
  await page.getByRole('textbox', { name: 'Width' }).fill('50');
  await page.keyboard.press('Tab');
  await see.ready('Make 5 thumbnails');
  await see.start();
  await see.finished('4 thumbnails, 1 could not be made');
  await page.getByText('History', { exact: true }).click();
  const rows = page.getByRole('group', { name: 'Former runs' }).getByRole('listitem');
  await expect(rows).toHaveText([
    /^Today$/,
    /photos4 thumbnails.*50 × 75/,
    /photos4 thumbnails.*command line/,
  ]);
  await expect(page.getByRole('heading', { name: '2 runs' })).toBeVisible();
  expect(await violationsOn(page)).toEqual([]);
  expect(await faintTexts(page)).toEqual([]);
  expect(await unreachable(page)).toEqual([]);

  const search = page.getByRole('textbox', { name: 'Search the history' });
  await search.fill('command line');
  await expect(page.getByRole('heading', { name: '1 of 2 runs' })).toBeVisible();
  await rows
    .nth(1)
    .getByRole('button', { name: /^Results/ })
    .click();
  await see.finished('4 thumbnails, 1 could not be made');
  await expect(see.causes).toHaveText(['It is not an image 1']);
  await see.grid
    .getByRole('option')
    .filter({ hasText: names[0] ?? '' })
    .click();
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText(names[0] ?? '');
  await page.getByText('History', { exact: true }).click();
  await search.fill('');

  for (const place of [1, 2]) await rows.nth(place).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Compare two' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('row').filter({ hasText: 'Sizes' })).toContainText('as usual50 × 75');
  await expect(dialog).toContainText('4 items ended differently');
  expect(await faintTexts(page)).toEqual([]);
  await page.keyboard.press('Escape');

  // What the window made goes after a question that names it; the originals stay.
  const more = (place: number) => rows.nth(place).getByRole('button', { name: /^More/ }).click();
  await more(1);
  await page.getByRole('menuitem', { name: /^Undo/ }).click();
  await expect(dialog.getByRole('list', { name: 'Files to be removed' }).getByRole('listitem')).toHaveCount(
    4,
  );
  expect(filesBelow(join(photos, 'thumbs'))).toEqual(names);
  await dialog.getByRole('button', { name: 'Remove 4 files' }).click();
  await expect(dialog).toContainText('4 files removed.');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  expect(filesBelow(photos)).toEqual([...names, 'text.jpg'].sort());
  await expect(rows.nth(1)).toContainText('undone: 4 files removed');

  await more(2);
  await page.getByRole('menuitem', { name: /^Remove/ }).click();
  await dialog.getByRole('button', { name: 'Remove from the history' }).click();
  await expect(rows).toHaveCount(2);
});

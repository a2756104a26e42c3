import { join } from 'node:path';
import { violationsOn } from './axe.ts';
import { expect, test } from './launch.ts';
import { steps } from './steps.ts';

test('who has no pictures at hand gets sixty, sees what would become of them, and makes them', async ({
  launch,
  folder,
}) => {
  const app = await launch({ env: { HOME: folder } });
  const { page } = app;
  await expect(page.getByRole('heading', { name: 'Where things are kept' })).toBeVisible();
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Try it with 60 sample pictures' }).click();
  const see = steps(app);
  await see.ready(/Make 60/);
  await see.start();
  await see.finished('60 thumbnails');
  await page.locator('label').filter({ hasText: 'Start' }).click();
  await expect(page.getByRole('heading', { name: 'Drop a folder' })).toBeVisible();
  await expect(page.getByRole('button', { name: /sample pictures/ })).toBeHidden();
});

test('the folders where things are kept are opened from there', async ({ app }) => {
  await app.noteOpened();
  await app.page.getByRole('button', { name: 'Open: Settings' }).click();
  await app.page.getByRole('button', { name: 'Open: History' }).click();
  await expect
    .poll(() => app.opened())
    .toEqual([`open ${app.userData}`, `open ${join(app.userData, 'state')}`]);
});

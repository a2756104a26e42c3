import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, test } from './launch.ts';
import { filesBelow } from './material.ts';
import { steps } from './steps.ts';

test('a dropped folder becomes thumbnails, on disk and on screen', async ({ app, folder }) => {
  const photos = join(folder, 'photos');
  const names = await makeSampleImages(photos, { count: 12 });
  const see = steps(app);
  await app.drop([photos]);
  await see.ready('Make 12 thumbnails');
  await expect(app.page.getByText(join(photos, 'thumbs'))).toBeVisible();
  await see.start();
  await see.finished('12 thumbnails');
  expect(filesBelow(join(photos, 'thumbs'))).toEqual(names);
  for (const name of names) {
    const { width, height, format } = await sharp(readFileSync(join(photos, 'thumbs', name))).metadata();
    expect(Math.max(width, height)).toBe(75);
    expect(format).toBe('jpeg');
  }
  await expect(see.grid.locator('img')).toHaveCount(12);
  const shown = () =>
    see.grid
      .locator('img')
      .evaluateAll((images) =>
        images.map((image) =>
          Math.max((image as HTMLImageElement).naturalWidth, (image as HTMLImageElement).naturalHeight),
        ),
      );
  await expect.poll(shown).toEqual(names.map(() => 75));
});

test('what is up to date is skipped, and the preview says so before', async ({ app, folder }) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 5 });
  const see = steps(app);
  await app.drop([photos]);
  await see.ready('Make 5 thumbnails');
  await see.start();
  await see.finished('5 thumbnails');
  await app.page.getByRole('button', { name: 'Run again' }).click();
  await see.ready('Everything is up to date');
  await expect(app.page.getByText('5 will be skipped')).toBeVisible();
});

test('broken images fail by cause, with advice, and the others are made', async ({ app, folder }) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 6 });
  writeFileSync(join(photos, 'empty.jpg'), '');
  writeFileSync(join(photos, 'text.jpg'), 'not a picture');
  const see = steps(app);
  await app.drop([photos]);
  await see.ready(/Make 8 thumbnails/);
  await see.start();
  await see.finished('6 thumbnails, 2 could not be made');
  await expect(see.causes).toHaveCount(2);
  const empty = see.causes.filter({ hasText: 'The file is empty' });
  await empty.click();
  await expect(see.grid.getByRole('option')).toHaveText(/empty\.jpg/);
  // Said to a screen reader as well, and by the button itself.
  const advice = app.page.getByRole('status').filter({ hasText: 'Get it again' });
  await expect(advice).toBeVisible();
  await expect(empty).toHaveAccessibleDescription(/Get it again/);
  await empty.click();
  await expect(advice).toBeHidden();
  await app.page.getByRole('toolbar', { name: 'Show' }).getByRole('button', { name: 'Failed 2' }).click();
  await expect(see.grid.getByRole('option')).toHaveCount(2);
});

test('failed images can be retried once they are mended', async ({ app, folder }) => {
  const photos = join(folder, 'photos');
  const [name = ''] = await makeSampleImages(photos, { count: 4 });
  const whole = readFileSync(join(photos, name));
  writeFileSync(join(photos, name), '');
  const see = steps(app);
  await app.drop([photos]);
  await see.ready(/Make 4/);
  await see.start();
  await see.finished('3 thumbnails, 1 could not be made');
  writeFileSync(join(photos, name), whole);
  await see.causes.click();
  await app.page.getByRole('button', { name: 'Retry 1 failed' }).click();
  await see.finished('1 thumbnail');
  expect(filesBelow(join(photos, 'thumbs'))).toHaveLength(4);
});

test('a folder without images says so and cannot start', async ({ app, folder }) => {
  await app.drop([folder]);
  await steps(app).ready('No images found');
  await expect(app.page.getByRole('button', { name: /^Make/ })).toBeDisabled();
});

test('a name is shown as it can be seen: nothing in it turns it round, hides or is a command', async ({
  app,
  folder,
}) => {
  const photos = join(folder, 'pho\u202etos');
  await makeSampleImages(photos, { count: 1 });
  writeFileSync(join(photos, 'a\u202egpj.exe\u200b.jpg'), 'not a picture');
  writeFileSync(join(photos, 'שלום.jpg'), 'not a picture');
  const see = steps(app);
  await app.drop([photos]);
  await see.ready('Make 3 thumbnails');
  await expect(see.inputs).toContainText('pho\\u202etos');
  await see.start();
  await see.finished('1 thumbnail, 2 could not be made');
  await see.layout('List').click();
  const table = app.page.getByRole('grid', { name: 'Items' });
  await expect(table).toContainText('a\\u202egpj.exe\\u200b.jpg');
  await expect(table).toContainText('שלום.jpg');
  expect(await app.page.locator('body').innerText()).not.toMatch(/[\u200b\u202a-\u202e]/);
  expect(await app.page.content()).not.toMatch(/[\u200b\u202a-\u202e]/);
});

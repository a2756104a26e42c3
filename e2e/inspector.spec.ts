import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, type LaunchedApp, test } from './launch.ts';
import { steps } from './steps.ts';

/** A run of six images that can be made and one that cannot; what the desktop is asked to do is noted. */
async function finished(app: LaunchedApp, folder: string) {
  const photos = join(folder, 'photos');
  const names = await makeSampleImages(photos, { count: 6 });
  writeFileSync(join(photos, 'empty.jpg'), '');
  await app.noteOpened();
  const see = steps(app);
  await app.drop([photos]);
  await see.ready(/Make 7/);
  await see.start();
  await see.finished(/6 thumbnails/);
  return { see, photos, names, ...looks(app) };
}

function looks(app: LaunchedApp) {
  const inspector = app.page.getByRole('region', { name: 'Inspector' });
  return {
    inspector,
    name: inspector.getByRole('heading'),
    selected: app.page.locator('[aria-current="true"][data-position]'),
    lightbox: app.page.getByRole('dialog'),
  };
}

const clipboard = (app: LaunchedApp) => app.inMain(async ({ clipboard }) => clipboard.readText());

test('a click on a picture shows it beside its original, with what is known of it', async ({
  app,
  folder,
}) => {
  const { see, names, inspector, name, selected } = await finished(app, folder);
  await see.grid
    .getByRole('option')
    .filter({ has: app.page.locator('img') })
    .first()
    .click();
  await expect(selected).toHaveCount(1);
  await expect(name).toHaveText(/\.jpg$/);
  expect(names).toContain(await name.textContent());
  await expect(inspector).toContainText(/State\s*done/);
  await expect(inspector).toContainText(/Pixels\s*\d+ × \d+/);
  await expect(inspector).toContainText(/Size\s*[\d.]+ kB → [\d.]+ kB/);
  await expect(inspector).toContainText(/Time\s*[\d.]+ m?s/);
  const sizes = () =>
    inspector
      .locator('img')
      .evaluateAll((all) =>
        all.map((image) =>
          Math.max((image as HTMLImageElement).naturalWidth, (image as HTMLImageElement).naturalHeight),
        ),
      );
  // The original and the thumbnail, each really drawn.
  await expect.poll(async () => (await sizes()).length).toBe(2);
  await expect.poll(async () => Math.min(...(await sizes()))).toBe(75);
  expect(Math.max(...(await sizes()))).toBeGreaterThan(75);
  // The page has ids of pictures, never paths.
  expect(await inspector.locator('img').first().getAttribute('src')).toMatch(
    /^thumb:\/\/shoal\/[0-9a-f-]{36}$/,
  );
  expect(await inspector.innerHTML()).not.toContain(folder);
});

test('keys go from item to item in the grid and in the list, and the divider moves by keys', async ({
  app,
  folder,
}) => {
  const { see, inspector, selected } = await finished(app, folder);
  const { page } = app;
  const at = (position: number) => expect(selected).toHaveAttribute('data-position', String(position));
  await see.grid.focus();
  await page.keyboard.press('ArrowRight');
  await at(0);
  await page.keyboard.press('ArrowRight');
  await at(1);
  await page.keyboard.press('End');
  await at(6);
  await page.keyboard.press('ArrowLeft');
  await at(5);
  await page.keyboard.press('Home');
  await at(0);
  await page.keyboard.press('Escape');
  await expect(selected).toHaveCount(0);
  await expect(inspector).toBeHidden();
  await see.layout('List').click();
  await page.getByRole('row').nth(3).click();
  await at(2);
  await page.keyboard.press('ArrowDown');
  await at(3);
  await page.keyboard.press('End');
  await at(6);
  await page.locator('[data-state="done"][data-position]').first().click();
  const divider = inspector.getByRole('slider');
  await divider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(divider).toHaveValue('51');
});

test('an item that failed tells why, and offers its original alone', async ({ app, folder }) => {
  const { see, photos, inspector } = await finished(app, folder);
  await see.layout('List').click();
  await app.page.getByRole('row').filter({ hasText: 'empty.jpg' }).click();
  await expect(inspector).toContainText('EMPTY_FILE');
  await expect(inspector).toContainText('The file is empty');
  // No sign of the browser's for a picture that cannot be drawn.
  await expect(inspector).toContainText('There is no picture of this item to show.');
  await expect(inspector.locator('img')).toHaveCount(0);
  await inspector.getByRole('button', { name: 'Open original' }).click();
  await expect.poll(() => app.opened()).toEqual([`open ${join(photos, 'empty.jpg')}`]);
  await expect(inspector.getByRole('button', { name: 'Copy URL' })).toHaveCount(0);
});

test('a result is opened, shown in its folder and its path is copied, by main alone', async ({
  app,
  folder,
}) => {
  const { see, photos, inspector, name } = await finished(app, folder);
  await see.grid
    .getByRole('option')
    .filter({ has: app.page.locator('img') })
    .first()
    .click();
  const path = join(photos, 'thumbs', (await name.textContent()) ?? '');
  await inspector.getByRole('button', { name: 'Open', exact: true }).click();
  await expect.poll(() => app.opened()).toEqual([`open ${path}`]);
  await inspector.getByRole('button', { name: 'Show in folder' }).click();
  await expect.poll(() => app.opened()).toEqual([`open ${path}`, `reveal ${path}`]);
  await inspector.getByRole('button', { name: 'Copy path' }).click();
  await expect(inspector).toContainText('The path is copied.');
  expect(await clipboard(app)).toBe(path);
  rmSync(path);
  await inspector.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(inspector.getByRole('alert')).toContainText('is not there any more');
  expect(await app.opened()).toHaveLength(2);
});

test('an original that is gone or that the window cannot draw is not shown, and it says so', async ({
  app,
  folder,
}) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 1 });
  const picture = sharp({ create: { width: 200, height: 100, channels: 3, background: '#268' } });
  await picture.tiff().toFile(join(photos, 'scan.tif'));
  const see = steps(app);
  const { inspector, name } = looks(app);
  await app.drop([photos]);
  await see.ready('Make 2 thumbnails');
  await see.start();
  await see.finished(/2 thumbnails/);
  await see.layout('List').click();
  await app.page.getByRole('row').filter({ hasText: 'scan.tif' }).click();
  await expect(name).toHaveText('scan.tif');
  await expect(inspector).toContainText('this window cannot draw its format');
  renameSync(photos, `${photos} elsewhere`);
  await app.page.getByRole('row').filter({ hasText: '.jpg' }).first().click();
  await expect(inspector).toContainText('The original is not shown: it is not there any more.');
});

test('Space shows the picture in the whole window, arrows go on, Escape gives the focus back', async ({
  app,
  folder,
}) => {
  const { see, selected, lightbox } = await finished(app, folder);
  const { page } = app;
  await see.grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press(' ');
  await expect(lightbox).toBeVisible();
  await expect(lightbox).toContainText('1 of 7');
  await page.keyboard.press('ArrowRight');
  await expect(lightbox).toContainText('2 of 7');
  await page.keyboard.press('ArrowLeft');
  await expect(lightbox).toContainText('1 of 7');
  const size = await lightbox.boundingBox();
  expect(size?.width).toBe(await page.evaluate(() => innerWidth));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await expect(lightbox).toBeHidden();
  await expect(see.grid).toBeFocused();
  await expect(selected).toHaveAttribute('data-position', '1');
});

test('a fetched file has its host and URL; what might be a program is not opened', async ({
  app,
  folder,
  server,
}) => {
  const see = steps(app);
  const { inspector } = looks(app);
  await app.noteOpened();
  const urls = [`${server.origin}/photo-1.jpg`, `${server.origin}/setup.exe`];
  const out = join(folder, 'out');
  await see.fetching(urls, out, { poolSize: 2, perHost: 2 });
  await see.finished(/2 files/);
  await app.page.getByRole('row').filter({ hasText: 'photo-1.jpg' }).click();
  await expect(inspector).toContainText(new URL(server.origin).host);
  await inspector.getByRole('button', { name: 'Copy URL' }).click();
  await expect.poll(() => clipboard(app)).toBe(urls[0]);
  await app.page.getByRole('row').filter({ hasText: 'setup.exe' }).click();
  await expect(inspector.getByRole('heading')).toHaveText('setup.exe');
  await inspector.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(inspector.getByRole('alert')).toContainText('might start a program');
  expect(await app.opened()).toEqual([]);
});

test('in a narrow window the inspector is a sheet below the items', async ({ app, folder }) => {
  await app.page.setViewportSize({ width: 800, height: 700 });
  const { see, inspector } = await finished(app, folder);
  await see.grid.focus();
  await app.page.keyboard.press('Home');
  await expect(inspector).toBeVisible();
  const items = await see.grid.boundingBox();
  const sheet = await inspector.boundingBox();
  expect(sheet?.y).toBeGreaterThanOrEqual((items?.y ?? 0) + (items?.height ?? 0) - 1);
  expect(sheet?.width).toBeGreaterThan(700);
});

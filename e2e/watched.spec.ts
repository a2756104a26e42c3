import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleImages, sampleJpeg } from '../test/images/sample-images.ts';
import { violationsOn } from './axe.ts';
import { faintTexts } from './contrast.ts';
import { expect, type LaunchedApp, test } from './launch.ts';
import { filesBelow, manyImages } from './material.ts';
import { unreachable } from './seen.ts';
import { steps } from './steps.ts';

/** What a person sees of watched folders. */
const watched = ({ page }: LaunchedApp) => {
  const cards = page.getByRole('list', { name: 'Watched folders' }).getByRole('listitem');
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  return {
    cards,
    press,
    keep: page.getByRole('button', { name: 'Keep this folder up to date' }),
    stands: (sentence: string | RegExp) => expect(cards.first()).toContainText(sentence, { timeout: 30_000 }),
  };
};

function thumbs(photos: string): number {
  const folder = join(photos, 'thumbs');
  return existsSync(folder) ? filesBelow(folder).length : 0;
}

test('what comes into a watched folder gets its thumbnail by itself, after a restart as well, until it is paused or removed', async ({
  launch,
  folder,
}) => {
  const photos = join(folder, 'Scans');
  await makeSampleImages(photos, { count: 3 });
  const add = async (name: string) => writeFileSync(join(photos, name), await sampleJpeg(7, 320, 240));
  const first = await launch();
  await first.drop([photos]);
  await steps(first).ready('Make 3 thumbnails');
  await watched(first).keep.click();
  await expect(first.page.getByRole('main')).toHaveAttribute('aria-label', 'Start');
  await watched(first).stands('Watching: up to date');
  await watched(first).stands(/Last: 3 thumbnails.*Today/);
  expect(thumbs(photos)).toBe(3);
  await add('four.jpg');
  await expect.poll(() => thumbs(photos), { timeout: 30_000 }).toBe(4);
  await watched(first).stands(/Last: 1 thumbnail.*3 skipped/);
  expect(await violationsOn(first.page)).toEqual([]);
  expect(await faintTexts(first.page)).toEqual([]);
  expect(await unreachable(first.page)).toEqual([]);
  // Its runs are in the history, and are no cards beside its own.
  await expect(first.page.getByRole('region', { name: 'Recent runs' })).toBeHidden();
  await first.close();

  // What came meanwhile is done first.
  await add('five.jpg');
  const app = await launch();
  const { page } = app;
  const see = watched(app);
  await expect(page.getByRole('main')).toHaveAttribute('aria-label', 'Start');
  await expect.poll(() => thumbs(photos), { timeout: 30_000 }).toBe(5);
  await see.stands('Watching: up to date');
  await see.press('Results: Scans');
  await steps(app).finished('1 thumbnail');
  await expect(page.getByRole('button', { name: 'Kept up to date' })).toBeVisible();
  await page.getByRole('button', { name: 'New run' }).click();

  await see.press('Pause: Scans');
  await see.stands('Paused');
  await add('six.jpg');
  await see.press('Continue: Scans');
  await expect.poll(() => thumbs(photos), { timeout: 30_000 }).toBe(6);
  await see.stands('Watching: up to date');

  renameSync(photos, `${photos}-away`);
  await see.stands('The folder is not there');
  renameSync(`${photos}-away`, photos);
  await see.stands('Watching: up to date');

  // With nothing to do there is nothing in the history.
  await see.press('Run now: Scans');
  await see.stands('Watching: up to date');
  await page.locator('label').filter({ hasText: 'History' }).click();
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'Scans' })).toHaveCount(4);
  await page.locator('label').filter({ hasText: 'Start' }).click();

  await see.press('Stop watching: Scans');
  await expect(see.cards).toHaveCount(0);
  const again = page.getByRole('button', { name: 'Watch it again' });
  await expect(again).toBeFocused();
  await again.click();
  await see.stands('Watching: up to date');
  await see.press('Stop watching: Scans');
  await expect(again).toBeFocused();
  // Whoever comes back later finds nothing that Enter would press.
  await page.locator('label').filter({ hasText: 'History' }).click();
  await page.locator('label').filter({ hasText: 'Start' }).click();
  await expect(page.getByRole('region', { name: 'Drop zone' })).toBeVisible();
  await expect(again).toBeHidden();
  await app.close();
  const last = await launch();
  await expect(last.page.getByRole('region', { name: 'Drop zone' })).toBeVisible();
  await expect(watched(last).cards).toHaveCount(0);
});

test('a folder waits for the run of a person, whose results stay on screen while it is done', async ({
  app,
  folder,
  server,
}) => {
  const { page } = app;
  const see = watched(app);
  const photos = join(folder, 'Scans');
  mkdirSync(photos);
  await app.drop([photos]);
  await see.keep.click();
  await see.stands('Watching: up to date');
  server.gate.shut();
  await steps(app).fetching(server.urls(2), join(folder, 'out'), { poolSize: 2, perHost: 2 });
  await makeSampleImages(photos, { count: 2 });
  await page.locator('label').filter({ hasText: 'Start' }).click();
  await see.stands('Waiting: looks for what is new when what is on now has ended');
  expect(thumbs(photos)).toBe(0);
  await page.locator('label').filter({ hasText: /^Run$/ }).click();
  server.gate.open();
  await steps(app).finished('2 files');
  await expect.poll(() => thumbs(photos), { timeout: 30_000 }).toBe(2);
  await steps(app).finished('2 files');
  await page.getByRole('button', { name: 'New run' }).click();
  await see.stands(/Last: 2 thumbnails/);
  // What cannot be done is tried once, and again when it is another file or somebody asks for it.
  writeFileSync(join(photos, 'broken.jpg'), 'no image');
  await see.stands(/Watching: nothing new to do.*1 could not be made/);
  rmSync(join(photos, 'broken.jpg'));
  await see.press('Run now: Scans');
  await see.stands('Watching');
});

test('closing in the middle of its run asks nothing, as the next start does the rest', async ({
  launch,
  folder,
}) => {
  const photos = join(folder, 'Scans');
  await manyImages(photos, 400, 640, 480);
  const first = await launch();
  await first.drop([photos]);
  await watched(first).keep.click();
  await watched(first).press('Show its run: Scans');
  await steps(first).pause.click();
  await expect(steps(first).resume).toBeVisible();
  // Whoever is asked keeps the window open.
  await first.inMain(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
  });
  await first.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await first.ended();
  expect(thumbs(photos)).toBeLessThan(400);

  const app = await launch();
  await watched(app).stands('Watching: up to date');
  expect(thumbs(photos)).toBe(400);
  await expect(app.page.getByRole('heading', { name: 'Not finished' })).toBeHidden();
});

test('cancelling its run pauses it, and the report of that run offers to go on', async ({ app, folder }) => {
  const { page } = app;
  const see = watched(app);
  const photos = join(folder, 'Scans');
  await manyImages(photos, 400, 640, 480);
  await app.drop([photos]);
  await see.keep.click();
  await see.press('Show its run: Scans');
  await steps(app).pause.click();
  await page.locator('label').filter({ hasText: 'Start' }).click();
  await see.press('Pause: Scans');
  await see.stands('Working: its run is on. What comes in after it is left for later');
  await see.press('Continue: Scans');
  await see.press('Show its run: Scans');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(see.keep).toBeVisible();
  await see.keep.click();
  await expect(page.getByRole('button', { name: 'Kept up to date' })).toBeFocused();
  await expect.poll(() => thumbs(photos), { timeout: 30_000 }).toBe(400);
  // However many runs are made by themselves meanwhile, the report on the screen stays, and can be looked into.
  for (const at of [401, 402]) {
    writeFileSync(join(photos, `later-${at}.jpg`), await sampleJpeg(at, 320, 240));
    await expect.poll(() => thumbs(photos), { timeout: 30_000 }).toBe(at);
  }
  await steps(app).grid.getByRole('option').first().click();
  await expect(page.getByRole('region', { name: 'Inspector' }).getByRole('heading')).toBeVisible();
});

test('a list of watched folders that is damaged is told of and kept', async ({ launch, folder }) => {
  const userData = join(folder, 'user-data');
  mkdirSync(userData);
  writeFileSync(join(userData, 'watched-folders.json'), '[{"half');
  const app = await launch();
  await expect(app.page.getByText('The list of watched folders was damaged')).toBeVisible();
  expect(filesBelow(userData)).toContain('watched-folders.json.damaged');
});

import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { violationsOn } from './axe.ts';
import { expect, type LaunchedApp, test } from './launch.ts';
import { filesBelow } from './material.ts';
import { steps } from './steps.ts';

/** Eight images that can be made and two that cannot, in the order in which they ended. */
async function finished(app: LaunchedApp, folder: string) {
  const photos = join(folder, 'photos');
  const names = await makeSampleImages(photos, { count: 8 });
  writeFileSync(join(photos, 'empty.jpg'), '');
  writeFileSync(join(photos, 'text.jpg'), 'not a picture');
  const see = steps(app);
  await app.drop([photos]);
  await see.ready(/Make 10/);
  await see.start();
  await see.finished(/8 thumbnails/);
  return { see, photos, names, ...selection(app) };
}

function selection(app: LaunchedApp) {
  const { page } = app;
  const selected = page.locator('[aria-selected="true"][data-position]');
  const bar = page.getByRole('region', { name: 'Selection' });
  return {
    bar,
    cell: (at: number) => page.locator(`[data-position="${at}"]`),
    /** The places that are selected, of those in the page. */
    places: () =>
      selected.evaluateAll((all) => all.map((each) => Number((each as HTMLElement).dataset.position))),
    do: (name: string | RegExp) => bar.getByRole('button', { name }).click(),
  };
}

const clipboard = (app: LaunchedApp) => app.inMain(async ({ clipboard }) => clipboard.readText());

test('items are selected by clicks and by keys as files are, in the grid and in the list', async ({
  app,
  folder,
}) => {
  const { see, bar, cell, places } = await finished(app, folder);
  const { keyboard } = app.page;
  await cell(1).click();
  await expect.poll(places).toEqual([1]);
  await expect(bar).toBeHidden();
  await cell(4).click({ modifiers: ['Shift'] });
  await expect.poll(places).toEqual([1, 2, 3, 4]);
  await expect(bar.getByRole('status')).toContainText('4 selected');
  await cell(7).click({ modifiers: ['ControlOrMeta'] });
  await cell(2).click({ modifiers: ['ControlOrMeta'] });
  await expect.poll(places).toEqual([1, 3, 4, 7]);
  await keyboard.press('Escape');
  await expect.poll(places).toEqual([]);
  await expect(bar).toBeHidden();
  await keyboard.press('Home');
  await keyboard.press('Shift+ArrowRight');
  await keyboard.press('Shift+ArrowRight');
  await expect.poll(places).toEqual([0, 1, 2]);
  await keyboard.press('Control+End');
  await keyboard.press('Control+ArrowLeft');
  await expect.poll(places).toEqual([0, 1, 2]);
  await keyboard.press('Control+Space');
  await expect.poll(places).toEqual([0, 1, 2, 8]);
  await expect(bar).toContainText('4 selected');
  // A screen reader is told where the keys are.
  await expect(see.grid).toHaveAttribute('aria-activedescendant', 'item-8');
  expect(await violationsOn(app.page)).toEqual([]);
  await see.layout('List').click();
  await expect.poll(places).toEqual([0, 1, 2, 8]);
  expect(await violationsOn(app.page)).toEqual([]);
  await cell(5).click();
  await cell(6).click({ modifiers: ['Shift'] });
  await expect.poll(places).toEqual([5, 6]);
  expect(await app.page.evaluate(() => getSelection()?.toString())).toBe('');
});

test('all that the filter and the search let through is selected by one key, and its paths are copied', async ({
  app,
  folder,
}) => {
  const { photos, names, bar, ...on } = await finished(app, folder);
  const { page } = app;
  const select = async (many: number) => {
    await page.locator('main').click({ position: { x: 4, y: 4 } });
    await page.keyboard.press('ControlOrMeta+A');
    await expect(bar.getByRole('status')).toContainText(`${many} selected`);
  };
  await select(10);
  await page.getByRole('searchbox', { name: 'Search by name or host' }).fill('.jpg');
  const made = page.getByRole('toolbar', { name: 'Show' }).getByRole('button', { name: /^Done/ });
  await made.click();
  // In another list the same places are other items.
  await expect(bar).toBeHidden();
  await page.getByRole('combobox', { name: 'Order' }).selectOption('By name');
  await expect(page.locator('[data-position][data-state="done"]')).toHaveCount(8);
  await select(8);
  await expect(bar).toContainText(/[\d.]+ kB → [\d.]+ kB/);
  await on.do('Copy paths');
  await expect(bar).toContainText('8 paths copied.');
  const paths = names.map((name) => join(photos, 'thumbs', name));
  expect((await clipboard(app)).split('\n')).toEqual(paths);
  await expect(bar.getByRole('button', { name: /Retry|URLs/ })).toHaveCount(0);
  await app.inMain(({ shell }) => {
    shell.showItemInFolder = (path) => {
      Object.assign(globalThis, { shown: path });
    };
  });
  rmSync(paths[0] ?? '');
  await on.do('Show in folder');
  const shown = () => app.inMain(() => (globalThis as unknown as { shown: string }).shown);
  await expect.poll(shown).toBe(paths[1]);
});

test('what failed of a selection is tried again, and any of it is done again with other settings', async ({
  app,
  folder,
}) => {
  const { see, photos, bar, ...on } = await finished(app, folder);
  const { page } = app;
  await page.keyboard.press('ControlOrMeta+A');
  // Of those that failed, one is well by now.
  await makeSampleImages(join(folder, 'well'), { count: 1 });
  const [well = ''] = filesBelow(join(folder, 'well'));
  copyFileSync(join(folder, 'well', well), join(photos, 'empty.jpg'));
  await on.do('Retry 2');
  await see.finished(/1 thumbnail/);
  await expect(see.grid.getByRole('option')).toHaveCount(2);
  await expect(bar).toBeHidden();
  await page.keyboard.press('ControlOrMeta+A');
  await on.do('Redo with…');
  await see.ready(/^Make/);
  await expect(see.inputs).toHaveCount(2);
  await expect(see.inputs.filter({ hasText: 'empty.jpg' })).toHaveCount(1);
  await expect(see.inputs.filter({ hasText: 'text.jpg' })).toHaveCount(1);
});

test('of a list of URLs the selected ones are copied, and taken to another run', async ({
  app,
  folder,
  server,
}) => {
  const see = steps(app);
  const { bar, cell, ...on } = selection(app);
  const urls = server.urls(6);
  await see.fetching(urls, join(folder, 'out'), { poolSize: 1, perHost: 1 });
  await see.finished(/6 files/);
  await cell(1).click();
  await cell(3).click({ modifiers: ['Shift'] });
  await on.do('Copy URLs');
  await expect(bar).toContainText('3 URLs copied.');
  expect((await clipboard(app)).split('\n')).toEqual(urls.slice(1, 4));
  await on.do('Redo with…');
  // With the settings as they were, there is nothing to do.
  await see.ready('Everything is up to date');
  await expect(see.inputs).toHaveText(['3 of Pasted list']);
});

import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { violationsOn } from './axe.ts';
import { expect, type LaunchedApp, test } from './launch.ts';
import { steps } from './steps.ts';

const open = (app: LaunchedApp, name: string) => app.page.getByRole('dialog', { name });

test('settings are opened by key, button and menu, and what is chosen is kept', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('ControlOrMeta+,');
  const dialog = open(app, 'Settings');
  await expect(dialog).toBeVisible();
  expect(await violationsOn(app.page)).toEqual([]);
  const dark = () => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  await dialog.getByText('Dark', { exact: true }).click();
  await expect.poll(dark).toBe(true);
  await dialog.getByText('Light', { exact: true }).click();
  await expect.poll(dark).toBe(false);
  await dialog.getByLabel('Open the folder with what was made').check();
  await expect.poll(() => app.keptSettings()).toMatchObject({ theme: 'light', openWhenDone: true });
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Settings…' }).click();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await app.clickMenu('settings');
  await expect(dialog).toBeVisible();
});

test('what starts at once is not previewed: counting would take time from the run', async ({
  app,
  folder,
}) => {
  await makeSampleImages(join(folder, 'photos'), { count: 2 });
  await app.page.evaluate(() => window.api.request('settings:set', { startAtOnce: true }));
  await app.page.reload();
  await app.ready();
  await app.inMain(({ ipcMain }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    for (const name of ['run:preview', 'samples:make', 'run:forecast']) {
      ipcMain.removeHandler(name);
      ipcMain.handle(name, () => {
        asked.push(name);
        return { ok: false, error: { code: 'NOT_NOW', message: 'Not now.' } };
      });
    }
  });
  await app.drop([join(folder, 'photos')]);
  await steps(app).finished('2 thumbnails');
  const asked = await app.inMain(() => (globalThis as unknown as { asked: string[] }).asked);
  expect(asked).toEqual([]);
});

test('the recipes are set back together, and only where they differ from what they were at first', async ({
  app,
  folder,
}) => {
  await makeSampleImages(join(folder, 'photos'), { count: 1 });
  const see = steps(app);
  await app.drop([join(folder, 'photos')]);
  await see.ready(/Make 1/);
  await see.typePoolSize(3);
  await app.page.keyboard.press('ControlOrMeta+,');
  const back = open(app, 'Settings').getByRole('button', { name: 'Set all recipes back' });
  await back.click();
  await expect(back).toBeDisabled();
  await expect.poll(() => app.keptSettings()).not.toHaveProperty('thumbnailsPoolSize');
});

test('the folder is opened at the end of a run that made something, where a person wants it', async ({
  app,
  folder,
}) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 2 });
  await app.noteOpened();
  await app.page.keyboard.press('ControlOrMeta+,');
  await open(app, 'Settings').getByLabel('Open the folder with what was made').check();
  await app.page.keyboard.press('Escape');
  const see = steps(app);
  await app.drop([photos]);
  await see.ready(/Make 2/);
  await see.start();
  await see.finished('2 thumbnails');
  await expect.poll(() => app.opened()).toEqual([`open ${join(photos, 'thumbs')}`]);
});

test('the keys of the window are shown by F1 and by the menu', async ({ app }) => {
  await app.page.keyboard.press('F1');
  const dialog = open(app, 'Keyboard shortcuts');
  await expect(dialog.getByText('Open a folder')).toBeVisible();
  expect(await violationsOn(app.page)).toEqual([]);
  await app.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await app.clickMenu('shortcuts');
  await expect(dialog).toBeVisible();
});

test('about says the version, what it runs on, and the licence of each package in it', async ({ app }) => {
  await app.clickMenu('about');
  const dialog = open(app, 'About Shoal');
  await expect(dialog.getByText(/^Shoal \d+\.\d+\.\d+$/)).toBeVisible();
  await expect(dialog.getByText(/Node \d+/)).toBeVisible();
  expect(await violationsOn(app.page)).toEqual([]);
  await dialog.getByText(/^sharp \d/).click();
  await expect(dialog.getByText(/Apache License/).first()).toBeVisible();
});

test('quitting by the menu in the middle of a run asks, and goes on with the run unless told to stop', async ({
  app,
  folder,
  server,
}) => {
  server.gate.shut();
  const see = steps(app);
  await see.fetching(server.urls(4), join(folder, 'out'), { poolSize: 2, perHost: 2 });
  await app.inMain(({ dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = async (...given: unknown[]) => {
      asked.push((given.at(-1) as Electron.MessageBoxOptions).message);
      return { response: 1, checkboxChecked: false };
    };
  });
  await app.clickMenu('quit');
  const asked = () => app.inMain(() => (globalThis as unknown as { asked: string[] }).asked);
  await expect.poll(asked).toEqual(['0 of 4 are done. Stop the run?']);
  server.gate.open();
  await see.finished('4 files');
});

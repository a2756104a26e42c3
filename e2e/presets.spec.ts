import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { violationsOn } from './axe.ts';
import { expect, type LaunchedApp, test } from './launch.ts';
import { steps } from './steps.ts';

const field = (app: LaunchedApp) => app.page.getByRole('button', { name: /^Preset:/ });
const shown = (app: LaunchedApp, name: string) => expect(field(app)).toHaveAccessibleName(`Preset: ${name}`);
const dialog = (app: LaunchedApp) => app.page.getByRole('dialog');
const inDialog = (app: LaunchedApp, name: string) => dialog(app).getByRole('button', { name, exact: true });
const folderOf = (app: LaunchedApp) => join(app.userData, 'config/presets');
const fileOf = (app: LaunchedApp, name: string) => join(folderOf(app), name);
const kept = (app: LaunchedApp, name: string) => JSON.parse(readFileSync(fileOf(app, name), 'utf8'));

async function choose(app: LaunchedApp, name: string | RegExp): Promise<void> {
  await field(app).click();
  await app.page.getByRole(/…$/.test(String(name)) ? 'menuitem' : 'menuitemradio', { name }).click();
}

async function saveAs(app: LaunchedApp, name: string): Promise<void> {
  await choose(app, 'Save as preset…');
  await dialog(app).getByRole('textbox', { name: 'Name' }).fill(name);
  await app.page.keyboard.press('Enter');
}

async function ready(app: LaunchedApp, folder: string): Promise<void> {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 2 });
  await app.drop([photos]);
  await steps(app).ready(/Make 2/);
}

test('a preset sets what it holds, the rest to its defaults, and is shown as chosen until a setting differs', async ({
  app,
  folder,
}) => {
  await ready(app, folder);
  const { preview } = steps(app);
  const quality = app.page.getByRole('textbox', { name: 'Quality' });
  await shown(app, 'Article');
  await quality.fill('33');
  await quality.press('Enter');
  await shown(app, 'None');
  await choose(app, /^Web/);
  await shown(app, 'Web');
  await expect(preview).toContainText('320 × 320 and 800 × 800 and 1600 × 1600, whole, WebP 80');
  await expect(app.page.getByRole('checkbox', { name: 'WebP' })).toBeChecked();
  await expect(quality).toHaveValue('80');
  await quality.fill('50');
  await quality.press('Enter');
  await shown(app, 'Web, changed');
  await choose(app, /^Web/);
  await expect(quality).toHaveValue('80');
  await shown(app, 'Web');
  await choose(app, /^Avatar/);
  await expect(preview).toContainText('256 × 256, cropped, WebP 80');
  await choose(app, /^Contact sheet/);
  await expect(preview).toContainText('160 × 160, padded, JPEG 70');
});

test('the menu of presets is gone through by keys, and says which one is chosen', async ({ app, folder }) => {
  await ready(app, folder);
  await field(app).focus();
  await app.page.keyboard.press('Enter');
  const items = app.page.getByRole('menu', { name: 'Preset' }).getByRole('menuitemradio');
  await expect(items).toHaveText([/^Article/, /^Web/, /^Retina/, /^Avatar/, /^Contact sheet/]);
  await expect(items.nth(0)).toHaveAttribute('aria-checked', 'true');
  expect(await violationsOn(app.page)).toEqual([]);
  await expect(items.nth(0)).toBeFocused();
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Enter');
  await expect(field(app)).toBeFocused();
  await shown(app, 'Web');
});

test('settings are kept under a name, are there after a restart, and go when that is wanted', async ({
  launch,
  folder,
}) => {
  const first = await launch();
  await ready(first, folder);
  await choose(first, /^Avatar/);
  await first.page.getByRole('checkbox', { name: 'Include subfolders' }).uncheck();
  await shown(first, 'Avatar, changed');
  await choose(first, 'Save as preset…');
  const name = dialog(first).getByRole('textbox', { name: 'Name' });
  await expect(name).toBeFocused();
  await name.fill('a/b');
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog(first)).toContainText('Letters, digits, spaces and');
  expect(await violationsOn(first.page)).toEqual([]);
  await name.fill('web');
  await expect(dialog(first)).toContainText('Shoal has a preset of this name itself.');
  await name.press('Enter');
  expect(existsSync(folderOf(first))).toBe(false);
  await name.fill('For the board');
  await name.press('Enter');
  await expect(dialog(first)).toBeHidden();
  await shown(first, 'For the board');
  expect(kept(first, 'For the board.json')).toEqual({
    task: 'thumbs',
    settings: { box: { width: 256, height: 256 }, fit: 'cover', format: 'webp', recursive: false },
  });
  await choose(first, /^Article/);
  await expect.poll(() => first.keptSettings()).toMatchObject({ recursive: true });
  await first.close();

  const second = await launch();
  await second.drop([join(folder, 'photos')]);
  await shown(second, 'Article');
  await choose(second, /^For the board 256 × 256, cropped/);
  await shown(second, 'For the board');
  await expect(second.page.getByRole('checkbox', { name: 'Include subfolders' })).not.toBeChecked();
  await field(second).click();
  await expect(second.page.getByRole('group', { name: 'Your own' }).getByRole('menuitemradio')).toHaveCount(
    1,
  );
  expect(await violationsOn(second.page)).toEqual([]);
  await second.page.keyboard.press('Escape');
  await choose(second, 'Remove For the board…');
  await expect(dialog(second)).toContainText('The preset For the board goes.');
  expect(await violationsOn(second.page)).toEqual([]);
  await inDialog(second, 'Keep it').click();
  await expect(dialog(second)).toBeHidden();
  expect(readdirSync(folderOf(second))).toEqual(['For the board.json']);
  await choose(second, 'Remove For the board…');
  await inDialog(second, 'Remove the preset').click();
  await expect(dialog(second)).toBeHidden();
  await shown(second, 'None');
  expect(readdirSync(folderOf(second))).toEqual([]);
  await expect(second.page.getByRole('radio', { name: 'Crop' })).toBeChecked();
});

test('a file that cannot be used is told with its name and the reason, and is replaced only where that is wanted', async ({
  app,
  folder,
}) => {
  mkdirSync(folderOf(app), { recursive: true });
  const broken = fileOf(app, 'Board.json');
  writeFileSync(broken, '{ "task": "thumbs", ');
  writeFileSync(fileOf(app, 'newer.json'), '{"task": "thumbs", "settings": {"sparkle": 2}}');
  await ready(app, folder);
  const told = app.page.getByRole('list', { name: 'Presets that cannot be used' }).getByRole('listitem');
  await expect(told).toHaveText([
    'Board.json is no preset: It is not JSON.',
    'newer.json is no preset: There is no setting sparkle of thumbs.',
  ]);
  expect(await violationsOn(app.page)).toEqual([]);
  await saveAs(app, 'board');
  await expect(dialog(app).getByRole('alert')).toHaveText(
    '“board” is there already. It is a file that cannot be used as a preset. Replace it?',
  );
  expect(await violationsOn(app.page)).toEqual([]);
  await expect(inDialog(app, 'Keep it')).toBeFocused();
  await inDialog(app, 'Keep it').click();
  expect(readFileSync(broken, 'utf8')).toBe('{ "task": "thumbs", ');
  await inDialog(app, 'Save').click();
  await inDialog(app, 'Replace it').click();
  await expect(dialog(app)).toBeHidden();
  expect(kept(app, 'Board.json')).toEqual({ task: 'thumbs', settings: {} });
  await expect(told).toHaveCount(1);
  expect(readdirSync(folderOf(app)).toSorted()).toEqual(['Board.json', 'newer.json']);
});

test('what cannot be saved says so where the name was typed, which stays', async ({ app, folder }) => {
  mkdirSync(join(app.userData, 'config'), { recursive: true });
  writeFileSync(folderOf(app), 'a file where the folder should be');
  await ready(app, folder);
  await saveAs(app, 'Mine');
  await expect(dialog(app).getByRole('alert')).toContainText('a file of that name is there');
  await expect(dialog(app).getByRole('textbox', { name: 'Name' })).toHaveValue('Mine');
  expect(readFileSync(folderOf(app), 'utf8')).toBe('a file where the folder should be');
});

test('presets for downloads hold what is set there, and nothing that gives access', async ({ app }) => {
  await app.paste('https://example.com/a.jpg');
  await shown(app, 'Usual settings');
  const retries = app.page.getByRole('textbox', { name: 'Retries' });
  await retries.fill('9');
  await retries.press('Enter');
  await app.page.getByRole('checkbox', { name: 'Make thumbnails of the files' }).check();
  await app.page.getByRole('button', { name: /^More/ }).click();
  await app.page.getByRole('textbox', { name: 'Headers' }).fill('X-Key: hunter2');
  await app.page.getByRole('textbox', { name: 'Password' }).fill('hunter2');
  await app.page.getByRole('textbox', { name: 'Proxy' }).fill('http://me:hunter2@localhost:1');
  await app.page.getByRole('textbox', { name: 'Only names that match' }).fill('*.jpg');
  await saveAs(app, 'Patient');
  await shown(app, 'Patient');
  expect(kept(app, 'Patient.json')).toEqual({
    task: 'fetch',
    settings: { retries: 9, thumbnail: {}, match: '*.jpg' },
  });
  await choose(app, /^Usual settings/);
  await expect(retries).toHaveValue('3');
  await expect(app.page.getByRole('textbox', { name: 'Only names that match' })).toHaveValue('');
  // What gives access is no part of a preset, and stays as it was typed.
  await expect(app.page.getByRole('textbox', { name: 'Password' })).toHaveValue('hunter2');
  await choose(app, /^Patient/);
  await expect(retries).toHaveValue('9');
  await expect(app.page.getByRole('checkbox', { name: 'Make thumbnails of the files' })).toBeChecked();
});

test('tasks of one’s own have presets as well, and a name belongs to one kind of run', async ({
  app,
  folder,
}) => {
  await ready(app, folder);
  await saveAs(app, 'Flat');
  await shown(app, 'Flat');
  const module = join(folder, 'task.mjs');
  writeFileSync(module, 'export default (item) => item.length;\n');
  await app.answerOpenDialogs([module], 'openFile');
  await app.clickMenu('open-module');
  await shown(app, 'Usual settings');
  await app.page.getByRole('checkbox', { name: 'Include subfolders' }).uncheck();
  await shown(app, 'None');
  await saveAs(app, 'flat');
  await expect(dialog(app).getByRole('alert')).toHaveText(
    '“Flat” is there already. It is a preset for thumbnails. Replace it?',
  );
  await dialog(app).getByRole('textbox', { name: 'Name' }).fill('One folder');
  await inDialog(app, 'Save').click();
  await shown(app, 'One folder');
  expect(kept(app, 'One folder.json')).toEqual({ task: 'map', settings: { recursive: false } });
});

test('main takes no name that is no name, and no setting that no preset can hold', async ({ app }) => {
  const save = (name: string, settings: object) =>
    app.page.evaluate(
      (payload) =>
        window.api.request('presets:save', { ...payload, replace: true } as never).then(
          () => 'taken',
          (error: Error) => error.message,
        ),
      { name, preset: { task: 'fetch', settings } },
    );
  expect(await save('../../up', {})).toContain('Refused presets:save: name: Letters, digits');
  expect(await save('mine', { headers: { cookie: 'a' } })).toContain('Refused presets:save: preset.settings');
  expect(existsSync(folderOf(app))).toBe(false);
});

test('what a folder says of its thumbnails is offered, taken over when wanted, and left by choosing a preset', async ({
  app,
  folder,
}) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 2 });
  writeFileSync(
    join(photos, 'shoal.json'),
    '{"thumbs": {"size": ["120", "240"], "format": "webp", "out": "small"}}',
  );
  await app.drop([photos]);
  const { preview } = steps(app);
  await steps(app).ready(/Make 2/);
  const offer = app.page.getByRole('status').filter({ hasText: 'shoal.json' });
  await expect(offer).toContainText(
    'The folder photos has settings of its own (shoal.json): 120 × 120 and 240 × 240, whole, WebP 80',
  );
  await shown(app, 'Article');
  expect(await violationsOn(app.page)).toEqual([]);
  await offer.getByRole('button', { name: 'Use them' }).click();
  await expect(offer).toContainText('The settings are those of the folder photos (shoal.json).');
  await expect(preview).toContainText('120 × 120 and 240 × 240, whole, WebP 80');
  await shown(app, 'None');
  await choose(app, /^Article/);
  await expect(offer).toContainText('has settings of its own');
});

test('why the file of a folder cannot be used is told, and the run is not stopped by it', async ({
  app,
  folder,
}) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 1 });
  writeFileSync(join(photos, 'shoal.json'), '{"thumbs": {"out": "../up"}}');
  await app.drop([photos]);
  await steps(app).ready(/Make 1/);
  await expect(app.page.getByText(/^The shoal\.json of photos/)).toHaveText(
    'The shoal.json of photos cannot be used: shoal.json:1: Expected out to be a folder inside this one, got "../up".',
  );
});

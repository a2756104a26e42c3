import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, type LaunchedApp, test } from './launch.ts';
import { sameInBoth, spokenTexts } from './spoken-texts.ts';

const html = (page: Page) => page.locator('html');
const settings = (page: Page) => page.getByRole('dialog');
/** What main calls the settings in its menu. */
const menuText = (app: LaunchedApp) =>
  app.inMain(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('settings')?.label);

test('a language that is chosen is spoken at once, keeps what was given, and is spoken from the first frame on', async ({
  launch,
  folder,
}) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 2 });
  const first = await launch();
  const { page } = first;
  await first.drop([photos]);
  await expect(page.getByRole('heading', { name: 'Make 2 thumbnails' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+,');
  await settings(page).getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
  await expect(html(page)).toHaveAttribute('lang', 'de');
  await expect(settings(page)).toHaveAccessibleName('Einstellungen');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: '2 Vorschaubilder machen' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Eingaben' })).toContainText('photos');
  await expect.poll(() => menuText(first)).toBe('Einstellungen…');
  await expect.poll(() => first.keptSettings()).toMatchObject({ language: 'de' });
  await first.close();

  const second = await launch();
  expect(await menuText(second)).toBe('Einstellungen…');
  const frames = await framesOfStart(second.page);
  expect(new Set(frames.map(({ lang }) => lang))).toEqual(new Set(['de']));
  // English that is replaced a moment later would be none of these.
  const shown = await linesOf(second.page);
  expect(frames.flatMap(({ lines }) => lines).filter((line) => !shown.includes(line))).toEqual([]);
  await second.page.keyboard.press('ControlOrMeta+,');
  await expect(settings(second.page).getByRole('combobox', { name: 'Sprache' })).toHaveValue('de');
  await expect(settings(second.page)).toHaveAccessibleName('Einstellungen');
});

test('at the first start the language is the system’s, in any of its regions', async ({ launch }) => {
  const app = await launch({ env: { LANGUAGE: 'de-AT' } });
  await expect(html(app.page)).toHaveAttribute('lang', 'de');
  expect(await menuText(app)).toBe('Einstellungen…');
  await app.page.keyboard.press('ControlOrMeta+,');
  await expect(settings(app.page)).toHaveAccessibleName('Einstellungen');
  await expect(settings(app.page).getByRole('combobox', { name: 'Sprache' })).toHaveValue('system');
});

/** What is no word: paths, files, hosts, names of formats and units. */
const names = [
  // The engine's own sentence on an item is a detail below its cause, and has facts in it: it is English everywhere.
  /^(?:broken\.jpg )?broken\.jpg is not an image that Shoal can read .*$/g,
  /^redis:\S+/g,
  /(?:\/[\w.-]+)+/g,
  /[\w-]+\.(?:jpe?g|png)/g,
  /https?:\S+|(?:\w+\.)*\w+\.example/g,
  /\{\w+\}/g,
  /\b(?:JPEG|PNG|WebP|AVIF|GIF|TIFF|SVG|Shoal|photos|thumbs)\b/g,
  /\b(?:ms|min|kB|MB|GB|px)\b/g,
  // The same word, before the size of a picture.
  /^Original(?= \d)/g,
  // Languages are named in themselves.
  /^(?:Deutsch|English)$/g,
];
/** German has these words as well. */
const alike = new Set([
  'Cookies',
  'Esc',
  'Display P3',
  'Downloads',
  'EXIF',
  'Name',
  'Original',
  'Pool',
  'Proxy',
  'Start',
  'URLs',
  'robots.txt',
  'sRGB',
  'Shoal, in Downloads',
]);

type Screens = Readonly<Record<string, readonly string[]>>;

/** Each text of a screen is another one in German, unless it is a name or a word of both. */
function expectNoneAlike(english: Screens, german: Screens): void {
  const all = Object.values(english).flat();
  const left = Object.entries(german).map(([screen, texts]) => [
    screen,
    sameInBoth(texts, all, { names, alike }),
  ]);
  expect(Object.fromEntries(left)).toEqual(
    Object.fromEntries(Object.keys(english).map((screen) => [screen, []])),
  );
}

test('no text of the screens before a run stays English in German', async ({ launch, folder }) => {
  test.setTimeout(180_000);
  await makeSampleImages(join(folder, 'photos'), { count: 4 });
  const [english, german] = [await tour('en'), await tour('de')];
  expectNoneAlike(english, german);

  /** Goes from screen to screen by what is the same in all languages, and listens. */
  async function tour(language: string): Promise<Record<string, string[]>> {
    const app = await launch({ userData: join(folder, language), env: { LANGUAGE: language } });
    const { page } = app;
    const main = page.getByRole('main');
    const counted = () => expect(main.locator('h2 [role="presentation"], [aria-busy="true"]')).toHaveCount(0);
    await expect(html(page)).toHaveAttribute('lang', language);
    const empty = await spokenTexts(page);
    await app.paste('https://one.example/a.jpg\nhttps://two.example/b.jpg');
    await expect(main.getByRole('table')).toBeVisible();
    await counted();
    const list = await spokenTexts(page);
    await page.keyboard.press('ControlOrMeta+2');
    const tuneOfList = await spokenTexts(page);
    await page.keyboard.press('ControlOrMeta+1');
    await app.drop([join(folder, 'photos')]);
    await expect(main.locator('li')).toHaveCount(2);
    await expect(main.locator('img')).not.toHaveCount(0);
    await counted();
    const images = await spokenTexts(page);
    await page.keyboard.press('ControlOrMeta+,');
    await expect(settings(page)).toBeVisible();
    const dialog = await spokenTexts(page);
    await page.keyboard.press('Escape');
    await expect(settings(page)).toBeHidden();
    await page.keyboard.press('ControlOrMeta+2');
    await main.locator('header').getByRole('button').click();
    await expect(main.locator('tbody tr')).toHaveCount(5, { timeout: 60_000 });
    await expect(main.getByRole('status')).toHaveCount(0);
    const tuned = await spokenTexts(page);
    await app.close();
    return { empty, list, tuneOfList, images, dialog, tuned };
  }
});

test('no text of a run, of what it made, of the queue and of the history stays English in German', async ({
  launch,
  folder,
  server,
}) => {
  test.setTimeout(180_000);
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 4 });
  writeFileSync(join(photos, 'broken.jpg'), 'no picture');
  const [english, german] = [await tour('en'), await tour('de')];
  expectNoneAlike(english, german);

  async function tour(language: string): Promise<Record<string, string[]>> {
    const app = await launch({ userData: join(folder, language), env: { LANGUAGE: language } });
    const { page } = app;
    const start = async () => {
      await page.locator('main').click({ position: { x: 4, y: 4 } });
      await page.keyboard.press('Enter');
    };
    const stage = (name: string) => expect(page.locator(`[data-stage="${name}"]`)).toBeVisible();
    const rows = page.getByRole('listbox').getByRole('option');
    await app.drop([photos]);
    await expect(page.getByRole('main').locator('img')).not.toHaveCount(0);
    await start();
    await stage('finished');
    await expect(rows).toHaveCount(5);
    const finished = await spokenTexts(page);
    await rows
      .filter({ has: page.locator('img') })
      .first()
      .click();
    await expect(page.getByRole('complementary').locator('img')).not.toHaveCount(0);
    const inspected = await spokenTexts(page);
    await rows.filter({ hasText: 'broken' }).click();
    const inspectedFailure = await spokenTexts(page);
    await page.keyboard.press('ControlOrMeta+a');
    const selected = await spokenTexts(page);
    await page.keyboard.press('Escape');

    server.gate.shut();
    server.missing = '-0002';
    await app.paste(server.urls(30).join('\n'));
    await expect(page.getByRole('main').getByRole('table')).toBeVisible();
    await start();
    await stage('working');
    await expect.poll(() => server.gate.waiting).toBeGreaterThan(3);
    const working = await spokenTexts(page);
    await app.paste(server.urls(5).join('\n'));
    await page.keyboard.press('ControlOrMeta+3');
    const queue = await spokenTexts(page);
    await page.keyboard.press('ControlOrMeta+1');
    server.gate.open();
    await stage('finished');
    await page.keyboard.press('ControlOrMeta+4');
    await expect(page.getByRole('main').locator('li, article').first()).toBeVisible();
    const history = await spokenTexts(page);
    await page.keyboard.press('F1');
    await expect(page.getByRole('dialog')).toBeVisible();
    const keys = await spokenTexts(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await app.drop([photos]);
    await page.locator('footer button').first().click();
    const watchedFolder = page.locator('li').filter({ has: page.locator('[data-state="up-to-date"]') });
    await expect(watchedFolder.locator('img')).toHaveCount(4, { timeout: 30_000 });
    const watched = await spokenTexts(page);
    await watchedFolder.getByRole('button').last().click();
    await expect(watchedFolder).toBeHidden();
    const unwatched = await spokenTexts(page);
    await app.close();
    return {
      ...{ finished, inspected, inspectedFailure, selected, working, queue, history, keys },
      ...{ watched, unwatched },
    };
  }
});

interface Frame {
  readonly lang: string;
  readonly lines: readonly string[];
}

/** Loads the page again, and tells what it shows in each frame until a screen is drawn. */
async function framesOfStart(page: Page): Promise<Frame[]> {
  await page.addInitScript(() => {
    const frames: { lang: string; lines: string[] }[] = [];
    Object.assign(globalThis, { frames });
    const look = () => {
      const text = document.body?.innerText ?? '';
      const lines = text.split('\n').filter((line) => line.trim() !== '');
      if (document.documentElement) frames.push({ lang: document.documentElement.lang, lines });
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.reload();
  await page.getByRole('main').waitFor();
  await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 300)));
  return page.evaluate(() => (globalThis as unknown as { frames: Frame[] }).frames);
}

async function linesOf(page: Page): Promise<string[]> {
  const text = await page.evaluate(() => document.body.innerText);
  return text.split('\n').filter((line) => line.trim() !== '');
}

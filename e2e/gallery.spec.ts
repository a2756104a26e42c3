import { linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { writeGallery } from '../src/engine/thumbnails/sets/gallery/write-gallery.ts';
import type { SetEntry } from '../src/engine/thumbnails/sets/set-of-pictures.ts';
import { findChromium } from '../test/electron-stand-in/chromium.ts';
import { entryOf, setOf } from '../test/sets.ts';
import { violationsOn } from './axe.ts';
import { expect, test as withFolder } from './launch.ts';

/** The page is for any browser, and needs none of the app. */
const test = withFolder.extend<object, { browserOfDisk: Browser }>({
  browserOfDisk: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const executablePath = findChromium();
      const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      const browser = await chromium.launch({ ...(executablePath && { executablePath }), args });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
});

const shapes = [
  [300, 200],
  [200, 300],
  [300, 300],
  [300, 100],
  [240, 180],
] as const;

/** Pictures of five shapes, each in two sizes and two formats. */
async function picturesIn(folder: string, names: readonly string[]): Promise<SetEntry[]> {
  mkdirSync(join(folder, 'thumbs'));
  for (const [at, [width, height]] of shapes.entries()) {
    for (const scale of [1, 3]) {
      const [w, h] = [width * scale, height * scale];
      const image = sharp({
        create: { width: w, height: h, channels: 3, background: `hsl(${at * 70} 40% 50%)` },
      });
      for (const type of ['webp', 'jpeg'] as const) {
        await image
          .clone()
          .toFormat(type)
          .toFile(join(folder, 'thumbs', `shape ${at}-${w}.${type}`));
      }
    }
  }
  return names.map((name, at) => {
    const shape = at % shapes.length;
    const [width, height] = shapes[shape] ?? [1, 1];
    const sizes = [1, 3].map((scale) => [width * scale, height * scale] as const);
    const entry = entryOf(`shape ${shape}.jpg`, ['image/webp', 'image/jpeg'], sizes, folder);
    return { ...entry, name, thumbHash: '1QcSHQRnh493V4dIh4eXh1h4kJUI' };
  });
}

async function open(
  browser: Browser,
  file: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ readonly page: Page; readonly asked: string[]; readonly complaints: string[] }> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(file).href);
  return { page, asked, complaints };
}

/** Where pictures are on the screen, and by how much they are not of their shape. */
function boxesOf(page: Page) {
  return page.locator('li img').evaluateAll((images) =>
    images.map((image) => {
      const { top, right, width, height } = image.getBoundingClientRect();
      const shape = Number(image.getAttribute('width')) / Number(image.getAttribute('height'));
      return { top: Math.round(top), right, height, error: Math.abs(width / height / shape - 1) };
    }),
  );
}

const names = Array.from({ length: 40 }, (_none, at) => `IMG_${1_000 + at}.jpg`);
const viewer = (page: Page) => page.getByRole('dialog', { name: 'Viewer' });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.querySelector('img')?.alt);

test('a gallery opens from disk, by keyboard alone, and asks nothing of any network', async ({
  browserOfDisk,
  folder,
}) => {
  const file = join(folder, 'my gallery.html');
  const odd = ['"><script>document.title = "run"</script>.jpg', 'שלום.jpg', '50% #1?.jpg', 'two\nlines.jpg'];
  await writeGallery(setOf(folder, await picturesIn(folder, [...odd, ...names])), file);
  const { page, asked, complaints } = await open(browserOfDisk, file);
  await expect(page.getByRole('heading', { name: 'Photos' })).toBeVisible();
  await expect(page.getByText('44 pictures')).toBeVisible();
  await expect(page).toHaveTitle('Photos');
  await expect(page.getByRole('link', { name: odd[0] ?? '' })).toBeVisible();

  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe(odd[0]);
  await page.keyboard.press('ArrowRight');
  expect(await focused(page)).toBe('שלום.jpg');
  await page.keyboard.press('End');
  expect(await focused(page)).toBe('IMG_1039.jpg');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toMatch(/IMG_103\d/);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  expect(await focused(page)).toBe(odd[0]);
  await page.keyboard.press('Enter');
  await expect(viewer(page)).toBeVisible();
  await expect(viewer(page).getByRole('status')).toHaveText(odd[0] ?? '');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(viewer(page).getByRole('status')).toHaveText('50% #1?.jpg');
  await page.keyboard.press('End');
  await expect(viewer(page).getByRole('status')).toHaveText('IMG_1039.jpg');
  await page.keyboard.press('Escape');
  await expect(viewer(page)).toBeHidden();
  expect(await focused(page)).toBe('IMG_1039.jpg');

  await expect
    .poll(() => page.evaluate(() => document.querySelectorAll('img.there').length))
    .toBeGreaterThan(5);
  expect(asked.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
  expect(asked.some((url) => url.endsWith('.webp'))).toBe(true);
  expect(asked.filter((url) => url.endsWith('.jpeg'))).toEqual([]);
  expect(complaints).toEqual([]);
});

test('pictures are rows of their own shapes that fill the window, small ones no larger than they are', async ({
  browserOfDisk,
  folder,
}) => {
  const file = join(folder, 'gallery.html');
  const entries = await picturesIn(folder, names);
  await writeGallery(setOf(folder, entries), file);
  const { page } = await open(browserOfDisk, file);
  for (const width of [400, 800, 1_600]) {
    await page.setViewportSize({ width, height: 700 });
    // Rows are grouped anew once the window has its width.
    await expect(async () => {
      const boxes = await boxesOf(page);
      expect(Math.max(...boxes.map(({ error }) => error))).toBeLessThan(0.02);
      const rows = [...Map.groupBy(boxes, ({ top }) => top).values()].slice(0, -1);
      expect(rows.length).toBeGreaterThan(3);
      const edge = await page.locator('ul').evaluate((list) => list.getBoundingClientRect().right);
      for (const row of rows) {
        const heights = row.map(({ height }) => height);
        expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(1);
        expect(row.at(-1)?.right).toBeCloseTo(edge, 0);
      }
    }).toPass({ timeout: 10_000 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in a gallery, nor in its viewer (${scheme})`, async ({ browserOfDisk, folder }) => {
    const file = join(folder, 'gallery.html');
    const set = setOf(folder, await picturesIn(folder, names));
    await writeGallery({ ...set, count: 12_000 }, file);
    const { page } = await open(browserOfDisk, file, { colorScheme: scheme });
    await expect(page.getByRole('navigation', { name: 'Pages', exact: true })).toBeVisible();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('link', { name: 'IMG_1003.jpg' }).click();
    await expect(viewer(page)).toBeVisible();
    expect(await violationsOn(page)).toEqual([]);
  });
}

test('without scripts each picture is a link to its largest', async ({ browserOfDisk, folder }) => {
  const file = join(folder, 'gallery.html');
  await writeGallery(setOf(folder, await picturesIn(folder, names)), file);
  const { page } = await open(browserOfDisk, file, { javaScriptEnabled: false });
  await page.getByRole('link', { name: 'IMG_1000.jpg' }).click();
  await expect(page).toHaveURL(/shape%200-900\.jpeg$/);
});

/** Each a file of its own: the browser loads what it has loaded before at once. */
async function galleryOf5000(folder: string): Promise<string> {
  const file = join(folder, 'gallery.html');
  const [model] = await picturesIn(folder, ['model.jpg']);
  const [small] = model?.renditions ?? [];
  if (!small) throw new Error('There is no picture.');
  const many = Array.from({ length: 5_000 }, (_none, at): SetEntry => {
    const path = join(folder, 'thumbs', `${at}.webp`);
    linkSync(small.path, path);
    return { ...model, input: path, name: `IMG_${at}.jpg`, renditions: [{ ...small, path }] };
  });
  await writeGallery(setOf(folder, many), file);
  return file;
}

test('5,000 pictures are one page that is there at once and can be gone through to its end', async ({
  browserOfDisk,
  folder,
}) => {
  const { page, complaints, asked } = await open(browserOfDisk, await galleryOf5000(folder));
  await expect(page.getByText('5,000 pictures')).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.images[0]?.complete)).toBe(true);
  await page.keyboard.press('Tab');
  await page.keyboard.press('End');
  expect(await focused(page)).toBe('IMG_4999.jpg');
  await expect(page.getByRole('link', { name: 'IMG_4999.jpg' })).toBeInViewport();
  await expect.poll(() => page.evaluate(() => [...document.images].at(-1)?.complete)).toBe(true);
  // Those in between were not looked at, and not loaded.
  expect(asked.length).toBeLessThan(1_000);
  expect(complaints).toEqual([]);
});

test('of 5,000 pictures only rows near the window are drawn, and what one looks at stays as the window changes', async ({
  browserOfDisk,
  folder,
}) => {
  const { page } = await open(browserOfDisk, await galleryOf5000(folder));
  const drawn = () =>
    page.evaluate(
      () =>
        [...document.querySelectorAll('li a')].filter((link) =>
          link.checkVisibility({ contentVisibilityAuto: true }),
        ).length,
    );
  await expect.poll(drawn).toBeLessThan(500);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.keyboard.press('Tab');
  await page.keyboard.press('End');
  await expect.poll(drawn).toBeLessThan(500);
  // What is drawn has the height that was kept free for it.
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeCloseTo(height, -1);

  await page.getByRole('link', { name: 'IMG_2500.jpg', exact: true }).focus();
  await page.setViewportSize({ width: 700, height: 600 });
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollHeight))
    .toBeGreaterThan(height * 1.2);
  await expect(page.getByRole('link', { name: 'IMG_2500.jpg', exact: true })).toBeInViewport();
  expect(await focused(page)).toBe('IMG_2500.jpg');
});

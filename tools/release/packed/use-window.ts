import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { smallPictures } from '../../package/small-pictures.ts';

/** One picture for each way in which they are read: our codecs in WebAssembly, sharp, and the formats' own libraries. */
export async function writePictures(folder: string): Promise<string[]> {
  mkdirSync(folder);
  const teal = sharp({ create: { width: 640, height: 480, channels: 3, background: 'teal' } });
  const pictures: Record<string, Buffer> = { ...smallPictures };
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff'] as const) {
    pictures[`teal.${format}`] = await teal.clone().toFormat(format).toBuffer();
  }
  for (const [name, bytes] of Object.entries(pictures)) writeFileSync(join(folder, name), bytes);
  return Object.keys(pictures);
}

/** Does in an app that was started with this folder what a person would: sees what would be made, has it made. @throws where that fails. */
export async function makeThumbnailsIn(
  endpoint: string,
  folder: string,
  pictures: number,
): Promise<string[]> {
  const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true });
  try {
    const page = await windowOf(() => browser.contexts().flatMap((context) => context.pages()));
    await page.getByRole('heading', { name: `Make ${pictures} thumbnails` }).waitFor({ timeout: 60_000 });
    await page.locator('main').click({ position: { x: 4, y: 4 } });
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Report' }).waitFor({ timeout: 60_000 });
    return readdirSync(join(folder, 'thumbs'));
  } finally {
    await browser.close();
  }
}

/**
 * The app's own page is of a scheme of its own; what a browser shows before is not.
 * @throws with the pages that there are, if it does not come.
 */
export async function windowOf<P extends Pick<Page, 'title' | 'url'>>(
  pages: () => P[],
  waitMs = 60_000,
): Promise<P> {
  const until = performance.now() + waitMs;
  while (performance.now() < until) {
    for (const page of pages()) {
      if ((await page.title()).startsWith('Shoal')) return page;
    }
    await setTimeout(50);
  }
  const others = pages().map((page) => page.url());
  throw new Error(`The window has not come. There are ${others.length} pages: ${others.join(', ')}`);
}

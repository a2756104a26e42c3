import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';

/** A place within an element, in shares of its width and height. */
export type Pixel = readonly [element: Locator, across: number, down: number];

/** The colour that is drawn there. */
export async function pixel([element, across, down]: Pixel): Promise<string> {
  const { data, info } = await sharp(await element.screenshot())
    .raw()
    .toBuffer({ resolveWithObject: true });
  const x = Math.floor(info.width * across);
  const y = Math.floor(info.height * down);
  const start = (y * info.width + x) * info.channels;
  return [...data.subarray(start, start + 3)].join();
}

/** Buttons and headings, of a dialog where one is open, that are cut off by the window's edge or covered by something else. */
export function unreachable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const open = document.querySelector('dialog[open], section[role="dialog"]') ?? document;
    return [...open.querySelectorAll<HTMLElement>('button, h1, h2, a[href]')].flatMap((element) => {
      if (!element.checkVisibility({ visibilityProperty: true })) return [];
      const name = (element.getAttribute('aria-label') ?? element.innerText).slice(0, 40);
      // What scrolls is reached by scrolling.
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const { left, right, top, bottom, width } = element.getBoundingClientRect();
      if (width < 2) return [];
      // Less than a pixel is a matter of rounding.
      if (left <= -1 || top <= -1 || right >= innerWidth + 1 || bottom >= innerHeight + 1)
        return [`${name} is cut off`];
      const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const seen = there !== null && (element.contains(there) || there.contains(element));
      return seen ? [] : [`${name} is covered`];
    });
  });
}

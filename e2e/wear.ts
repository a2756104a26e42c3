import type { Page } from '@playwright/test';
import { expect } from './launch.ts';

/**
 * Has the system light or dark, and calm, until the page is so too: it is told of the change, and its colours then go from each
 * element to those in it.
 */
export async function wear(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
}

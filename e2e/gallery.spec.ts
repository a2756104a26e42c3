import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test as base, type Browser, chromium, expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import type { SetEntry } from '../src/engine/thumbnails/sets/set-of-pictures.ts';
import { writeGallery } from '../src/engine/thumbnails/sets/gallery/write-gallery.ts';
import { findChromium } from '../test/electron-stand-in/chromium.ts';
import { entryOf, setOf } from '../test/sets.ts';
import { violationsOn } from './axe.ts';
import { test as withFolder } from './launch.ts';

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

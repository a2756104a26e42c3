import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { pageOrigin } from './address.ts';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser to use: the one asked for, one that is installed, or one that Playwright brought. */
export function findChromium(): string | undefined {
  const asked = process.env.SHOAL_CHROMIUM;
  const places = [...(asked === undefined ? usualPlaces : [asked]), chromium.executablePath()];
  return places.find((place) => place !== '' && existsSync(place));
}

export interface LaunchedChromium {
  readonly context: BrowserContext;
  /** Where another Playwright can connect. */
  readonly endpoint: string;
  close(): Promise<void>;
}

export async function launchChromium(options: { headless: boolean }): Promise<LaunchedChromium> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('The Electron stand-in needs Chromium: apt-get install chromium, or set SHOAL_CHROMIUM.');
  }
  const profile = await mkdtemp(join(tmpdir(), 'shoal-stand-in-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    // The window gives the page its size, colours and motion, as Electron's does.
    viewport: null,
    colorScheme: null,
    reducedMotion: null,
    forcedColors: null,
    contrast: null,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      ...(options.headless ? ['--headless=new'] : []),
      // As root (containers) Chromium does not start with its own sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--remote-debugging-port=0',
      // `app://` is a secure origin in Electron; so is what plays it.
      `--unsafely-treat-insecure-origin-as-secure=${pageOrigin}`,
      // A window without tabs and address bar. (`about:blank` is not taken for an app.)
      '--app=data:text/html,',
      // Without it Chromium warns of --no-sandbox across the window.
      '--test-type',
    ],
    ignoreDefaultArgs: ['--enable-automation', '--hide-scrollbars', 'about:blank'],
  });
  return {
    context,
    endpoint: await readEndpoint(profile),
    async close() {
      await context.close().catch(() => {});
      await rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
    },
  };
}

/** Chromium writes the port it chose into its profile soon after it started. */
async function readEndpoint(profile: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const text = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '');
    const port = text.split('\n')[0];
    if (port) return `http://127.0.0.1:${port}`;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('Chromium did not say on which port it listens.');
}

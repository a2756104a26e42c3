import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
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

/** What keeps a browser from doing things of its own, or from slowing a window down that it takes for hidden. */
const quietly = [
  '--no-first-run',
  '--no-default-browser-check',
  '--no-service-autorun',
  '--metrics-recording-only',
  '--password-store=basic',
  '--use-mock-keychain',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-back-forward-cache',
  '--disable-breakpad',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,PaintHolding,MediaRouter,OptimizationHints',
  '--disable-field-trial-config',
  '--disable-gpu',
  '--disable-hang-monitor',
  '--disable-ipc-flooding-protection',
  '--disable-quic',
  '--disable-renderer-backgrounding',
  '--disable-search-engine-choice-screen',
  '--disable-sync',
  '--force-color-profile=srgb',
];

/**
 * Started here and not by Playwright, which would give it a session of its own: Linux shares the cores among
 * sessions first, so that the pool's niceness would mean nothing to the window. Electron's processes are all in one.
 */
export async function launchChromium(options: { headless: boolean }): Promise<LaunchedChromium> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('The Electron stand-in needs Chromium: apt-get install chromium, or set SHOAL_CHROMIUM.');
  }
  const profile = await mkdtemp(join(tmpdir(), 'shoal-stand-in-'));
  const args = [
    ...quietly,
    ...(options.headless ? ['--headless=new'] : []),
    // As root (containers) Chromium does not start with its own sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${profile}`,
    '--remote-debugging-port=0',
    // It ends with this pipe, and so with this process, however that ends.
    '--remote-debugging-pipe',
    // `app://` is a secure origin in Electron; so is what plays it.
    `--unsafely-treat-insecure-origin-as-secure=${pageOrigin}`,
    // A window without tabs and address bar. (`about:blank` is not taken for an app.)
    '--app=data:text/html,',
    // Without it Chromium warns of --no-sandbox across the window.
    '--test-type',
  ];
  const started = spawn(executablePath, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const ended = once(started, 'exit');
  // A second instance of the app is over before its browser is there.
  process.once('exit', () => {
    started.kill('SIGKILL');
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  const endpoint = await readEndpoint(profile);
  // Without Playwright's defaults the window gives the page its size, colours and motion, as Electron's does.
  const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true });
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('Chromium started without a window.');
  return {
    context,
    endpoint,
    async close() {
      const session = await browser.newBrowserCDPSession().catch(() => undefined);
      await session?.send('Browser.close').catch(() => {});
      const late = setTimeout(() => started.kill('SIGKILL'), longestClose);
      await ended;
      clearTimeout(late);
      await rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
    },
  };
}

/** How long Chromium may take to end, in milliseconds. */
const longestClose = 5_000;

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

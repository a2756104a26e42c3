import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, statfsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pageOrigin } from './address.ts';
import { DevTools } from './devtools.ts';

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
  const isThere = (place: string) => place !== '' && existsSync(place);
  return (asked === undefined ? usualPlaces : [asked]).find(isThere) ?? [broughtByPlaywright()].find(isThere);
}

/** Playwright takes long to load, and is loaded only where it has to be asked. */
function broughtByPlaywright(): string {
  const { chromium } = createRequire(import.meta.url)('playwright-core') as typeof import('playwright-core');
  return chromium.executablePath();
}

export interface LaunchedChromium {
  readonly devTools: DevTools;
  /** Where Playwright can connect. */
  readonly endpoint: Promise<string>;
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
    ...(hasSharedMemory() ? [] : ['--disable-dev-shm-usage']),
    // As root (containers) Chromium does not start with its own sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${profile}`,
    // For tests.
    '--remote-debugging-port=0',
    // For main. It ends with this pipe, and so with this process, however that ends.
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
  const [, , , toChromium, fromChromium] = started.stdio;
  const devTools = new DevTools(toChromium as Writable, fromChromium as Readable);
  return {
    devTools,
    endpoint: readEndpoint(profile),
    async close() {
      await devTools.browser.send('Browser.close').catch(() => {});
      const late = setTimeout(() => started.kill('SIGKILL'), longestClose);
      await ended;
      clearTimeout(late);
      await rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
    },
  };
}

/** A container may have next to none, with which pages crash. Files in its place cost a start a tenth of its processor time. */
function hasSharedMemory(): boolean {
  if (process.platform !== 'linux' || !existsSync('/dev/shm')) return false;
  const { bavail, bsize } = statfsSync('/dev/shm');
  return bavail * bsize > 2 ** 30;
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

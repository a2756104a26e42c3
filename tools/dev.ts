// First: the engine's sources import what this makes.
import './build-kernel.ts';

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { resolveConfig } from 'electron-vite';
import { DevApp } from './dev/app.ts';
import { servePage } from './dev/page.ts';
import { watchMain } from './dev/watch-main.ts';
import { chooseDriver, describeDriver, projectRoot } from './driver.ts';

// npm run dev [-- [--headless] folder …]: the window with hot reload. A change to the page shows in place, one to main,
// the preload or the engine starts the app anew. `--headless` is for the stand-in: no window, but a page to look into.
const args = process.argv.slice(2);
const headless = args[0] === '--headless';
const driver = chooseDriver();
console.log(describeDriver(driver));

/**
 * A folder of its own, and not `out/`: what is built here shows the page of any server at that port, and must never be
 * in a package. One for each run, so that several go on beside each other.
 */
const home = join(projectRoot, '.shoal-dev');
mkdirSync(home, { recursive: true });
const folder = mkdtempSync(join(home, 'app-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const { config } = await resolveConfig({ build: { outDir: folder } }, 'serve', 'development');
if (!config?.main || !config.preload || !config.renderer)
  throw new Error('electron.vite.config.ts lacks a part.');

const page = await servePage(config.renderer, join(home, 'vite'));
const app = new DevApp({
  driver,
  folder,
  visible: !headless,
  args: headless ? args.slice(1) : args,
  // The app that a person uses is not disturbed, and does not take this one for its second start.
  userData: process.env.SHOAL_USER_DATA ?? join(home, 'user-data'),
  onClosed: () => void end(),
});
const watchers = await watchMain(config.main, config.preload, page.origin, () => app.restart());

let ending = false;
// A terminal's Ctrl-C reaches the app by itself; kill(1) does not. The second one waits for nobody.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());

async function end(): Promise<void> {
  if (ending) process.exit(1);
  ending = true;
  await app.quit();
  await Promise.all([...watchers.map((watcher) => watcher.close()), page.close()]);
  process.exit();
}

/**
 * `npm run screenshots [-- name …]`: pictures of the window in each of its states, light and dark, into
 * `docs/screenshots/`. The app is real and so is its work; only names given as arguments are taken, if any are;
 * `--quick` takes one size of each, `--narrow` another that is 640 wide, and `--german` takes them in German.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchStandIn } from '../e2e/launch-stand-in.ts';
import { LaunchedApp } from '../e2e/launched-app.ts';
import './build-app.ts';
import { projectRoot } from './driver.ts';
import { type Material, makeMaterial } from './screenshots/material.ts';
import type { Scene } from './screenshots/scene.ts';
import { scenes } from './screenshots/scenes.ts';

const usual = { width: 1200, height: 800 };
const small = { width: 900, height: 600 };
const narrow = { width: 640, height: 800 };
const large = { width: 1920, height: 1080 };
/** So long the last change may take to be drawn: charts are drawn every half second. */
const settleMs = 700;

const out = join(projectRoot, 'docs/screenshots');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const quick = process.argv.includes('--quick');
const isNarrow = process.argv.includes('--narrow');
const isGerman = process.argv.includes('--german');
// A path as people have them, since it is read in the pictures.
const home = join(tmpdir(), 'ada');
const folder = join(home, 'Pictures');
rmSync(home, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

async function takeScene(scene: Scene, material: Material): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'shoal-screenshots-'));
  const userData = join(place, 'user-data');
  const env = {
    ...process.env,
    HOME: home,
    SHOAL_USER_DATA: userData,
    SHOAL_STATE_DIR: join(place, 'state'),
    SHOAL_CONFIG_DIR: join(place, 'config'),
  };
  const start = async () => {
    const app = new LaunchedApp('stand-in', userData, await launchStandIn([], env as Record<string, string>));
    await app.page.setViewportSize(usual);
    await app.page.emulateMedia({ colorScheme: 'light' });
    await app.ready();
    return app;
  };
  material.reset();
  const ends: (() => Promise<void>)[] = [];
  const atEnd = (end: () => Promise<void>) => void ends.push(end);
  const app = await scene.arrange(await start(), { ...material, folder, start, atEnd });
  if (isGerman) {
    await app.page.evaluate(() => window.api.request('settings:set', { language: 'de' }));
    await app.page.reload();
    await app.ready();
    await scene.show?.(app);
  }
  const name = `${scene.name}${isGerman ? '-german' : ''}`;
  for (const scheme of ['light', 'dark'] as const) {
    await app.page.emulateMedia({ colorScheme: scheme });
    await shoot(app, name, scheme, usual);
    if (isNarrow) await shoot(app, `${name}-narrow`, scheme, narrow);
    if (!scene.main || quick) continue;
    await shoot(app, `${name}-small`, scheme, small);
    await shoot(app, `${name}-large`, scheme, large);
  }
  await app.close();
  for (const end of ends) await end();
  rmSync(place, { recursive: true, force: true });
}

async function shoot(app: LaunchedApp, name: string, scheme: string, size: typeof usual): Promise<void> {
  await app.page.setViewportSize(size);
  await app.page.waitForTimeout(settleMs);
  // The list moves on; a picture is taken when all of its own are there.
  await app.page
    .waitForFunction(() => [...document.images].every(({ naturalWidth }) => naturalWidth > 0), null, {
      timeout: 8_000,
    })
    .catch(() => {});
  await app.page.screenshot({ path: join(out, `${name}-${scheme}.png`) });
  console.log(`${name}-${scheme}.png`);
}

const material = await makeMaterial(folder);
for (const scene of scenes) {
  if (wanted.length > 0 && !wanted.includes(scene.name)) continue;
  try {
    await takeScene(scene, material);
  } catch (error) {
    console.error(`${scene.name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
await material.close();
rmSync(home, { recursive: true, force: true });
process.exit();

/**
 * node bench/window.ts [items]: a run of 20,000 items in the window, from a real drop to its last row, and a look at
 * them: scrolling, leaving them, and dropping the same folder again. Tells IPC messages a second, main's event-loop
 * delay, the page's frames and tasks, and the time from the drop to the first thumbnail on screen, each beside its target. Build first: npm run build.
 */
import { linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { launchElectron } from '../e2e/launch-electron.ts';
import { launchStandIn } from '../e2e/launch-stand-in.ts';
import { LaunchedApp } from '../e2e/launched-app.ts';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { chooseDriver, describeDriver } from '../tools/driver.ts';
import { firstThumbnail, runFinished, takeFrames, watchPage } from './lib/page-frames.ts';
import { cpuOf, cpuOfMachine, cpuSince } from './lib/process-cpu.ts';
import { residentOf } from './lib/process-memory.ts';
import { samplesAfter, upToDateAfter } from './lib/ready-screen.ts';

const items = Number(process.argv[2] ?? 20_000);
/** Different pictures; the rest are the same files under further names, which the disk holds once. */
const pictures = 200;

const scratch = mkdtempSync(join(tmpdir(), 'shoal-bench-window-'));
try {
  await measure();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const driver = chooseDriver();
  console.log(describeDriver(driver));
  console.log(
    `${items} JPEGs of 320×240 to 640×480; ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} before the start`,
  );
  const photos = join(scratch, 'photos');
  await makePhotos(photos);
  const env = {
    ...(process.env as Record<string, string>),
    SHOAL_USER_DATA: join(scratch, 'user-data'),
    SHOAL_STATE_DIR: join(scratch, 'state'),
    SHOAL_DIAGNOSTICS: '1',
  };
  const running = await (driver === 'electron' ? launchElectron : launchStandIn)([], env);
  const app = new LaunchedApp(driver, join(scratch, 'user-data'), running);
  try {
    await app.ready();
    await app.page.evaluate(() => window.api.request('settings:set', { startAtOnce: true }));
    await app.page.reload();
    await app.ready();
    // What starts with the app (the pool's first worker) has the time that a person takes to find a folder.
    await wait(3_000);
    await watchPage(app.page);
    await app.inMain(() => globalThis.shoalFigures?.());
    const main = running.process.pid ?? 0;
    await run(app, photos, main);
    await look(app, main);
    await dropAgain(app, photos);
  } finally {
    await app.close();
  }
}

async function run(app: LaunchedApp, photos: string, main: number): Promise<void> {
  const cpuBefore = cpuOf(main);
  const benchmarkBefore = process.cpuUsage();
  const machineBefore = cpuBefore && cpuOfMachine();
  const started = performance.now();
  await app.drop([photos]);
  const first = await firstThumbnail(app.page);
  await takeFrames(app.page);
  await runFinished(app.page);
  const seconds = (performance.now() - started) / 1000;
  const cpuAfter = cpuOf(main);
  const machineAfter = cpuAfter && cpuOfMachine();
  const page = await takeFrames(app.page);
  const figures = await app.inMain(() => globalThis.shoalFigures?.());
  if (figures === undefined) throw new Error('Main told no figures.');
  const made = readdirSync(join(photos, 'thumbs')).length;
  if (made !== items) throw new Error(`Expected ${items} thumbnails, found ${made}.`);
  console.log(`${made} thumbnails in ${seconds.toFixed(1)} s, ${Math.round(made / seconds)}/s\n`);
  row('from the drop to the first thumbnail on screen, ms', first, 300);
  row('messages from main to the page, a second', figures.told / seconds, 20);
  row('calls from the page to main, a second', figures.asked / seconds);
  row('main: event-loop delay p50, ms', figures.delay.p50);
  row('main: event-loop delay p99, ms', figures.delay.p99, 50);
  row('main: event-loop delay, longest, ms', figures.delay.max);
  row(`page: from frame to frame, p50 of ${page.frames}, ms`, page.interval.p50);
  row('page: from frame to frame, p95, ms', page.interval.p95, 16.7);
  row('page: from frame to frame, longest, ms', page.interval.max);
  row('page: refreshes without a frame, %', page.missed * 100);
  row('page: work in a frame p50, ms', page.work.p50);
  row('page: work in a frame p95, ms', page.work.p95);
  row(`page: longest task (${page.longTasks} of more than 50), ms`, page.longestTask);
  if (cpuBefore === undefined || cpuAfter === undefined) return;
  const machine = (machineAfter ?? 0) - (machineBefore ?? 0);
  const used = cpuSince(cpuBefore, cpuAfter);
  const { user, system } = process.cpuUsage(benchmarkBefore);
  const own = { ...used, 'this benchmark': (user + system) / 1e6 };
  const known = Object.values(own).reduce((sum, spent) => sum + spent, 0);
  // A measurement beside another program's work is none.
  const parts = { ...own, 'other programs': Math.max(0, machine - known) };
  const told = Object.entries(parts).map(([who, spent]) => `${who} ${spent.toFixed(1)}`);
  console.log(`\nCPU seconds of ${(seconds * cpus().length).toFixed(1)}: ${told.join(', ')}`);
}

/** What a person does with the results: scrolls through all of them, and leaves them. */
async function look(app: LaunchedApp, main: number): Promise<void> {
  const { page } = app;
  // What comes with the end of the run has been drawn.
  await wait(2_000);
  await page.getByRole('listbox', { name: /^Items/ }).hover();
  await page.evaluate(() => document.querySelector('[role="listbox"]')?.scrollTo(0, 0));
  await takeFrames(page);
  const scrolled = performance.now();
  // A wheel turned fast: some 6,000 pixels a second, there and back.
  for (const by of [240, -240]) {
    for (let turn = 0; turn < 100; turn += 1) {
      await page.mouse.wheel(0, by);
      await wait(30);
    }
  }
  const seconds = (performance.now() - scrolled) / 1000;
  const frames = await takeFrames(page);
  const before = residentOf(main);
  await page.getByRole('button', { name: 'New run' }).click();
  // Threads without work end after five seconds, and what they held goes back to the system some seconds later.
  await wait(15_000);
  const after = residentOf(main);
  console.log(`\nscrolled for ${seconds.toFixed(0)} s, then "New run"`);
  row('page: from frame to frame while scrolling, p50, ms', frames.interval.p50);
  row('page: from frame to frame while scrolling, p95, ms', frames.interval.p95, 16.7);
  row('page: longest task while scrolling, ms', frames.longestTask);
  if (before === undefined || after === undefined) return;
  row('page: resident memory with the results, MiB', before.page, 350);
  row('page: resident memory after "New run", MiB', after.page);
  row('main: resident memory with the results, MiB', before.main);
  row('main: resident memory after "New run", MiB', after.main);
}

/** What is dropped again is up to date, and is looked at with another size. */
async function dropAgain(app: LaunchedApp, photos: string): Promise<void> {
  const { page } = app;
  await page.evaluate(() => window.api.request('settings:set', { startAtOnce: false }));
  await page.reload();
  await app.ready();
  await wait(3_000);
  console.log('\ndropped again, looked at with another size');
  row('from the drop to "Everything is up to date", ms', await upToDateAfter(app, photos), 2_000);
  // The samples of that screen have come.
  await wait(3_000);
  row('from another size to its eight samples, ms', await samplesAfter(page, '256 × 256 pixels'), 200);
}

async function makePhotos(folder: string): Promise<void> {
  const originals = join(scratch, 'originals');
  const names = await makeSampleImages(originals, { count: Math.min(pictures, items) });
  mkdirSync(folder);
  for (let index = 0; index < items; index += 1) {
    const name = names[index % names.length] ?? '';
    linkSync(join(originals, name), join(folder, `photo-${String(index + 1).padStart(6, '0')}.jpg`));
  }
}

function row(what: string, value: number, target?: number): void {
  const verdict =
    target === undefined ? '' : value <= target ? `  ≤ ${target}` : `  MISSED: target ≤ ${target}`;
  console.log(`${what.padEnd(52)}${value.toFixed(1).padStart(9)}${verdict}`);
}

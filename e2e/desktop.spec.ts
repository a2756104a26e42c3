import { join } from 'node:path';
import { makeSampleImages } from '../src/engine/testing/sample-images.ts';
import { expect, type LaunchedApp, test } from './launch.ts';
import { manyImages } from './material.ts';
import { steps } from './steps.ts';

interface Shown {
  readonly progress: [share: number, mode?: string][];
  readonly notices: { readonly title: string; readonly body: string }[];
}

/** Notes what main shows outside of the window, which is looked at or not. */
async function watchDesktop(app: LaunchedApp, focused: boolean): Promise<() => Promise<Shown>> {
  await app.inMain(({ BrowserWindow, Notification }, isFocused) => {
    const shown: { progress: unknown[]; notices: unknown[] } = { progress: [], notices: [] };
    Object.assign(globalThis, { shown });
    const window = BrowserWindow.getAllWindows()[0];
    if (window === undefined) throw new Error('There is no window.');
    window.isFocused = () => isFocused;
    window.setProgressBar = (share, options) => shown.progress.push([share, options?.mode]);
    Notification.prototype.show = function (this: Electron.Notification) {
      shown.notices.push({ title: this.title, body: this.body });
    };
  }, focused);
  return () => app.inMain(() => (globalThis as unknown as { shown: Shown }).shown);
}

async function makeThree(app: LaunchedApp, folder: string): Promise<void> {
  await makeSampleImages(join(folder, 'photos'), { count: 3 });
  const see = steps(app);
  await app.drop([join(folder, 'photos')]);
  await see.ready(/Make 3/);
  await see.start();
  await see.finished('3 thumbnails made');
}

test('the taskbar shows how far a run is, that it is paused, and nothing after its end', async ({
  app,
  folder,
}) => {
  const photos = join(folder, 'photos');
  await manyImages(photos, 3_000, 900, 600);
  const shown = await watchDesktop(app, true);
  const see = steps(app);
  await app.drop([photos]);
  await see.ready(/Make 3,000/);
  await see.typedPoolSize.fill('1');
  await see.start();
  const last = async () => (await shown()).progress.at(-1) ?? [];
  await expect.poll(async () => (await last())[0]).toBeGreaterThan(0);
  const [share] = await last();
  expect(share).toBeLessThan(1);
  await expect.poll(async () => (await last())[0]).toBeGreaterThan(share ?? 1);
  await see.pause.click();
  await expect.poll(async () => (await last())[1]).toBe('paused');
  await see.cancel.click();
  await see.finished(/^Cancelled/);
  await expect.poll(last).toEqual([-1, null]);
});

test('the end of a run is notified where nobody looks at the window', async ({ app, folder }) => {
  const shown = await watchDesktop(app, false);
  await makeThree(app, folder);
  const notices = async () => (await shown()).notices;
  await expect.poll(notices).toEqual([{ title: 'photos is done', body: '3 thumbnails' }]);
});

test('a person who looks at the window is not notified', async ({ app, folder }) => {
  const shown = await watchDesktop(app, true);
  await makeThree(app, folder);
  expect((await shown()).notices).toEqual([]);
});

test('nothing moves where a person wants less motion', async ({ app }) => {
  await app.page.emulateMedia({ reducedMotion: 'reduce' });
  const longest = await app.page.evaluate(() => {
    const seconds = (value: string) => value.split(',').map((one) => Number.parseFloat(one));
    const all = [...document.querySelectorAll('*')].flatMap((element) => {
      const style = getComputedStyle(element);
      return [...seconds(style.animationDuration), ...seconds(style.transitionDuration)];
    });
    return Math.max(...all);
  });
  expect(longest).toBeLessThan(0.001);
});

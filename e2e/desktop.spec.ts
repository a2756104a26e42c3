import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, type LaunchedApp, test } from './launch.ts';
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
  await see.finished('3 thumbnails');
}

test('the taskbar shows how far a run is, that it is paused, and nothing after its end', async ({
  app,
  folder,
  server,
}) => {
  server.gate.shut();
  const shown = await watchDesktop(app, true);
  const last = async () => (await shown()).progress.at(-1);
  const see = steps(app);
  await see.fetching(server.urls(8), join(folder, 'out'), { poolSize: 2, perHost: 2 });
  server.gate.letThrough(2);
  await expect.poll(last).toEqual([0.25, 'normal']);
  server.gate.letThrough(1);
  await expect.poll(last).toEqual([0.375, 'normal']);
  await see.pause.click();
  await expect.poll(last).toEqual([0.375, 'paused']);
  await see.cancel.click();
  await see.finished('Cancelled: 3 files, 5 left undone');
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
  // The end of the run was shown, at which a notice would have come.
  await expect.poll(async () => (await shown()).progress.at(-1)).toEqual([-1, null]);
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

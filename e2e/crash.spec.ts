import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { violationsOn } from './axe.ts';
import { expect, type LaunchedApp, test } from './launch.ts';

const note = (app: LaunchedApp) => app.page.getByRole('region', { name: 'Report', exact: true });
const reports = async (app: LaunchedApp) =>
  (await readdir(join(app.userData, 'state/crash-reports'))).filter((name) => name.endsWith('.txt'));

test('an error that nobody caught ends the app, and the next start offers a report of it', async ({
  launch,
}) => {
  const first = await launch();
  await first.inMain(() => {
    setImmediate(() => {
      throw new Error("the roof fell in, open '/home/anna/private/plan.jpg'");
    });
  });
  await first.ended();
  const app = await launch();
  await expect(note(app)).toContainText('Shoal ended unexpectedly the last time.');
  await note(app).getByRole('button', { name: 'Show report' }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Report' });
  const text = dialog.getByRole('region', { name: 'Text of the report' });
  await expect(text).toContainText("the roof fell in, open '<path>.jpg'");
  await expect(text).toContainText(/Shoal \d+\.\d+\.\d+, .*Node \d+/);
  await expect(text).not.toContainText('anna');
  expect((await text.innerText()).split('\n')).toContain('Error');
  expect(await violationsOn(app.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await expect.poll(() => app.inMain(({ clipboard }) => clipboard.readText())).toContain('the roof fell in');
  await app.noteOpened();
  await dialog.getByRole('button', { name: 'Show in folder' }).click();
  const [report = ''] = await reports(app);
  await expect
    .poll(() => app.opened())
    .toEqual([`reveal ${join(app.userData, 'state/crash-reports', report)}`]);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(note(app)).toBeHidden();
  await app.close();
  const last = await launch();
  await expect(last.page.getByRole('heading', { name: 'Drop a folder' })).toBeVisible();
  await expect(note(last)).toBeHidden();
});

// As Electron has it; Node alone would make an error of it.
const electronsWay = { NODE_OPTIONS: '--unhandled-rejections=warn' };

test('a promise that failed and that nobody waited for ends the app with a report, too', async ({
  launch,
}) => {
  const app = await launch({ env: electronsWay });
  await app.inMain(() => {
    void Promise.reject(new Error('the roof fell in'));
  });
  await app.ended();
  expect(await reports(app)).toEqual([expect.stringMatching(/-error\.txt$/)]);
});

test('an app that was killed is reported by the next start, one that quit is not', async ({ launch }) => {
  const first = await launch();
  await first.kill();
  const second = await launch();
  await expect(note(second)).toContainText('Shoal ended unexpectedly the last time.');
  await note(second).getByRole('button', { name: 'Dismiss' }).click();
  await second.close();
  const third = await launch();
  await expect(third.page.getByRole('heading', { name: 'Drop a folder' })).toBeVisible();
  await expect(note(third)).toBeHidden();
  expect(await reports(third)).toHaveLength(1);
});

test('a page whose process is gone leaves a report', async ({ launch }) => {
  const first = await launch();
  void first.page.goto('chrome://crash').catch(() => {});
  const session = await first.page.context().newCDPSession(first.page);
  void session.send('Page.crash').catch(() => {});
  await expect.poll(() => reports(first).catch(() => [])).toEqual([expect.stringMatching(/-window\.txt$/)]);
  await first.close();
  const app = await launch();
  await expect(note(app)).toContainText('The window broke down');
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, type LaunchedApp } from './launch.ts';
import type { TestServer } from './material.ts';
import { steps } from './steps.ts';

interface Place {
  readonly app: LaunchedApp;
  readonly folder: string;
  readonly server: TestServer;
}

/** Goes through all screens and dialogs of the window, and looks at each by its name. */
export async function everyScreen(
  { app, folder, server }: Place,
  look: (screen: string) => Promise<void>,
): Promise<void> {
  const { page } = app;
  const see = steps(app);
  const dialog = page.getByRole('dialog');
  const inDialog = async (screen: string) => {
    await expect(dialog).toBeVisible();
    await look(screen);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  const go = (name: RegExp) => page.locator('label').filter({ hasText: name }).first().click();
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 4 });
  writeFileSync(join(photos, 'empty.jpg'), '');

  await look('start');
  await page.keyboard.press('ControlOrMeta+L');
  await inDialog('paste');
  await page.keyboard.press('ControlOrMeta+,');
  await inDialog('settings');
  await page.keyboard.press('F1');
  await inDialog('shortcuts');
  await app.clickMenu('about');
  await expect(dialog.getByText(/packages of others/)).toBeVisible();
  await inDialog('about');

  await app.drop([photos]);
  await see.ready('Make 5 thumbnails');
  await look('ready');
  await go(/^Tune$/);
  await look('tune');
  await go(/^Start$/);
  await see.start();
  await see.finished('4 thumbnails, 1 could not be made');
  await see.causes.click();
  await look('results');
  await page.getByRole('toolbar', { name: 'Show' }).getByRole('button', { name: /^All/ }).click();
  await see.grid.getByRole('option').filter({ hasText: 'jpg' }).last().click();
  await expect(page.getByRole('region', { name: 'Inspector' })).toBeVisible();
  await look('inspector');
  await see.grid.focus();
  await page.keyboard.press('Space');
  await inDialog('lightbox');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Run again' }).click();
  await page.getByRole('checkbox', { name: 'Redo what is already there' }).check();
  await see.ready('Make 5 thumbnails');
  await see.start();
  await see.finished('4 thumbnails, 1 could not be made');
  await page.getByRole('button', { name: 'New run' }).click();
  await look('cards');
  await go(/^History$/);
  const runs = page.getByRole('group', { name: 'Former runs' }).getByRole('checkbox');
  await expect(runs).toHaveCount(2);
  await look('history');
  for (const run of await runs.all()) await run.check();
  await page.getByRole('button', { name: 'Compare two' }).click();
  await inDialog('compare');

  server.gate.shut();
  await go(/^Start$/);
  await see.fetching(server.urls(20), join(folder, 'out'), { poolSize: 4, perHost: 2 });
  server.gate.letThrough(4);
  await expect.poll(() => see.ended()).toBe(4);
  await look('run');
  await page.getByRole('region', { name: 'Hosts' }).getByRole('button', { name: /^127/ }).click();
  await inDialog('host');
  await app.drop([photos]);
  await go(/^Queue 1$/);
  await expect(page.getByRole('list', { name: 'Queue' })).toBeVisible();
  await look('queue');
  await go(/^Run$/);
  await see.cancel.click();
  await see.finished(/^Cancelled/);
  await page.getByRole('button', { name: 'New run' }).click();
  await app.drop([photos]);
  await page.getByRole('button', { name: 'Keep this folder up to date' }).click();
  await expect(page.getByText('Watching: nothing new to do')).toBeVisible({ timeout: 30_000 });
  await look('watched');
}

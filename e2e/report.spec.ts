import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, type LaunchedApp, test } from './launch.ts';
import { startServer } from './material.ts';
import { steps } from './steps.ts';

/** A run of three images that can be made and one that cannot. */
async function finished(app: LaunchedApp, folder: string) {
  const photos = join(folder, 'photos');
  const names = await makeSampleImages(photos, { count: 3 });
  writeFileSync(join(photos, 'empty.jpg'), '');
  const see = steps(app);
  await app.drop([photos]);
  await see.ready(/Make 4/);
  await see.start();
  await see.finished('3 thumbnails, 1 could not be made');
  return { see, photos, names };
}

test('the report is saved as CSV: a line an item, with what failed and why', async ({ app, folder }) => {
  const { see, photos, names } = await finished(app, folder);
  const path = join(folder, 'report.csv');
  await app.answerSaveDialogs(path);
  await see.saveReport(/CSV/);
  await expect.poll(() => read(path)).not.toBe('');
  const rows = parse(read(path), { columns: true, bom: true }) as Record<string, string>[];
  expect(rows).toHaveLength(4);
  const made = rows.filter(({ status }) => status === 'done');
  expect(made.map(({ input }) => input).sort()).toEqual(names.map((name) => join(photos, name)));
  for (const { input = '', output, width, height } of made) {
    expect(output).toBe(input.replace(photos, join(photos, 'thumbs')));
    expect(Math.max(Number(width), Number(height))).toBe(75);
  }
  expect(rows.find(({ status }) => status === 'failed')).toMatchObject({
    input: join(photos, 'empty.jpg'),
    output: '',
    errorCode: 'EMPTY_FILE',
    errorMessage: expect.stringContaining('empty.jpg'),
  });
});

test('the report is saved as a page to look at: totals, causes and the slowest items', async ({
  app,
  folder,
}) => {
  const { see } = await finished(app, folder);
  const path = join(folder, 'report.html');
  await app.answerSaveDialogs(path);
  await see.saveReport(/HTML/);
  await expect.poll(() => read(path)).toContain('<h2>Slowest items</h2>');
  expect(read(path)).toMatch(/<b>3<\/b>done.*EMPTY_FILE/s);
});

test('keys in URLs are hidden on the screen and in the report, and what failed can still be tried again', async ({
  app,
  folder,
}) => {
  const server = await startServer();
  server.missing = 'photo-0002';
  const see = steps(app);
  await app.paste(
    server
      .urls(3)
      .map((url) => `${url}?key=SECRET`)
      .join('\n'),
  );
  await see.ready('Download 3 files');
  await see.chooseOutput(join(folder, 'out'));
  await app.page.getByRole('button', { name: /^More/ }).click();
  await app.page.getByRole('checkbox', { name: /Hide keys in URLs/ }).check();
  await see.ready('Download 3 files');
  await see.start();
  await see.finished('2 files, 1 could not be fetched');
  await expect(app.page.getByText('photo-0002.jpg?key=***').first()).toBeVisible();
  expect(await app.page.content()).not.toContain('SECRET');
  const path = join(folder, 'report.csv');
  await app.answerSaveDialogs(path);
  await see.saveReport(/CSV/);
  await expect.poll(() => read(path)).toContain('photo-0002.jpg?key=***');
  expect(read(path)).not.toContain('SECRET');
  server.missing = '';
  await see.causes.click();
  await app.page.getByRole('button', { name: 'Retry 1 failed' }).click();
  await see.finished('1 file');
  await server.close();
});

test('the report is saved as JSON: totals and each item', async ({ app, folder }) => {
  const { see, photos } = await finished(app, folder);
  const path = join(folder, 'report.json');
  await app.answerSaveDialogs(path);
  await see.saveReport(/JSON/);
  await expect.poll(() => read(path)).not.toBe('');
  const report = JSON.parse(read(path));
  expect(report).toMatchObject({
    title: 'photos',
    summary: { total: 4, done: 3, skipped: 0, failed: 1, cancelled: 0 },
  });
  expect(report.summary.seconds).toBeGreaterThan(0);
  expect(report.results).toHaveLength(4);
  expect(report.results).toContainEqual(
    expect.objectContaining({
      input: join(photos, 'empty.jpg'),
      status: 'failed',
      error: expect.objectContaining({ code: 'EMPTY_FILE' }),
    }),
  );
});

test('a report that cannot be saved is a sentence on screen', async ({ app, folder }) => {
  const { see } = await finished(app, folder);
  await app.answerSaveDialogs(join(folder, 'no such folder', 'report.csv'));
  await see.saveReport(/CSV/);
  await expect(app.page.getByRole('alert')).toContainText('no such folder');
});

test('"Open folder" opens where the thumbnails are', async ({ app, folder }) => {
  const { photos } = await finished(app, folder);
  await app.noteOpened();
  await app.page.getByRole('button', { name: 'Open folder', exact: true }).click();
  await expect.poll(() => app.opened()).toEqual([`open ${join(photos, 'thumbs')}`]);
});

test('the report tells in one line what was gained, and beside it time, rate and the pool size that was used', async ({
  app,
  folder,
}) => {
  const { see } = await finished(app, folder);
  await expect(see.headline).toHaveText(/^3 thumbnails, [\d.]+ kB → [\d.]+ kB, 1 could not be made$/);
  const facts = await see.report.locator('dl').innerText();
  expect(facts.replaceAll(/\s+/g, ' ')).toMatch(/^Time [\d.]+ (ms|s) Rate [\d.,]+\/s Pool \d+$/);
});

/** What is in a file, or nothing where it is not there yet. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

test('a gallery, a contact sheet and a manifest are made besides, and the gallery is opened', async ({
  app,
  folder,
}) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 3 });
  const see = steps(app);
  const { page } = app;
  await app.drop([photos]);
  await see.ready('Make 3 thumbnails');
  const besides = page.getByRole('group', { name: 'Also make' });
  for (const name of [/^Gallery/, /^Contact sheet/, /^Manifest/])
    await besides.getByRole('checkbox', { name }).check();
  await see.ready('Make 3 thumbnails');
  await see.start();
  await see.finished('3 thumbnails');
  const thumbs = join(photos, 'thumbs');
  expect(JSON.parse(read(join(thumbs, 'manifest.json')))).toMatchObject({ count: 3, missing: 0 });
  expect(read(join(thumbs, 'contact-sheet.pdf'))).toMatch(/^%PDF-/);
  await app.noteOpened();
  await page.getByRole('button', { name: 'Open gallery' }).click();
  await expect.poll(() => app.opened()).toEqual([`open ${join(thumbs, 'gallery.html')}`]);
});

test('what everything is done of can still be put into a gallery', async ({ app, folder }) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 2 });
  const see = steps(app);
  await app.drop([photos]);
  await see.ready('Make 2 thumbnails');
  await see.start();
  await see.finished('2 thumbnails');
  await app.page.getByRole('button', { name: 'Run again' }).click();
  await see.ready('Everything is up to date');
  await app.page.getByRole('checkbox', { name: /^Gallery/ }).check();
  await app.page.getByRole('button', { name: 'Make it from what is there' }).click();
  await expect(app.page.getByRole('button', { name: 'Open gallery' })).toBeVisible();
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, type LaunchedApp, test } from './launch.ts';
import { steps } from './steps.ts';

/** Twelve images that can be made and two that cannot, for two causes. */
async function finished(app: LaunchedApp, folder: string) {
  const photos = join(folder, 'photos');
  const names = await makeSampleImages(photos, { count: 12 });
  writeFileSync(join(photos, 'empty.jpg'), '');
  writeFileSync(join(photos, 'text.jpg'), 'not a picture');
  const see = steps(app);
  await app.drop([photos]);
  await see.ready(/Make 14/);
  await see.start();
  await see.finished(/12 thumbnails/);
  return { see, names };
}

test('items are found by name, sorted by name and size, and kept to one cause of failure', async ({
  app,
  folder,
}) => {
  const { see, names } = await finished(app, folder);
  const { page } = app;
  const rows = page.locator('[data-position][role="row"]');
  const shown = () => rows.locator('[role="gridcell"]:nth-child(2)').allTextContents();
  // What was gained stands beside how many were made.
  await expect(see.report).toContainText(/[\d.]+ kB → [\d.]+ kB/);
  await see.layout('List').click();
  await page.keyboard.press('ControlOrMeta+F');
  const search = page.getByRole('searchbox', { name: 'Search by name or host' });
  await expect(search).toBeFocused();
  await page.keyboard.type('EMPTY');
  await expect.poll(shown).toEqual(['empty.jpg']);
  await search.fill('nothing is named so');
  await expect(page.getByText('No item here has “nothing is named so” in its name or host.')).toBeVisible();
  await search.fill('');
  await expect(rows).toHaveCount(14);
  const order = page.getByRole('combobox', { name: 'Order' });
  await order.selectOption('By name');
  await expect.poll(shown).toEqual(['empty.jpg', ...names, 'text.jpg']);
  await order.selectOption('Largest first');
  const sizes = async () =>
    (await rows.locator('[role="gridcell"]:nth-child(4)').allTextContents()).map(
      (text) => Number.parseFloat(text.split(' → ')[1] ?? '') || 0,
    );
  await expect.poll(async () => isFalling(await sizes())).toBe(true);
  const cause = page
    .getByRole('toolbar', { name: 'Show' })
    .getByRole('button', { name: 'It is not an image 1' });
  await cause.click();
  await expect(cause).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(shown).toEqual(['text.jpg']);
  await cause.click();
  await expect(rows).toHaveCount(14);
});

test('a list of URLs is searched by host, also while items still end', async ({ app, folder, server }) => {
  const see = steps(app);
  const { page } = app;
  server.gate.shut();
  const urls = [
    ...server.urls(4),
    ...server.urls(3, 'other').map((url) => url.replace('127.0.0.1', 'localhost')),
  ];
  await see.fetching(urls, join(folder, 'out'), { poolSize: 8, perHost: 8 });
  await page.getByRole('searchbox', { name: 'Search by name or host' }).fill('localhost');
  server.gate.open();
  await see.finished(/7 files/);
  const rows = page.locator('[data-position][role="row"]');
  await expect(rows).toHaveCount(3);
});

test('only what may pass by itself is retried where that is asked for', async ({ app, folder, server }) => {
  server.missing = 'gone';
  server.broken = 'busy';
  const see = steps(app);
  const urls = [...server.urls(1), ...server.urls(2, 'gone'), ...server.urls(1, 'busy')];
  await app.paste(urls.join('\n'));
  await see.ready(/^Download/);
  await see.chooseOutput(join(folder, 'out'));
  await app.page.getByRole('textbox', { name: 'Retries' }).fill('0');
  await see.start();
  await see.finished('1 file, 3 could not be fetched');
  server.broken = '';
  await app.page.getByRole('button', { name: 'Retry 1 that may pass' }).click();
  await see.finished('1 file');
});

const isFalling = (numbers: readonly number[]) =>
  numbers.length > 1 && numbers.every((number, at) => at === 0 || number <= (numbers[at - 1] ?? 0));

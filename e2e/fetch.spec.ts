import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from './launch.ts';
import { filesBelow } from './material.ts';
import { steps } from './steps.ts';

test('a pasted list with bad lines and failing URLs is fetched as far as it can be', async ({
  app,
  folder,
  server,
}) => {
  const see = steps(app);
  const out = join(folder, 'out');
  server.missing = 'gone';
  const lines = [...server.urls(6), 'not a url at all', ...server.urls(2, 'gone'), 'ftp://example.com/x.jpg'];
  await app.paste(lines.join('\n'));
  await see.ready('Download 8 files');
  const bad = app.page.getByRole('region', { name: 'What cannot be used' });
  await expect(bad).toContainText('2 lines cannot be used');
  await expect(bad).toContainText('not a url at all');
  // With the reason beside it.
  const line = bad.getByRole('listitem').filter({ hasText: 'ftp://example.com/x.jpg' });
  await expect(line).toHaveText(/^ftp:\/\/example\.com\/x\.jpg.+/);
  await see.chooseOutput(out);
  await see.start();
  await see.finished('6 files, 4 could not be fetched');
  await expect(see.causes).toHaveText([
    'Not found on the server (404) 2',
    'It is not a URL 1',
    'It is not a web address 1',
  ]);
  expect(filesBelow(out).filter((name) => name.startsWith('photo'))).toHaveLength(6);

  // They are there now.
  server.missing = '';
  // No retry helps a line that is no URL, and nothing is retried by itself that has to be mended first.
  const retry = app.page.getByRole('button', { name: /^Retry/ });
  await expect(retry).toBeHidden();
  await see.causes.filter({ hasText: 'It is not a URL' }).click();
  await expect(app.page.getByText('Mend the line in the list: a URL begins with')).toBeVisible();
  await expect(retry).toBeHidden();
  await see.causes.filter({ hasText: 'Not found' }).click();
  await expect(retry).toHaveText('Retry 2 failed');
  await retry.click();
  await see.finished(/2 files/);
  expect(filesBelow(out).filter((name) => name.startsWith('gone'))).toHaveLength(2);
});

test('files are fetched with thumbnails of them, which the grid shows', async ({
  launch,
  folder,
  server,
}) => {
  const out = join(folder, 'out');
  const first = await launch();
  await first.paste(server.urls(3).join('\n'));
  await first.page.getByRole('checkbox', { name: 'Make thumbnails of the files' }).check();
  await first.page.getByRole('textbox', { name: 'Width' }).fill('64');
  await first.page.keyboard.press('Enter');
  await expect
    .poll(() => first.keptSettings())
    .toMatchObject({ fetch: { thumbnail: { box: { width: 64 } } } });
  await first.close();

  // The wish is kept for the next start.
  const app = await launch();
  const see = steps(app);
  await app.paste(server.urls(3).join('\n'));
  await see.ready('Download 3 files');
  await see.chooseOutput(out);
  await see.start();
  await see.finished('3 files');
  const names = ['photo-0001.jpg', 'photo-0002.jpg', 'photo-0003.jpg'];
  for (const name of names) {
    expect(await sizeOf(join(out, name))).toEqual([160, 120]);
    expect(await sizeOf(join(out, 'thumbs', name))).toEqual([64, 48]);
  }
  await see.layout('Grid').click();
  const widths = () =>
    see.grid
      .locator('img')
      .evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth));
  await expect.poll(widths).toEqual([64, 64, 64]);
  // The report tells the file and its thumbnail apart.
  await app.answerSaveDialogs(join(folder, 'report.json'));
  await see.saveReport(/JSON/);
  await expect.poll(() => existsSync(join(folder, 'report.json'))).toBe(true);
  const { results } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  expect(results).toContainEqual(
    expect.objectContaining({
      output: join(out, 'photo-0001.jpg'),
      thumbnail: { output: join(out, 'thumbs', 'photo-0001.jpg') },
    }),
  );
});

test('a file that fails is tried as often as the settings say', async ({ app, folder, server }) => {
  const see = steps(app);
  server.broken = 'sick';
  await app.paste(server.urls(1, 'sick').join('\n'));
  await see.ready('Download 1 file');
  await see.chooseOutput(join(folder, 'out'));
  await app.page.getByRole('textbox', { name: 'Retries' }).fill('1');
  await see.start();
  await see.finished('0 files, 1 could not be fetched');
  expect(server.asked).toBe(2);
});

test('downloads are rows: name, size and what came of them', async ({ app, folder, server }) => {
  const see = steps(app);
  server.missing = 'gone';
  await app.paste([...server.urls(3), ...server.urls(1, 'gone')].join('\n'));
  await see.ready(/Download 4 files/);
  await see.chooseOutput(join(folder, 'out'));
  await see.start();
  await see.finished('3 files, 1 could not be fetched');
  const row = app.page.getByRole('row').filter({ hasText: 'gone-0001.jpg' });
  await expect(row.getByRole('img', { name: 'failed' })).toBeVisible();
  // The cause is read at a glance; the message, which begins with the whole address, follows it.
  const cause = row.getByText('Not found on the server (404)');
  await expect(cause).toBeInViewport({ ratio: 1 });
  await expect(row).toContainText(`${server.urls(1, 'gone')[0]} answered 404`);
  const saved = app.page.getByRole('row').filter({ hasText: 'photo-0002.jpg' });
  await expect(saved.getByRole('img', { name: 'done' })).toBeVisible();
  await expect(saved.getByRole('gridcell').nth(2)).toHaveText(/^127\.0\.0\.1:\d+$/);
  await expect(saved.getByRole('gridcell').nth(3)).toHaveText(/^[\d.]+ kB$/);
});

async function sizeOf(path: string): Promise<(number | undefined)[]> {
  const { width, height } = await sharp(readFileSync(path)).metadata();
  return [width, height];
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './launch.ts';

test('the window opens on the empty screen', async ({ app }) => {
  await expect(
    app.page.getByRole('heading', { name: 'Drop a folder of images, or paste a list of URLs' }),
  ).toBeVisible();
});

test('the page starts without an error and without a breach of its own policy', async ({ app }) => {
  const complaints: string[] = [];
  app.page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  app.page.on('pageerror', (error) => complaints.push(error.message));
  await app.page.reload();
  await expect(app.page.getByRole('heading', { name: 'Drop a folder' })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('the window follows the system in light and dark', async ({ app }) => {
  for (const scheme of ['dark', 'light'] as const) {
    await app.page.emulateMedia({ colorScheme: scheme });
    await expect(app.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
  }
});

test('the stand-in says in the title that it is one', async ({ app }) => {
  await expect(app.page).toHaveTitle(app.driver === 'stand-in' ? /^Shoal \(Electron stand-in/ : 'Shoal');
});

test('a folder given as an argument is an input', async ({ launch, folder }) => {
  await mkdir(join(folder, 'holiday'));
  const { page } = await launch({ args: [join(folder, 'holiday')] });
  await expect(page.getByRole('listitem').filter({ hasText: 'holiday' })).toHaveAttribute(
    'data-kind',
    'folder',
  );
});

test('a second start hands its folder to the first and ends', async ({ launch, folder }) => {
  await mkdir(join(folder, 'more'));
  const first = await launch();
  await expect(first.page.getByRole('heading', { name: 'Drop a folder' })).toBeVisible();
  await expect(launch({ args: [join(folder, 'more')] })).rejects.toThrow();
  await expect(first.page.getByRole('list', { name: 'Inputs' })).toContainText('more');
});

test('the window opens where and as large as it was left', async ({ launch }) => {
  const first = await launch();
  await first.inMain(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 60, width: 1000, height: 700 });
  });
  await expect.poll(() => first.page.evaluate(() => outerWidth)).toBe(1000);
  await first.close();
  const second = await launch();
  await expect.poll(() => second.page.evaluate(() => [outerWidth, outerHeight])).toEqual([1000, 700]);
});

test('closing the window ends the app, which remembers where it was', async ({ launch }) => {
  test.skip(process.platform === 'darwin', 'On macOS an app outlives its windows.');
  const first = await launch();
  await first.inMain(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 60, width: 960, height: 640 });
  });
  await expect.poll(() => first.page.evaluate(() => outerWidth)).toBe(960);
  await first.page.close();
  await first.ended();
  const second = await launch();
  await expect.poll(() => second.page.evaluate(() => [outerWidth, outerHeight])).toEqual([960, 640]);
});

test('an app that was killed leaves nothing that keeps it from starting again', async ({ launch }) => {
  const first = await launch();
  await first.kill();
  const second = await launch();
  await expect(second.page.getByRole('heading', { name: 'Drop a folder' })).toBeVisible();
});

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './launch.ts';
import { steps } from './steps.ts';

test('dropped folders, images and lists arrive in main by their real paths', async ({ app, folder }) => {
  const paths = ['photos', 'one.jpg', 'urls.txt'].map((name) => join(folder, name));
  await mkdir(paths[0] ?? '');
  await writeFile(paths[1] ?? '', '');
  await writeFile(paths[2] ?? '', 'https://example.com/a.jpg\n');
  await app.drop(paths);
  const { inputs } = steps(app);
  // Main only gives an id to what it found at the path.
  await expect(inputs.filter({ hasText: 'photos' })).toHaveAttribute('data-kind', 'folder');
  await expect(inputs.filter({ hasText: 'one.jpg' })).toHaveAttribute('data-kind', 'image');
  await expect(inputs.filter({ hasText: 'urls.txt' })).toHaveAttribute('data-kind', 'list');
});

test('what was dropped and then removed is refused with a reason', async ({ app, folder }) => {
  const path = join(folder, 'gone');
  await app.drop([path]);
  await expect(app.page.getByRole('alert')).toHaveText('gone is not there any more.');
});

test('links dragged from a browser are a list', async ({ app }) => {
  await app.dropLinks(['https://example.com/a.jpg', 'https://example.com/b.jpg']);
  await expect(steps(app).inputs.filter({ hasText: 'Dropped list' })).toHaveAttribute('data-kind', 'list');
});

test('pasted text is a list, wherever the focus is', async ({ app }) => {
  await app.paste('https://example.com/a.jpg\nhttps://example.com/b.jpg');
  await expect(steps(app).inputs.filter({ hasText: 'Pasted list' })).toHaveAttribute('data-kind', 'list');
});

test('the page learns no path of what was dropped', async ({ app, folder }) => {
  const path = join(folder, 'private');
  await mkdir(path);
  await app.drop([path]);
  await expect(steps(app).inputs.filter({ hasText: 'private' })).toBeVisible();
  await steps(app).ready('No images found');
  expect(await app.page.content()).not.toContain(folder);
});

import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, test } from './launch.ts';
import { filesBelow } from './material.ts';
import { steps } from './steps.ts';

/** Ways in which inputs come, beside a drop of files and a paste. */

test('"Open folder…" asks for a folder, which becomes an input', async ({ app, folder }) => {
  await makeSampleImages(join(folder, 'photos'), { count: 2 });
  await app.answerOpenDialogs([join(folder, 'photos')]);
  await app.page.getByRole('main').getByRole('button', { name: 'Open folder…' }).click();
  await steps(app).ready('Make 2 thumbnails');
  await expect(steps(app).inputs).toHaveText(['photos']);
});

test('a dialog that is closed changes nothing', async ({ app }) => {
  await app.answerOpenDialogs([]);
  await app.page.getByRole('main').getByRole('button', { name: 'Open folder…' }).click();
  await expect(app.page.getByRole('heading', { name: 'Drop a folder' })).toBeVisible();
});

test('"Paste list…" takes a list that is written by hand', async ({ app }) => {
  await app.page.getByRole('main').getByRole('button', { name: 'Paste list…' }).click();
  const use = app.page.getByRole('button', { name: 'Use list' });
  await expect(use).toBeDisabled();
  const text = app.page.getByRole('textbox', { name: 'URLs, one a line' });
  await text.fill('https://example.com/a.jpg\nhttps://example.com/b.jpg\n');
  await expect(app.page.getByText('2 lines')).toBeVisible();
  await use.click();
  await steps(app).ready('Download 2 files');
});

test('a list file is opened by its dialog: CSV by its column of URLs', async ({ app, folder }) => {
  const list = join(folder, 'photos.csv');
  writeFileSync(list, 'title,url\nOne,https://example.com/1.jpg\nTwo,https://example.com/2.jpg\n');
  await app.answerOpenDialogs([list], 'openFile');
  await app.page.keyboard.press('ControlOrMeta+Shift+O');
  await steps(app).ready('Download 2 files');
});

test('a dropped piece of text is a list', async ({ app }) => {
  await app.dropText('https://example.com/a.jpg\nhttps://example.com/b.jpg\nhttps://example.com/c.jpg');
  await steps(app).ready('Download 3 files');
});

test('several folders are one run, each with thumbnails of its own', async ({ app, folder }) => {
  const see = steps(app);
  const places = [join(folder, 'one'), join(folder, 'two')];
  for (const place of places) await makeSampleImages(place, { count: 2 });
  await app.drop(places);
  await see.ready('Make 4 thumbnails');
  await see.start();
  await see.finished('4 thumbnails');
  for (const place of places) expect(filesBelow(join(place, 'thumbs'))).toHaveLength(2);
});

test('images and lists together: the person says which of them the run is for', async ({ app, folder }) => {
  await makeSampleImages(join(folder, 'photos'), { count: 2 });
  writeFileSync(join(folder, 'urls.txt'), 'https://example.com/a.jpg\n');
  await app.drop([join(folder, 'photos'), join(folder, 'urls.txt')]);
  await steps(app).ready('Make 2 thumbnails');
  await app.page.getByText('Downloads', { exact: true }).click();
  await steps(app).ready('Download 1 file');
});

test('images, folders and lists given as arguments are inputs', async ({ launch, folder }) => {
  const [name = ''] = await makeSampleImages(join(folder, 'photos'), { count: 1 });
  await mkdir(join(folder, 'more'));
  writeFileSync(join(folder, 'urls.txt'), 'https://example.com/a.jpg\n');
  const app = await launch({
    args: [join(folder, 'photos', name), join(folder, 'more'), join(folder, 'urls.txt')],
  });
  const { inputs } = steps(app);
  await expect(inputs.filter({ hasText: name })).toHaveAttribute('data-kind', 'image');
  await expect(inputs.filter({ hasText: 'more' })).toHaveAttribute('data-kind', 'folder');
  await expect(inputs.filter({ hasText: 'urls.txt' })).toHaveAttribute('data-kind', 'list');
});

test('what the system opens with the app is an input', async ({ app, folder }) => {
  await makeSampleImages(join(folder, 'holiday'), { count: 2 });
  // As macOS tells a file that is dropped on the dock's icon.
  await app.inMain(
    ({ app: electron }, path) => {
      electron.emit('open-file', { preventDefault() {} }, path);
    },
    join(folder, 'holiday'),
  );
  await steps(app).ready('Make 2 thumbnails');
});

test('what is opened while the app runs comes to the window that is there', async ({ app, folder }) => {
  const see = steps(app);
  const [picture = ''] = await makeSampleImages(join(folder, 'holiday'), { count: 2 });
  writeFileSync(join(folder, 'list.csv'), 'title,url\nOne,https://example.com/1.jpg\n');
  // As the system starts the app again: a file manager names the files by their addresses.
  const openWith = (...given: string[]) =>
    app.inMain(
      ({ app: electron }, { given: argv, cwd }) => {
        electron.emit('second-instance', {}, ['/bin/electron', '/the/app', ...argv], cwd, null);
      },
      { given, cwd: folder },
    );
  await openWith(pathToFileURL(join(folder, 'holiday')).href);
  await see.ready('Make 2 thumbnails');
  await openWith('list.csv', join('holiday', picture));
  await expect(see.inputs.filter({ hasText: 'list.csv' })).toHaveAttribute('data-kind', 'list');
  await expect(see.inputs.filter({ hasText: picture })).toHaveAttribute('data-kind', 'image');
});

test('links that are dropped on the icon of the app are a list', async ({ launch }) => {
  const app = await launch({ args: ['https://example.com/a.jpg', 'https://example.com/b.jpg'] });
  await steps(app).ready('Download 2 files');
});

import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, test } from './launch.ts';
import { steps } from './steps.ts';

test('a number field keeps what is typed, says what is wrong with it, and starts nothing else', async ({
  app,
  folder,
}) => {
  const see = steps(app);
  await makeSampleImages(join(folder, 'photos'), { count: 1 });
  await app.drop([join(folder, 'photos')]);
  await see.ready('Make 1 thumbnail');
  const width = app.page.getByRole('textbox', { name: 'Width' });
  const make = app.page.getByRole('button', { name: /^Make/ });
  for (const typed of ['1e3', '12.5', '-5', '99999']) {
    await width.fill(typed);
    await width.blur();
    await expect(width).toHaveValue(typed);
    await expect(width).toHaveAttribute('aria-invalid', 'true');
    await expect(make).toBeDisabled();
  }
  await see.start();
  await see.ready('Make 1 thumbnail');
  await width.fill('320');
  await width.press('Enter');
  await expect.poll(() => app.keptSettings()).toMatchObject({ thumbnails: { box: { width: 320 } } });
  await expect(make).toBeEnabled();
});

test('URLs that are pasted while a number field has the focus are a list', async ({ app }) => {
  await app.paste('https://example.com/a.jpg');
  const perHost = app.page.getByRole('textbox', { name: 'Per host' });
  await perHost.focus();
  const before = await perHost.inputValue();
  await app.paste('https://example.com/75/1.jpg\nhttps://example.com/75/2.jpg');
  await steps(app).ready('Download 3 files');
  await expect(perHost).toHaveValue(before);
});

test('a pool size that is typed during a run counts once it is typed to its end', async ({
  app,
  folder,
  server,
}) => {
  const see = steps(app);
  server.gate.shut();
  await see.fetching(server.urls(40), join(folder, 'out'), { poolSize: 4, perHost: 64 });
  await see.typedPoolSize.fill('');
  await see.typedPoolSize.pressSequentially('12');
  await expect(see.slider).toHaveAttribute('aria-valuetext', '4 at once');
  await see.typedPoolSize.press('Enter');
  await expect(see.slider).toHaveAttribute('aria-valuetext', '12 at once');
  await see.cancel.click();
  await see.finished(/^Cancelled/);
  await expect(app.page.getByRole('region', { name: 'Pool sizes used' })).toContainText(/4 → 12$/);
});

test('nothing can be started where nothing would be made', async ({ app, folder }) => {
  const see = steps(app);
  const preview = app.page.getByRole('region', { name: 'Preview' });
  const make = app.page.getByRole('button', { name: /^Make/ });
  await makeSampleImages(join(folder, 'photos'), { count: 2 });
  await app.drop([join(folder, 'photos')]);
  await see.ready('Make 2 thumbnails');
  await see.start();
  await see.finished('2 thumbnails');
  await app.page.getByRole('button', { name: 'New run' }).click();
  await app.drop([join(folder, 'photos')]);
  await see.ready('Everything is up to date');
  await expect(make).toBeDisabled();
  await see.start();
  await expect(see.preview).toBeVisible();
  await app.page.getByRole('checkbox', { name: 'Redo what is already there' }).check();
  await see.ready('Make 2 thumbnails');
  await expect(preview).toContainText('Not asked: all of it is made anew');
  await expect(make).toBeEnabled();

  await app.page.getByRole('button', { name: 'Clear' }).click();
  writeFileSync(join(folder, 'urls.txt'), 'nothing\nof a URL\n');
  await app.drop([join(folder, 'urls.txt')]);
  await see.ready('Nothing here can be used');
  await expect(app.page.getByRole('button', { name: 'Start downloading' })).toBeDisabled();
  await expect(preview).not.toContainText('Saved to');
});

test("what Tune found goes with the inputs that it was found for, and Tune tells what it costs a list's servers", async ({
  app,
  folder,
}) => {
  const see = steps(app);
  const { page } = app;
  const best = page.getByRole('region', { name: 'Best pool size' });
  await makeSampleImages(join(folder, 'photos'), { count: 2 });
  await app.drop([join(folder, 'photos')]);
  await see.ready('Make 2 thumbnails');
  await page.keyboard.press('ControlOrMeta+2');
  await page.getByRole('button', { name: 'Measure' }).click();
  await expect(best).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('URLs are fetched again')).toBeHidden();
  await page.getByRole('button', { name: 'Measure again' }).focus();
  await app.paste('https://example.com/a.jpg');
  await expect(best).toBeVisible();
  await page.keyboard.press('ControlOrMeta+1');
  await page.getByText('Downloads', { exact: true }).click();
  await page.keyboard.press('ControlOrMeta+2');
  await expect(page.getByText('URLs are fetched again for each of the sizes 1, 2, 4, 8, 13')).toBeVisible();
  await expect(best).toBeHidden();
});

test('downloads and thumbnails have an output folder each, and one that cannot be written is told at once', async ({
  app,
  folder,
}) => {
  const see = steps(app);
  const preview = app.page.getByRole('region', { name: 'Preview' });
  await makeSampleImages(join(folder, 'photos'), { count: 1 });
  await app.paste('https://example.com/a.jpg');
  await see.ready('Download 1 file');
  await see.chooseOutput(join(folder, 'downloads'));
  await app.page.getByRole('button', { name: 'Clear' }).click();
  await app.drop([join(folder, 'photos')]);
  await see.ready('Make 1 thumbnail');
  await expect(preview).toContainText(join(folder, 'photos', 'thumbs'));

  const file = join(folder, 'a file');
  writeFileSync(file, '');
  await app.answerOpenDialogs([join(file, 'out')]);
  await app.page.getByRole('button', { name: 'Choose…' }).click();
  await expect(preview.getByRole('alert')).toContainText(`${file} is a file, not a folder`);
  await expect(app.page.getByRole('region', { name: 'What cannot be used' })).toBeHidden();
  await expect(app.page.getByRole('button', { name: /^Make/ })).toBeDisabled();
});

test('what cannot be read is told before the start: in a folder by format, of what is dropped by its name', async ({
  app,
  folder,
}) => {
  const see = steps(app);
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 1 });
  for (const name of ['a.exr', 'b.exr', 'c.tga']) writeFileSync(join(photos, name), 'x');
  await app.drop([photos]);
  await see.ready('Make 1 thumbnail');
  const passedOver = app.page.getByRole('region', { name: 'Passed over' });
  await expect(passedOver).toContainText('passed over in photos (2 × .exr, 1 × .tga)');
  expect(await passedOver.innerText()).not.toContain(folder);

  writeFileSync(join(folder, 'letter.docx'), 'x');
  await app.drop([join(folder, 'letter.docx'), join(photos, 'a.exr')]);
  await expect(app.page.getByRole('alert')).toHaveText(
    'letter.docx is neither an image nor a list of URLs. 1 more cannot be used either.',
  );
  await expect(see.inputs).toHaveCount(1);
});

test('URLs are found in whatever holds them: a shortcut, a page, a selection of a page', async ({
  app,
  folder,
}) => {
  const see = steps(app);
  writeFileSync(join(folder, 'a.url'), '[InternetShortcut]\r\nURL=https://example.com/a.jpg\r\n');
  writeFileSync(join(folder, 'b.html'), '<p><img src="https://example.com/b.jpg"></p>\n<p>and no more</p>');
  await app.drop([join(folder, 'a.url'), join(folder, 'b.html')]);
  await see.ready('Download 2 files');
  await app.dropSelection(
    'two pictures',
    '<img src="https://example.com/c.jpg"><a href="https://example.com/d.jpg">two</a>',
  );
  await see.ready('Download 4 files');
  await app.dropText('- <https://example.com/e.jpg>\nand then "https://example.com/f.jpg".');
  await see.ready('Download 6 files');
});

test('what is given twice is one input, inputs of one name are told apart, and one in another is told', async ({
  app,
  folder,
}) => {
  const see = steps(app);
  const [one, two] = [join(folder, 'one', 'photos'), join(folder, 'two', 'photos')];
  for (const place of [one, two]) await makeSampleImages(place, { count: 2 });
  await app.drop([one]);
  await see.ready('Make 2 thumbnails');
  await app.drop([one, two]);
  await see.ready('Make 4 thumbnails');
  await expect(see.inputs).toHaveText([/photos….*one$/, /photos….*two$/]);
  await app.drop([join(folder, 'one')]);
  await expect(app.page.getByRole('region', { name: 'Passed over' })).toContainText(
    'photos lies in one, which is given as well: its images are counted twice.',
  );
});

test('a drop counts where the page has changed under a pointer that rests', async ({ app, folder }) => {
  const see = steps(app);
  const place = join(folder, 'photos');
  await makeSampleImages(place, { count: 2 });
  await app.dropAfter([place], async () => {
    await app.page.evaluate(() => {
      const over = document.createElement('div');
      over.style.cssText = 'position: fixed; inset: 0; z-index: 9999';
      document.body.append(over);
    });
  });
  await see.ready('Make 2 thumbnails');
});

test('where only thumbnails of deleted originals are left to remove, the run can be started', async ({
  app,
  folder,
}) => {
  const see = steps(app);
  const photos = join(folder, 'photos');
  const [first = ''] = await makeSampleImages(photos, { count: 2 });
  await app.drop([photos]);
  await see.ready('Make 2 thumbnails');
  await see.start();
  await see.finished('2 thumbnails');
  rmSync(join(photos, first));
  await app.drop([photos]);
  await expect(see.preview).toContainText('Everything is up to date');
  await app.page.getByRole('button', { name: /^More/ }).click();
  await app.page.getByRole('checkbox', { name: 'Remove thumbnails of deleted originals' }).check();
  await see.ready('Remove 1 thumbnail of a deleted original');
  await app.page.getByRole('button', { name: 'Remove 1 thumbnail of a deleted original' }).click();
  await see.finished('1 thumbnail of a deleted original removed');
  await expect.poll(() => readdirSync(join(photos, 'thumbs'))).toHaveLength(1);
});

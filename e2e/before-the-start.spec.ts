import { writeFileSync } from 'node:fs';
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
  const make = app.page.getByRole('button', { name: 'Make thumbnails' });
  for (const typed of ['1e3', '12.5', '-5', '99999']) {
    await width.fill(typed);
    await width.blur();
    await expect(width).toHaveValue(typed);
    await expect(width).toHaveAttribute('aria-invalid', 'true');
    await expect(make).toBeDisabled();
  }
  await see.start();
  await expect(see.preview).toHaveText('Make 1 thumbnail');
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
  const make = app.page.getByRole('button', { name: 'Make thumbnails' });
  await makeSampleImages(join(folder, 'photos'), { count: 2 });
  await app.drop([join(folder, 'photos')]);
  await see.ready('Make 2 thumbnails');
  await see.start();
  await see.finished('2 thumbnails made');
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

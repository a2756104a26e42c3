import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, test } from './launch.ts';
import { filesBelow } from './material.ts';
import { steps } from './steps.ts';

test('size and format of the recipe are what is made, and are kept for the next start', async ({
  launch,
  folder,
}) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 2 });
  const first = await launch();
  const see = steps(first);
  await first.drop([photos]);
  await see.ready(/Make 2/);
  await first.page.getByRole('textbox', { name: 'Width' }).fill('120');
  await first.page.getByRole('textbox', { name: 'Height' }).fill('90');
  await first.page.getByRole('radio', { name: 'Crop' }).check();
  await first.page.getByRole('checkbox', { name: 'WebP' }).check();
  await first.page.getByRole('checkbox', { name: 'As input' }).uncheck();
  await see.start();
  await see.finished('2 thumbnails');
  const [name = ''] = filesBelow(join(photos, 'thumbs'));
  const made = await sharp(readFileSync(join(photos, 'thumbs', name))).metadata();
  expect(made).toMatchObject({ width: 120, height: 90, format: 'webp' });
  await expect
    .poll(() => first.keptSettings())
    .toMatchObject({ thumbnails: { box: { width: 120 }, format: 'webp' } });
  await first.close();
  const second = await launch();
  await second.drop([photos]);
  await expect(second.page.getByRole('textbox', { name: 'Width' })).toHaveValue(/120/);
  await expect(second.page.getByRole('checkbox', { name: 'WebP' })).toBeChecked();
});

test('a value out of bounds is said beside its field and goes no further', async ({ app, folder }) => {
  await makeSampleImages(join(folder, 'photos'), { count: 1 });
  await app.drop([join(folder, 'photos')]);
  await steps(app).ready(/Make 1/);
  const quality = app.page.getByRole('textbox', { name: 'Quality' });
  await quality.fill('400');
  await expect(app.page.getByText('Between 1 and 100.')).toBeVisible();
  await expect(quality).toHaveAttribute('aria-invalid', 'true');
  await quality.fill('60');
  await expect(app.page.getByText('Between 1 and 100.')).toBeHidden();
});

test('copy as command gives the line for the terminal', async ({ app, folder }) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 1 });
  await app.drop([photos]);
  await steps(app).ready(/Make 1/);
  await app.page.getByRole('textbox', { name: 'Width' }).fill('200');
  // Shown for a moment only: the page itself looks for it.
  await app.page.evaluate(() => {
    const shown = new Promise<string>((resolve) => {
      new MutationObserver(() => {
        const line = document.querySelector('code')?.textContent;
        if (line) resolve(line);
      }).observe(document.body, { subtree: true, childList: true });
    });
    Object.assign(window, { shown });
  });
  await app.page.getByRole('button', { name: 'Copy as command' }).click();
  const line = await app.page.evaluate(() => (window as unknown as { shown: Promise<string> }).shown);
  expect(line).toMatch(/^shoal thumbs .*photos.*--size 200x75/);
  expect(await app.inMain(({ clipboard }) => clipboard.readText())).toBe(line);
});

test('the headline says what will be made of it, at which settings, and where it goes', async ({
  app,
  folder,
}) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 2 });
  const see = steps(app);
  await app.drop([photos]);
  await expect(see.preview).toHaveText(`Make 2 thumbnails, 75 × 75, whole → ${join(photos, 'thumbs')}`);
  await app.page.getByRole('textbox', { name: 'Width' }).fill('200');
  await app.page.locator('label').filter({ hasText: 'Crop' }).click();
  await expect(see.preview).toHaveText(/^Make 2 thumbnails, 200 × 75, cropped → /);
  await app.page.getByRole('button', { name: 'Clear' }).click();
  await app.paste('https://example.com/a.jpg');
  await see.chooseOutput(join(folder, 'out'));
  await expect(see.preview).toHaveText(`Download 1 file → ${join(folder, 'out')}`);
});

test('with "start at once" a drop needs no Enter', async ({ app, folder }) => {
  await makeSampleImages(join(folder, 'one'), { count: 2 });
  await makeSampleImages(join(folder, 'two'), { count: 3 });
  const see = steps(app);
  await app.drop([join(folder, 'one')]);
  await see.ready(/Make 2/);
  await see.startAtOnce();
  await see.start();
  await see.finished('2 thumbnails');
  await app.page.evaluate(() => {
    const screens: string[] = [];
    Object.assign(window, { screens });
    const note = () => screens.push(document.querySelector('main')?.ariaLabel ?? '');
    new MutationObserver(note).observe(document.body, { subtree: true, attributeFilter: ['aria-label'] });
  });
  await app.drop([join(folder, 'two')]);
  await see.finished('3 thumbnails');
  // From one report to the next by way of the run: nothing is looked ahead at that nobody asked for.
  const screens = await app.page.evaluate(() => (window as unknown as { screens: string[] }).screens);
  expect([...new Set(screens)]).toEqual(['Run', 'Report']);
});

test('what cannot start at once is shown with the reason, and can be put right', async ({ app, folder }) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 2 });
  await makeSampleImages(join(folder, 'first'), { count: 1 });
  const see = steps(app);
  await app.drop([join(folder, 'first')]);
  await see.ready(/Make 1/);
  await app.answerOpenDialogs([photos]);
  await app.page.getByRole('button', { name: 'Choose…' }).click();
  await see.startAtOnce();
  await app.page.getByRole('button', { name: 'Remove first' }).click();
  // Thumbnails would come to lie on the originals.
  await app.drop([photos]);
  await expect(see.inputs).toHaveText(['photos']);
  // Said where it can be put right, and nowhere else.
  const preview = app.page.getByRole('region', { name: 'Preview' });
  await expect(preview.getByRole('alert')).toContainText('holds the originals');
  await expect(app.page.getByRole('alert')).toHaveCount(1);
  await app.page.getByRole('button', { name: 'Reset', exact: true }).click();
  await see.ready('Make 2 thumbnails');
  await see.start();
  await see.finished('2 thumbnails');
});

test('a chosen output folder is where thumbnails go, at the quality asked for', async ({ app, folder }) => {
  const photos = join(folder, 'photos');
  const [name = ''] = await makeSampleImages(photos, { count: 1 });
  const see = steps(app);
  const bytes: number[] = [];
  for (const quality of ['95', '10']) {
    const out = join(folder, `out ${quality}`);
    await app.drop([photos]);
    await see.chooseOutput(out);
    await app.page.getByRole('textbox', { name: 'Quality' }).fill(quality);
    await see.ready(/Make 1/);
    await see.start();
    await see.finished('1 thumbnail');
    bytes.push(readFileSync(join(out, name)).length);
    await app.page.getByRole('button', { name: 'New run' }).click();
  }
  expect(filesBelow(photos)).toEqual([name]);
  expect(bytes[0]).toBeGreaterThan(2 * (bytes[1] ?? 0));
});

test('tune times the pool sizes, names the knee, and sets the slider there', async ({ app, folder }) => {
  await makeSampleImages(join(folder, 'photos'), { count: 12 });
  await app.drop([join(folder, 'photos')]);
  await steps(app).ready(/Make 12/);
  await app.page.keyboard.press('ControlOrMeta+2');
  await app.page.getByRole('button', { name: 'Measure' }).click();
  const knee = app.page.getByText(/The knee is at (\d+)/);
  await expect(knee).toBeVisible({ timeout: 40_000 });
  const size = /\d+/.exec((await knee.textContent()) ?? '')?.[0] ?? '';
  await expect(app.page.getByRole('table', { name: 'Measurements' }).getByRole('row')).not.toHaveCount(1);
  await app.page.getByRole('button', { name: `Set the slider to ${size}` }).click();
  await expect(steps(app).slider).toHaveAttribute('aria-valuetext', `${size} at once`);
  // What was made for the timing is gone.
  expect(filesBelow(join(folder, 'photos'))).toHaveLength(12);
});

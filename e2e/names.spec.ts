import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from './launch.ts';
import { steps } from './steps.ts';

test('names are put together by choosing, shown while they are typed, and made in the folders that they have', async ({
  app,
  folder,
}) => {
  const see = steps(app);
  const { page } = app;
  const photos = join(folder, 'photos');
  mkdirSync(photos);
  const picture = sharp({ create: { width: 80, height: 60, channels: 3, background: 'teal' } });
  for (const [name, time] of [
    ['a.jpg', '2025:12:31 23:59:58'],
    ['b.jpg', '2026:05:28 17:30:15'],
  ] as const) {
    const taken = picture.clone().withExif({ IFD2: { DateTimeOriginal: time } });
    writeFileSync(join(photos, name), await taken.jpeg().toBuffer());
  }
  await app.drop([photos]);
  await see.ready('Make 2 thumbnails');
  const more = page.getByRole('button', { name: /^More/ });
  await more.click();
  const template = page.getByRole('textbox', { name: 'Names of the files' });
  const menu = page.getByRole('combobox', { name: 'Put into the names' });
  const example = page.getByLabel('Names that come of it');
  await expect(example).toHaveText('IMG_1234.jpg');
  await menu.selectOption('Day it was taken');
  await expect(template).toHaveValue('{date}-{name}.{ext}');
  await expect(template).toBeFocused();
  await expect(example).toHaveText('2026-05-28-IMG_1234.jpg');
  await menu.selectOption('Folders by year and month');
  await expect(template).toHaveValue('{year}/{month}/{date}-{name}.{ext}');
  await expect(example).toHaveText('2026/05/2026-05-28-IMG_1234.jpg');
  const typed = template.locator('xpath=ancestor::*[3]');
  for (const [wrong, why] of [
    ['{nmae}', 'Nothing is filled in for {nmae}: {name} is known.'],
    ['../{name}', 'Names of folders and of a file, none of them empty or of dots alone.'],
  ] as const) {
    await template.fill(wrong);
    await expect(template).toHaveAttribute('aria-invalid', 'true');
    await expect(typed).toContainText(why);
  }
  await template.fill('{year}/{name}');
  await template.press('Enter');
  // What is started before the preview has followed is named as before.
  await page.getByRole('textbox', { name: 'Only names that match' }).fill('b.jpg');
  await page.getByRole('textbox', { name: 'Only names that match' }).press('Enter');
  await more.click();
  await expect(more).toContainText('Names of the files {year}/{name}');
  await see.ready('Make 1 thumbnail');
  await see.start();
  await see.finished('1 thumbnail');
  expect(existsSync(join(photos, 'thumbs', '2026', 'b.jpg'))).toBe(true);
});

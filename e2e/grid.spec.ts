import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, test } from './launch.ts';
import { pixel } from './seen.ts';
import { steps } from './steps.ts';

test('pictures of the grid are as large as the slider says, also at the next start; what is transparent shows a chequer', async ({
  launch,
  folder,
}) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 3 });
  mkdirSync(photos, { recursive: true });
  const hollow = sharp({
    create: { width: 200, height: 200, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  });
  await hollow.png().toFile(join(photos, 'صورة من العطلة الطويلة جدا.png'));
  const app = await launch();
  const see = steps(app);
  await app.drop([photos]);
  await see.ready(/Make 4/);
  await see.start();
  await see.finished('4 thumbnails');
  const item = see.grid.getByRole('option').first();
  const width = async () => (await item.boundingBox())?.width ?? 0;
  const slider = app.page.getByRole('slider', { name: 'Size of the pictures' });
  const usual = await width();
  await slider.focus();
  await app.page.keyboard.press('End');
  await expect(slider).toHaveAttribute('aria-valuenow', '512');
  await expect.poll(width).toBeGreaterThan(500);
  await app.page.keyboard.press('Home');
  await expect.poll(width).toBeLessThan(usual);
  await expect.poll(() => app.keptSettings()).toMatchObject({ gridSize: 64 });
  // Two fields of the chequer, and not the cell's own colour.
  const picture = see.grid.getByRole('option').filter({ hasText: 'صورة' }).locator('img[data-come]');
  const colours = new Set([await pixel([picture, 0.03, 0.03]), await pixel([picture, 0.2, 0.03])]);
  expect(colours.size).toBe(2);
  // A name in Arabic is cut at its end, which is on the left.
  const name = see.grid.getByText('صورة');
  expect(await name.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
});

import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, test } from './launch.ts';
import { steps } from './steps.ts';

const scratch = () => readdirSync(tmpdir()).filter((name) => name.startsWith('shoal-scratch-'));

test('before the start eight of the images are shown as they will look, anew for each change, and nothing is written', async ({
  app,
  folder,
}) => {
  const see = steps(app);
  const { page } = app;
  const before = new Set(scratch());
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 20 });
  // The last of them: it is among the eight, as they are spread over all.
  for (const name of ['y.jpg', 'z.jpg']) writeFileSync(join(photos, name), 'no image');
  await app.drop([photos]);
  await see.ready('Make 22 thumbnails');
  const samples = page.getByRole('region', { name: 'How they will look' });
  const cells = samples.getByRole('button');
  await expect(cells).toHaveCount(8);
  await expect(samples.locator('img[src^="thumb:"]')).toHaveCount(9);
  const large = samples.getByAltText(/, result$/);
  const original = samples.getByAltText(/, original$/);
  await expect.poll(() => large.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeLessThan(76);
  await expect(samples.getByText(/^Original \d+ × \d+, /)).toBeAttached();
  await expect(page.getByText(/^about .*B each$/)).toBeVisible();

  const kept = await original.getAttribute('src');
  await page.getByRole('button', { name: '256 × 256 pixels' }).click();
  await expect.poll(() => large.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(256);
  await expect(original).toHaveAttribute('src', kept ?? '');
  const split = samples.getByRole('slider', { name: 'Original on the left, result on the right' });
  await split.press('ArrowLeft');
  await expect(split).toHaveAttribute('aria-valuetext', '49 % original');

  await cells.last().click();
  await expect(samples.getByText(/^(y|z)\.jpg .*image/)).toBeVisible();
  await expect(samples).toHaveAttribute('aria-busy', 'false');
  await expect.poll(() => scratch().filter((name) => !before.has(name))).toEqual([]);
  expect(existsSync(join(photos, 'thumbs'))).toBe(false);
});

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, test } from './launch.ts';
import { steps } from './steps.ts';

test('what is in a folder is told by format, what cannot be read by name, and what would be replaced before it is', async ({
  app,
  folder,
}) => {
  const see = steps(app);
  const { page } = app;
  const photos = join(folder, 'photos');
  const names = await makeSampleImages(photos, { count: 3 });
  for (const name of ['a.exr', 'b.exr']) writeFileSync(join(photos, name), 'x');
  await app.drop([photos]);
  await see.ready('Make 3 thumbnails');
  const contents = page.getByRole('region', { name: 'What is in it' });
  await expect(contents).toContainText('JPEG 3');
  await contents.getByRole('button', { name: '2 cannot be read: OpenEXR 2' }).click();
  await expect(contents.getByText('a.exr, b.exr')).toBeVisible();
  await see.start();
  await see.finished('3 thumbnails');
  await page.getByRole('button', { name: 'New run' }).click();
  await app.drop([photos]);
  await see.ready('Everything is up to date');
  await expect(contents).toContainText('3 up to date');
  await page.getByRole('button', { name: '256 × 256 pixels' }).click();
  await page.getByRole('button', { name: '75 × 75 pixels' }).click();
  await see.ready('Make 3 thumbnails');
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview).toContainText('3 made with other settings will be replaced');
  await expect(page.getByRole('button', { name: 'Make 3 thumbnails' })).toBeEnabled();

  await page.getByRole('button', { name: 'Clear' }).click();
  for (const name of names) rmSync(join(photos, name));
  await app.drop([photos]);
  await see.ready('No image here can be read');
  await expect(contents.getByRole('button')).toHaveText('2 cannot be read: OpenEXR 2');

  await page.getByRole('button', { name: 'Clear' }).click();
  const urls = ['https://a.example/1', 'https://a.example/2', 'https://b.example/1', 'https://a.example/1'];
  await app.paste(urls.join('\n'));
  await see.ready('Download 3 files');
  await expect(contents).toHaveText('1 listed twice');
  await expect(page.getByRole('region', { name: 'Hosts' }).getByRole('row')).toHaveText([
    'HostURLsShare',
    'a.example267 %',
    'b.example133 %',
  ]);
});

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { violationsOn } from './axe.ts';
import { expect, test } from './launch.ts';
import { filesBelow } from './material.ts';
import { steps } from './steps.ts';

test('what few people change is folded away, told while it differs, set back, and holds the start up while unfit', async ({
  app,
  folder,
}) => {
  const see = steps(app);
  const { page } = app;
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 3 });
  await app.drop([photos]);
  await see.ready('Make 3 thumbnails');
  const more = page.getByRole('button', { name: /^More/ });
  const make = page.getByRole('button', { name: /^Make/ });
  await expect(more).toHaveText('More which images, names, look, colours and metadata, reading, writing');
  await more.click();
  const [first = ''] = filesBelow(photos);
  await page.getByRole('textbox', { name: 'Only names that match' }).fill(first);
  await page.getByRole('textbox', { name: 'Only names that match' }).press('Enter');
  await see.ready('Make 1 thumbnail');
  await page.getByRole('checkbox', { name: 'Quicker JPEG, less sharp' }).check();
  const template = page.getByRole('textbox', { name: 'Names of the files' });
  await template.fill('small {name}');
  await expect(page.getByLabel('Names that come of it')).toHaveText('small IMG_1234.jpg');
  await template.press('Enter');
  await template.fill('no name');
  await expect(template).toHaveAttribute('aria-invalid', 'true');
  expect(await violationsOn(page)).toEqual([]);
  await more.click();
  await expect(more).toHaveText('More something in here cannot be used');
  await expect(make).toBeDisabled();
  await more.click();
  await template.press('Escape');
  await more.click();
  await expect(more).toHaveText(
    `More Only names that match ${first} · Names of the files small {name} · Quicker JPEG, less sharp`,
  );
  await more.click();
  await page.getByRole('button', { name: 'Set back: Only names that match' }).click();
  await see.ready('Make 3 thumbnails');
  await see.start();
  await see.finished('3 thumbnails');
  expect(filesBelow(join(photos, 'thumbs'))).toContain(`small ${first}`);
  expect(app.keptSettings()).toMatchObject({ thumbnails: { fast: true, nameTemplate: 'small {name}' } });
});

test('the look of thumbnails is chosen, and what is made looks like it', async ({ app, folder }) => {
  const see = steps(app);
  const { page } = app;
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 1 });
  await app.drop([photos]);
  await see.ready('Make 1 thumbnail');
  await page.getByRole('radio', { name: 'Pad' }).click();
  await page.getByRole('button', { name: /^More/ }).click();
  const look = page.getByRole('region', { name: 'Look', exact: true });
  await look.getByRole('combobox', { name: 'Position' }).selectOption('Top');
  const background = look.getByRole('textbox', { name: 'Background' });
  await background.fill('#fc');
  await expect(background).toHaveAttribute('aria-invalid', 'true');
  await expect(look).toContainText('A colour of CSS, such as white, #fc0 or #00000080.');
  await background.fill('#fc0');
  await background.press('Enter');
  await look.getByRole('textbox', { name: 'Sharpen' }).fill('0.5');
  await look.getByRole('textbox', { name: 'Sharpen' }).press('Enter');
  const writing = page.getByRole('region', { name: 'Writing' });
  await writing.getByRole('checkbox', { name: 'Progressive JPEG' }).check();
  await writing.getByRole('combobox', { name: 'Colours of JPEG and AVIF' }).selectOption('4:4:4, sharper');
  expect(await violationsOn(page)).toEqual([]);
  await see.start();
  await see.finished('1 thumbnail');
  const [name = ''] = filesBelow(join(photos, 'thumbs'));
  const made = sharp(join(photos, 'thumbs', name));
  expect(await made.metadata()).toMatchObject({
    width: 75,
    height: 75,
    isProgressive: true,
    chromaSubsampling: '4:4:4',
  });
  const { data } = await made.raw().toBuffer({ resolveWithObject: true });
  const [red = 0, green = 0, blue = 0] = data.subarray(-3);
  expect(Math.abs(red - 255) + Math.abs(green - 204) + Math.abs(blue)).toBeLessThan(12);
  expect(app.keptSettings()).toMatchObject({
    thumbnails: { position: 'north', background: '#fc0', sharpen: 0.5, progressive: true, chroma: '444' },
  });
});

test('several sizes are made of each image, cut to the fit that was chosen, and their names tell them apart', async ({
  app,
  folder,
}) => {
  const see = steps(app);
  const { page } = app;
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 1 });
  await app.drop([photos]);
  await see.ready('Make 1 thumbnail');
  const size = (name: string) => page.getByRole('button', { name, exact: true });
  await size('150 × 150 pixels').click();
  await expect(page.getByRole('textbox', { name: 'Width' })).toBeHidden();
  await size('75 × 75 pixels').click();
  await expect(size('150 × 150 pixels')).toBeDisabled();
  await size('+ size').click();
  await page.getByRole('textbox', { name: 'New height' }).fill('40');
  await page.getByRole('textbox', { name: 'New height' }).press('Enter');
  await size('Add').click();
  await expect(size('150 × 40 pixels')).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('radio', { name: 'Inside' }).press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Crop' })).toBeChecked();
  const format = (name: string) => page.getByRole('checkbox', { name, exact: true });
  await expect(format('As input')).toBeDisabled();
  await format('PNG').check();
  await format('As input').uncheck();
  await expect(page.getByText('PNG loses nothing: quality has no effect.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Quality' })).toBeDisabled();
  await see.ready('Make 1 thumbnail');
  await see.start();
  await see.finished('1 thumbnail');
  const made = filesBelow(join(photos, 'thumbs'));
  const sizes = made.map((name) => sharp(readFileSync(join(photos, 'thumbs', name))).metadata());
  expect((await Promise.all(sizes)).map(({ width, height, format }) => [width, height, format])).toEqual(
    expect.arrayContaining([
      [150, 150, 'png'],
      [150, 40, 'png'],
    ]),
  );
});

test('several formats are made of each image, none of them larger than allowed', async ({ app, folder }) => {
  const see = steps(app);
  const { page } = app;
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 1 });
  await app.drop([photos]);
  await see.ready('Make 1 thumbnail');
  const format = (name: string) => page.getByRole('checkbox', { name, exact: true });
  await format('WebP').focus();
  await page.keyboard.press('Space');
  await format('JPEG').check();
  await format('As input').uncheck();
  await expect(page.getByText('Of JPEG, WebP and AVIF. On other formats it has no effect.')).toBeVisible();
  await page.getByRole('button', { name: /^More/ }).click();
  const largest = page.getByRole('textbox', { name: 'Largest thumbnail file' });
  await largest.fill('1k');
  await largest.press('Enter');
  expect(await violationsOn(page)).toEqual([]);
  await see.start();
  await see.finished('1 thumbnail');
  const made = filesBelow(join(photos, 'thumbs')).map((name) => readFileSync(join(photos, 'thumbs', name)));
  const formats = await Promise.all(made.map(async (bytes) => (await sharp(bytes).metadata()).format));
  expect(formats.toSorted()).toEqual(['jpeg', 'webp']);
  expect(made.filter(({ length }) => length > 1024)).toEqual([]);
  expect(app.keptSettings()).toMatchObject({
    thumbnails: { format: 'webp', furtherFormats: ['jpeg'], maxOutputBytes: 1024 },
  });
});

test('headers, a user and cookies are sent, and saved nowhere', async ({ app, folder }) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(JSON.stringify(request.headers));
    response.end('a file');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const see = steps(app);
  const { page } = app;
  await app.paste(`http://127.0.0.1:${port}/a.bin`);
  await see.ready('Download 1 file');
  await see.chooseOutput(join(folder, 'out'));
  await page.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('textbox', { name: 'Headers' }).fill('no header');
  await expect(page.getByText('A line such as Accept: image/webp.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Headers' }).fill('X-Key: sesame-1');
  await page.getByRole('textbox', { name: 'User', exact: true }).fill('sesame-2');
  await page.getByRole('textbox', { name: 'Password' }).fill('sesame-3');
  const cookies = join(folder, 'cookies.txt');
  writeFileSync(cookies, '127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tsesame-4\n');
  await app.answerOpenDialogs([cookies], 'openFile');
  await page.getByRole('button', { name: 'Choose a file: Cookies' }).click();
  await expect(page.getByText('cookies.txt', { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(cookies);
  expect(await violationsOn(page)).toEqual([]);
  await see.ready('Download 1 file');
  await see.start();
  await see.finished('1 file');
  const basic = Buffer.from('sesame-2:sesame-3').toString('base64');
  expect(asked).toHaveLength(1);
  for (const secret of ['sesame-1', basic, 'sesame-4']) expect(asked[0]).toContain(secret);
  await page.getByRole('button', { name: 'New run' }).click();
  await page.getByRole('button', { name: /Run again/ }).click();
  const former = page.getByRole('region', { name: 'Settings of a former run' });
  await expect(former).toContainText(/Not kept, give it again: .*Headers/);
  await page.getByRole('button', { name: /^More/ }).click();
  await expect(page.getByRole('textbox', { name: 'Headers' })).toHaveValue('');
  await app.close();
  const saved = filesBelowWithText(app.userData);
  expect(saved.length).toBeGreaterThan(2);
  expect(saved.filter(([, text]) => /sesame/.test(text)).map(([name]) => name)).toEqual([]);
  server.close();
});

function filesBelowWithText(folder: string): [name: string, text: string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name), 'latin1')]);
}

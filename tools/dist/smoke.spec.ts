import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from '../../e2e/launch.ts';
import { filesBelow } from '../../e2e/material.ts';
import { steps } from '../../e2e/steps.ts';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { smallPictures } from '../package/small-pictures.ts';

test('the packed app makes thumbnails of a dropped folder, in formats that each need another part of it', async ({
  app,
  folder,
}) => {
  const photos = join(folder, 'photos');
  mkdirSync(photos);
  const jpeg = await sampleJpeg(1, 320, 240);
  writeFileSync(join(photos, 'a.jpg'), jpeg);
  writeFileSync(join(photos, 'b.png'), await sharp(jpeg).png().toBuffer());
  writeFileSync(join(photos, 'c.webp'), await sharp(jpeg).webp().toBuffer());
  writeFileSync(join(photos, 'd.gif'), await sharp(jpeg).gif().toBuffer());
  for (const [name, bytes] of Object.entries(smallPictures)) writeFileSync(join(photos, name), bytes);
  const all = readdirSync(photos).length;
  const see = steps(app);
  await app.drop([photos]);
  await see.ready(`Make ${all} thumbnails`);
  await see.start();
  await see.finished(`${all} thumbnails`);
  expect(filesBelow(join(photos, 'thumbs'))).toHaveLength(all);
  await expect(see.grid.locator('img')).toHaveCount(all);
});

test('the packed app fetches a pasted list', async ({ app, folder, server }) => {
  const out = join(folder, 'out');
  const see = steps(app);
  await app.paste(server.urls(3).join('\n'));
  await see.ready('Download 3 files');
  await see.chooseOutput(out);
  await see.start();
  await see.finished(/^3 files/);
  expect(filesBelow(out)).toHaveLength(3);
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { withExifThumbnail, withFurtherPictures } from '../../../../test/images/camera-jpeg.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { type ThumbnailSettings, thumbnailRecipeSchema } from '../../../shared/recipe.ts';
import { makeThumbnail } from './thumbnail.ts';

const colour = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();

const photograph = () => colour(2000, 1500, '#ff0000');

/** A red photograph with a blue preview: the thumbnail's colour shows which of them was used. */
async function make(preview: Buffer, settings: ThumbnailSettings = {}, orientation = 1) {
  return makeOf(withExifThumbnail(await photograph(), preview, orientation), settings);
}

async function makeOf(file: Buffer, settings: ThumbnailSettings = {}) {
  const folder = tempFolder();
  mkdirSync(join(folder, 'out'));
  const input = join(folder, 'camera.jpg');
  const output = join(folder, 'out/camera.jpg');
  writeFileSync(input, file);
  const recipe = thumbnailRecipeSchema.parse({ previews: true, ...settings });
  const { produced } = await makeThumbnail({ input, outputs: [output], formats: ['jpeg'] }, recipe);
  const [r = 0, , b = 0] = await sharp(readFileSync(output)).resize(1, 1).raw().toBuffer();
  return { ...produced, made: b > r ? 'of the preview' : 'of the image' };
}

describe('with --previews a thumbnail is made', () => {
  test('of the embedded preview where that is large enough', async () => {
    const made = await make(await colour(160, 120, '#0000ff'));
    expect(made).toMatchObject({ via: 'embedded', made: 'of the preview', width: 75, height: 56 });
  });

  test('of the preview turned as the image is', async () => {
    const made = await make(await colour(160, 120, '#0000ff'), {}, 6);
    expect(made).toMatchObject({ via: 'embedded', width: 56, height: 75 });
  });

  test('of the preview also where more is to be done to its pixels', async () => {
    const preview = await colour(160, 120, '#0000ff');
    for (const settings of [
      { sharpen: 1 },
      { progressive: true },
      { fit: 'cover', position: 'attention' },
    ] as const) {
      const made = await make(preview, settings);
      expect(made).toMatchObject({ via: 'embedded', made: 'of the preview' });
    }
  });

  test('of the image where the preview is too small', async () => {
    const made = await make(await colour(160, 120, '#0000ff'), { box: { width: 200, height: 200 } });
    expect(made).toMatchObject({ via: 'kernel', made: 'of the image', width: 200, height: 150 });
  });

  test('of the image where the preview has another shape, as one padded with black has', async () => {
    expect(await make(await colour(160, 107, '#0000ff'))).toMatchObject({
      via: 'kernel',
      made: 'of the image',
    });
  });

  test('of the image where the preview is damaged', async () => {
    const preview = await colour(160, 120, '#0000ff');
    expect(await make(preview.subarray(0, 300))).toMatchObject({ via: 'kernel', made: 'of the image' });
  });

  test('of the image where there is no preview or no wish for it', async () => {
    expect(await make(Buffer.alloc(0))).toMatchObject({ via: 'kernel', made: 'of the image' });
    const unwanted = await make(await colour(160, 120, '#0000ff'), { previews: false });
    expect(unwanted).toMatchObject({ via: 'kernel', made: 'of the image' });
  });

  test('of the smallest further picture that is large enough', async () => {
    const pictures = [await colour(1600, 1200, '#ff0000'), await colour(640, 480, '#0000ff')];
    const small = withExifThumbnail(await photograph(), await colour(160, 120, '#ff0000'));
    const settings = { box: { width: 300, height: 300 } };
    expect(await makeOf(withFurtherPictures(small, pictures), settings)).toMatchObject({
      via: 'embedded',
      made: 'of the preview',
      width: 300,
      height: 225,
    });
  });

  test.each([
    ['undefined, as gain maps are', 0x00_0000, 'of the image'],
    ['a panorama', 0x02_0001, 'of the image'],
    ['a disparity map, or the other eye', 0x02_0002, 'of the image'],
    ['another angle', 0x02_0003, 'of the image'],
    ['for a VGA monitor', 0x01_0001, 'of the preview'],
    ['for a full HD monitor', 0x01_0002, 'of the preview'],
  ])('of a further picture only if it is one for monitors: %s', async (_what, type, made) => {
    const file = withFurtherPictures(await photograph(), [await colour(640, 480, '#0000ff')], 0, type);
    expect(await makeOf(file)).toMatchObject({ made });
  });

  test('of the image where the preview is grey and the image is not', async () => {
    const grey = await sharp(await colour(160, 120, '#0000ff'))
      .toColourspace('b-w')
      .jpeg()
      .toBuffer();
    expect(await make(grey)).toMatchObject({ via: 'kernel', made: 'of the image' });
  });

  test('of the image where its colour profile would have to be applied to a preview that has none', async () => {
    const photo = await sharp({ create: { width: 2000, height: 1500, channels: 3, background: '#ff0000' } })
      .withIccProfile('p3')
      .jpeg()
      .toBuffer();
    const preview = await colour(160, 120, '#0000ff');
    expect(await makeOf(withExifThumbnail(photo, preview))).toMatchObject({ made: 'of the image' });
  });

  test('of the image where the further pictures are not where the file says', async () => {
    const misplaced = withFurtherPictures(await photograph(), [await colour(640, 480, '#0000ff')], 100);
    expect(await makeOf(misplaced)).toMatchObject({ via: 'kernel', made: 'of the image' });
  });
});

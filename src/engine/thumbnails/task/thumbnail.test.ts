import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { sampleJpeg } from '../../../../test/images/sample-images.ts';
import { look, plain, turnedCorners } from '../../../../test/images/test-images.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { type ThumbnailSettings, thumbnailRecipeSchema } from '../../../shared/recipe.ts';
import { type Fit, fits } from '../../../shared/settings/choices.ts';
import { writtenFormat } from '../../names/output-name.ts';
import { makeThumbnail } from './thumbnail.ts';

/** Makes a thumbnail of some bytes under a name, in a folder of its own. */
async function make(bytes: Uint8Array, name: string, settings: ThumbnailSettings = {}) {
  const folder = tempFolder();
  const input = join(folder, name);
  const recipe = thumbnailRecipeSchema.parse(settings);
  const format = writtenFormat(name, recipe.format);
  const output = join(folder, 'out', `thumbnail.${format}`);
  mkdirSync(join(folder, 'out'));
  writeFileSync(input, bytes);
  const { produced, inputStamp } = await makeThumbnail(
    { input, outputs: [output], formats: [format] },
    recipe,
  );
  expect(readdirSync(join(folder, 'out'))).toEqual([`thumbnail.${format}`]);
  expect(readFileSync(input).equals(bytes)).toBe(true);
  return { ...produced, inputStamp, output };
}

const box = (width: number, height = width) => ({ box: { width, height } });

describe('the size', () => {
  test.each([
    [640, 480, 75, 56],
    [480, 640, 56, 75],
    [1000, 10, 75, 1],
    [75, 75, 75, 75],
    [40, 30, 40, 30],
    [1, 1, 1, 1],
  ])(
    'of %d×%d fits in 75×75 by default as %d×%d: aspect kept, never enlarged',
    async (width, height, w, h) => {
      const made = await make(await plain(width, height).jpeg().toBuffer(), 'a.jpg');
      expect(made).toMatchObject({ width: w, height: h });
      expect(await sharp(made.output).metadata()).toMatchObject({ format: 'jpeg', width: w, height: h });
    },
  );

  test.each<[Fit, number, number]>([
    ['inside', 80, 60],
    ['cover', 80, 80],
    ['contain', 80, 80],
    ['fill', 80, 80],
    ['outside', 107, 80],
  ])('with fit %s of 640×480 in 80×80 is %d×%d', async (fit, width, height) => {
    const made = await make(await plain(640, 480).jpeg().toBuffer(), 'a.jpg', { ...box(80), fit });
    expect(await sharp(made.output).metadata()).toMatchObject({ width, height });
    expect(made).toMatchObject({ width, height });
  });

  test.each(fits)('with fit %s never enlarges the picture', async (fit) => {
    const made = await make(await plain(40, 30, '#cc0000').png().toBuffer(), 'a.png', { ...box(80), fit });
    const { width, height, pixel } = await look(made.output);
    let red = 0;
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) if (pixel(x, y)[3] === 255) red += 1;
    }
    expect(red).toBeLessThanOrEqual(40 * 30);
  });
});

describe('the format', () => {
  test.each([
    ['jpeg', 'jpeg'],
    ['png', 'png'],
    ['webp', 'webp'],
    ['avif', 'heif'],
  ] as const)('%s is written as asked', async (format, decoded) => {
    const made = await make(await sampleJpeg(1, 300, 200), 'a.jpg', { format });
    expect(await sharp(made.output).metadata()).toMatchObject({ format: decoded, width: 75, height: 50 });
  });

  test.each([
    ['a.png', 'png', () => plain(200, 100).png()],
    ['a.webp', 'webp', () => plain(200, 100).webp()],
    ['a.gif', 'gif', () => plain(200, 100).gif()],
    ['a.tif', 'tiff', () => plain(200, 100).tiff()],
    ['a.avif', 'heif', () => plain(200, 100).avif()],
  ])('of %s is kept', async (name, decoded, image) => {
    const made = await make(await image().toBuffer(), name);
    expect(await sharp(made.output).metadata()).toMatchObject({ format: decoded, width: 75, height: 38 });
  });

  test('of an SVG becomes PNG and keeps its transparency', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><circle cx="50" cy="50" r="40" fill="#f00"/></svg>';
    const made = await make(Buffer.from(svg), 'logo.svg');
    const { width, pixel } = await look(made.output);
    expect(width).toBe(75);
    expect(pixel(70, 20)[3]).toBe(0);
    expect(pixel(19, 19)).toEqual([255, 0, 0, 255]);
  });

  test.each(['jpeg', 'webp', 'avif'] as const)('%s is larger at a higher quality', async (format) => {
    const image = await sampleJpeg(3, 400, 300);
    const [low, high] = await Promise.all(
      [20, 95].map((quality) => make(image, 'a.jpg', { ...box(200), format, quality })),
    );
    expect(high?.bytesOut).toBeGreaterThan((low?.bytesOut ?? 0) * 1.5);
  });
});

describe('what is in the picture', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('stands upright with EXIF orientation %d', async (orientation) => {
    const made = await make(await turnedCorners(320, 160, orientation), 'a.jpg', box(64));
    const { width, height, pixel } = await look(made.output);
    expect([width, height]).toEqual([64, 32]);
    const near = (at: number[], [red, green, blue]: number[]) => {
      expect(Math.abs((at[0] ?? 0) - (red ?? 0))).toBeLessThan(60);
      expect(Math.abs((at[1] ?? 0) - (green ?? 0))).toBeLessThan(60);
      expect(Math.abs((at[2] ?? 0) - (blue ?? 0))).toBeLessThan(60);
    };
    near(pixel(8, 6), [255, 0, 0]);
    near(pixel(56, 6), [0, 255, 0]);
    near(pixel(8, 26), [0, 0, 255]);
    near(pixel(56, 26), [255, 255, 255]);
    expect((await sharp(made.output).metadata()).orientation ?? 1).toBe(1);
  });

  test('keeps its colours through an embedded profile', async () => {
    // The P3 values of sRGB #c86432. Reading them as sRGB would give about (186, 104, 63) and be noticed.
    const inP3 = await plain(200, 200, '#c86432').withIccProfile('p3').png().toBuffer();
    const { info } = await sharp(inP3, {}).raw().toBuffer({ resolveWithObject: true });
    expect(info.width).toBe(200);
    expect((await sharp(inP3).metadata()).hasProfile).toBe(true);
    for (const format of ['png', 'jpeg'] as const) {
      const made = await make(inP3, 'a.png', { format, quality: 95 });
      const [red = 0, green = 0, blue = 0] = (await look(made.output)).pixel(30, 30);
      expect(Math.abs(red - 0xc8)).toBeLessThanOrEqual(4);
      expect(Math.abs(green - 0x64)).toBeLessThanOrEqual(4);
      expect(Math.abs(blue - 0x32)).toBeLessThanOrEqual(4);
      expect((await sharp(made.output).metadata()).hasProfile ?? false).toBe(false);
    }
  });

  test('loses its metadata: where it was taken is nobody else’s business', async () => {
    const exif = {
      IFD0: { Copyright: 'somebody' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' },
    };
    const image = await plain(200, 100).withExif(exif).jpeg().toBuffer();
    expect((await sharp(image).metadata()).exif).toBeDefined();
    const made = await make(image, 'a.jpg');
    const { exif: left, xmp, icc, iptc } = await sharp(made.output).metadata();
    expect([left, xmp, icc, iptc]).toEqual([undefined, undefined, undefined, undefined]);
    expect(readFileSync(made.output).includes('somebody')).toBe(false);
  });

  test('is the first frame of an animation', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#00ff00', '#0000ff'].map((colour) => plain(100, 80, colour).png().toBuffer()),
    );
    const animated = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(animated).metadata()).pages).toBe(3);
    for (const format of ['same', 'png', 'webp', 'jpeg'] as const) {
      const made = await make(animated, 'a.gif', { format });
      expect((await sharp(made.output).metadata()).pages ?? 1).toBe(1);
      const [red = 0, green = 0, blue = 0] = (await look(made.output)).pixel(30, 30);
      expect([red > 240, green < 15, blue < 15]).toEqual([true, true, true]);
      expect(made).toMatchObject({ width: 75, height: 60 });
    }
  });

  test.each(['png', 'webp', 'avif'] as const)('stays transparent in %s', async (format) => {
    const half = { r: 200, g: 0, b: 0, alpha: 0.5 };
    const image = sharp({ create: { width: 200, height: 200, channels: 4, background: half } });
    const made = await make(await image.png().toBuffer(), 'a.png', { format, quality: 90 });
    expect(Math.abs(((await look(made.output)).pixel(30, 30)[3] ?? 0) - 128)).toBeLessThanOrEqual(6);
  });

  test('lies on white where the format has no transparency', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const image = sharp({ create: { width: 200, height: 200, channels: 4, background: clear } });
    const made = await make(await image.png().toBuffer(), 'a.png', { format: 'jpeg' });
    expect((await look(made.output)).pixel(30, 30)).toEqual([255, 255, 255, 255]);
  });

  test('is made by sharp where the kernel refuses, also after its memory grew for the image', async () => {
    let bytes = await plain(2500, 2000).jpeg({ optimiseCoding: false }).toBuffer();
    // Without Huffman tables: the kernel notices this only at the scan, when it has laid out its memory.
    for (let at = bytes.indexOf('ffc4', 0, 'hex'); at >= 0; at = bytes.indexOf('ffc4', 0, 'hex')) {
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 2 + bytes.readUInt16BE(at + 2))]);
    }
    const made = await make(bytes, 'a.jpg', box(2000, 2000));
    expect(made).toMatchObject({ via: 'sharp', width: 2000, height: 1600 });
  });

  test('of a PNG file is made by the PNG kernel, in any number of sizes, and by sharp where that refuses', async () => {
    const image = plain(300, 200);
    const png = await image.png().toBuffer();
    expect(await make(png, 'a.png')).toMatchObject({ via: 'kernel', width: 75, height: 50 });
    expect(await make(png, 'a.png', { format: 'webp' })).toMatchObject({ via: 'kernel' });
    expect(await make(await image.png({ progressive: true }).toBuffer(), 'a.png')).toMatchObject({
      via: 'sharp',
    });
    // By its content, whatever its name.
    expect(await make(await image.jpeg().toBuffer(), 'a.png')).toMatchObject({ via: 'kernel' });
    await expect(make(png, 'a.png', { maxPixels: 59_999 })).rejects.toMatchObject({
      code: 'TOO_MANY_PIXELS',
    });
  });

  test('of a damaged PNG file is made only where that is asked for, and with a warning', async () => {
    const png = await sharp(await sampleJpeg(4, 300, 200))
      .png()
      .toBuffer();
    const flipped = Buffer.from(png);
    flipped[png.length - 1000] = (flipped[png.length - 1000] ?? 0) ^ 4;
    for (const bytes of [flipped, png.subarray(0, png.length - 1000)]) {
      await expect(make(bytes, 'a.png')).rejects.toMatchObject({
        code: expect.stringMatching(/^(TRUNCATED|CORRUPT)_IMAGE$/),
        message: expect.stringContaining('a.png'),
      });
      expect(await make(bytes, 'a.png', { tolerant: true })).toMatchObject({
        width: 75,
        height: 50,
        warning: expect.stringContaining('a.png'),
      });
    }
  });

  test('is told with its sizes and what made it', async () => {
    const image = await sampleJpeg(1, 300, 200);
    const made = await make(image, 'a.jpg');
    expect(made).toEqual({
      output: made.output,
      bytesIn: image.byteLength,
      bytesOut: readFileSync(made.output).byteLength,
      width: 75,
      height: 50,
      colour: expect.stringMatching(/^#[0-9a-f]{6}$/),
      via: expect.stringMatching(/^(kernel|sharp|embedded)$/),
      inputStamp: expect.stringMatching(/^\d+(:[\d.]+){3}$/),
    });
    expect(existsSync(made.output)).toBe(true);
  });
});

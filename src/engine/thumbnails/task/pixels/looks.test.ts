import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { apart, pixels, recipeFor } from '../../../../../test/codecs/png/samples.ts';
import { sampleJpeg } from '../../../../../test/images/sample-images.ts';
import { look, plain } from '../../../../../test/images/test-images.ts';
import type { ThumbnailRecipe } from '../../../../shared/recipe.ts';
import { places, strategies, type WrittenFormat } from '../../../../shared/settings/choices.ts';
import { renderBytes } from '../render.ts';

async function made(bytes: Uint8Array, settings: Partial<ThumbnailRecipe>, format: WrittenFormat = 'png') {
  const { renditions } = await renderBytes(bytes, 'a', recipeFor(settings), [format]);
  const [first] = renditions;
  if (!first) throw new Error('no thumbnail');
  return first;
}

const photo = async (width = 300, height = 200) => sharp(await sampleJpeg(3, width, height));
const box = (width: number, height = width) => ({ box: { width, height } });

/** A clear shape near the right end of a wide plain picture, or near the lower end of a tall one. */
async function withShape(width: number, height: number): Promise<Sharp> {
  const shape = await plain(30, 30, '#d02010').composite([
    { input: { create: { width: 14, height: 14, channels: 3, background: '#ffe0c0' } }, left: 4, top: 9 },
  ]);
  const image = plain(width, height, '#7f8890').composite([
    { input: await shape.png().toBuffer(), left: width - 45, top: height - 45 },
  ]);
  return sharp(await image.png().toBuffer());
}

/** The same picture by each kind of decoder: our codecs, and sharp with samples of its own. */
async function kinds(image: Sharp): Promise<Record<string, Buffer>> {
  return {
    jpeg: await image.clone().jpeg({ quality: 98, chromaSubsampling: '4:4:4' }).toBuffer(),
    png: await image.clone().png().toBuffer(),
    webp: await image.clone().webp({ lossless: true }).toBuffer(),
    tiff: await image.clone().tiff({ compression: 'lzw' }).toBuffer(),
  };
}

describe('the part that is kept, and the place where the picture lies, are those that sharp takes', () => {
  it.each(places)('%s', { timeout: 60_000 }, async (position) => {
    for (const [width, height] of [
      [300, 201],
      [201, 300],
    ] as const) {
      const image = await photo(width, height);
      for (const [kind, bytes] of Object.entries(await kinds(image))) {
        for (const fit of ['cover', 'contain'] as const) {
          const settings = { ...box(70, 61), fit, position };
          const background = { r: 255, g: 255, b: 255, alpha: 0 };
          const reference = await image
            .clone()
            .resize(70, 61, { fit, position, background })
            .png()
            .toBuffer();
          const { mean } = await apart((await made(bytes, settings)).data, reference);
          expect(mean, `${kind}, ${fit}, ${width}×${height}`).toBeLessThan(2.5);
        }
      }
    }
  });

  it('of a turned picture, too', { timeout: 60_000 }, async () => {
    const image = await photo();
    const upright = await image.clone().png().toBuffer();
    for (const position of ['northeast', 'southwest'] as const) {
      const settings = { ...box(50, 60), fit: 'cover' as const, position };
      const reference = await made(upright, settings);
      for (const orientation of [3, 6, 8] as const) {
        const angle = { 3: 180, 6: 270, 8: 90 }[orientation];
        const turned = sharp(await image.clone().rotate(angle).png().toBuffer()).withMetadata({
          orientation,
        });
        for (const [kind, bytes] of Object.entries(await kinds(turned))) {
          const { mean } = await apart((await made(bytes, settings)).data, reference.data);
          expect(mean, `${kind}, ${orientation}, ${position}`).toBeLessThan(2.5);
        }
      }
    }
  });

  it.each(strategies)('%s', { timeout: 60_000 }, async (position) => {
    for (const [width, height] of [
      [320, 120],
      [120, 320],
    ] as const) {
      for (const [kind, bytes] of Object.entries(await kinds(await withShape(width, height)))) {
        const settings = { ...box(60), fit: 'cover' as const, position };
        const cut = await made(bytes, settings);
        expect([cut.width, cut.height]).toEqual([60, 60]);
        const whole = await made(bytes, { ...settings, fit: 'outside' });
        const reference = await sharp(whole.data).resize(60, 60, { fit: 'cover', position }).png().toBuffer();
        expect(await apart(cut.data, reference), kind).toEqual({ mean: 0, max: 0 });
        const centre = await made(bytes, { ...settings, position: 'centre' });
        expect((await apart(cut.data, centre.data)).max, `${kind}: the shape is seen`).toBeGreaterThan(100);
      }
    }
  });

  it('what draws the eye is the same part in every format written, and in every size of one decode', async () => {
    const bytes = await (await withShape(320, 120)).jpeg({ quality: 95 }).toBuffer();
    const recipe = { ...box(60), furtherBoxes: [{ width: 30, height: 30 }], fit: 'cover' as const };
    const red = async (data: Uint8Array) => {
      const { data: samples } = await pixels(data);
      return samples.filter((_, i) => i % 4 === 0 && (samples[i] ?? 0) > (samples[i + 2] ?? 0) + 60).length;
    };
    for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
      const { renditions } = await renderBytes(bytes, 'a', recipeFor({ ...recipe, position: 'attention' }), [
        format,
      ]);
      expect(renditions.map(({ width, height }) => [width, height])).toEqual([
        [60, 60],
        [30, 30],
      ]);
      for (const { data } of renditions) expect(await red(data), format).toBeGreaterThan(20);
    }
  });
});

describe('a background', () => {
  it('is around a padded picture, which stays as it is', { timeout: 60_000 }, async () => {
    for (const [kind, bytes] of Object.entries(await kinds(await photo()))) {
      const settings = { ...box(60), fit: 'contain' as const };
      const padded = await made(bytes, { ...settings, background: '#fc0' });
      const { width, height, pixel } = await look(padded.data);
      expect([width, height, pixel(0, 0), pixel(59, 59)]).toEqual([
        60,
        60,
        [255, 204, 0, 255],
        [255, 204, 0, 255],
      ]);
      const region = { left: 0, top: 10, width: 60, height: 40 };
      const inner = await sharp(padded.data).extract(region).png().toBuffer();
      const inside = await made(bytes, { ...settings, fit: 'inside' });
      expect(await apart(inner, inside.data), kind).toEqual({ mean: 0, max: 0 });
      expect((await sharp(padded.data).metadata()).hasAlpha, kind).toBe(false);
    }
  });

  it('lets through what its alpha says, and nothing in JPEG', async () => {
    const bytes = await (await photo()).png().toBuffer();
    const settings = { ...box(60), fit: 'contain' as const, background: '#00f8' };
    expect((await look((await made(bytes, settings)).data)).pixel(0, 0)).toEqual([0, 0, 255, 136]);
    const [red = 0, , blue = 0] = (await look((await made(bytes, settings, 'jpeg')).data)).pixel(0, 0);
    expect(Math.abs(red - 119)).toBeLessThan(8);
    expect(blue).toBeGreaterThan(250);
  });

  it('is below what is transparent in JPEG, and in no other format', async () => {
    const half = { create: { width: 40, height: 40, channels: 4 as const, background: '#00000000' } };
    for (const bytes of [
      await sharp(half).png().toBuffer(),
      await sharp(half).webp({ lossless: true }).toBuffer(),
      await sharp(half).tiff({ compression: 'lzw' }).toBuffer(),
    ]) {
      const settings = { ...box(20), background: 'tomato' };
      const [red = 0, green = 0, blue = 0] = (await look((await made(bytes, settings, 'jpeg')).data)).pixel(
        9,
        9,
      );
      expect(Math.abs(red - 255) + Math.abs(green - 99) + Math.abs(blue - 71)).toBeLessThan(8);
      expect((await look((await made(bytes, settings, 'png')).data)).pixel(9, 9)[3]).toBe(0);
    }
  });

  it('leaves a grey picture grey where it is grey itself', async () => {
    const bytes = await (await photo()).toColourspace('b-w').png().toBuffer();
    const settings = { ...box(60), fit: 'contain' as const };
    const channels = async (background: string) =>
      (await sharp((await made(bytes, { ...settings, background })).data).metadata()).channels;
    expect([await channels('white'), await channels('red'), await channels('#8888')]).toEqual([1, 3, 2]);
  });
});

describe('sharpening', () => {
  it('is sharp’s, of the small picture', { timeout: 60_000 }, async () => {
    for (const [kind, bytes] of Object.entries(await kinds(await photo()))) {
      const soft = await made(bytes, box(75));
      const sharpened = await made(bytes, { ...box(75), sharpen: 1 });
      const reference = await sharp(soft.data).sharpen({ sigma: 1 }).png().toBuffer();
      expect(await apart(sharpened.data, reference), kind).toEqual({ mean: 0, max: 0 });
      expect((await apart(sharpened.data, soft.data)).mean, kind).toBeGreaterThan(1);
    }
  });

  it('leaves alpha, greyness and the room around a picture alone', async () => {
    const image = await photo();
    const alpha = await image.clone().toColourspace('b-w').png().toBuffer();
    const veiled = await image.clone().joinChannel(alpha).png().toBuffer();
    const opacity = async (bytes: Uint8Array) => (await pixels(bytes)).data.filter((_, i) => i % 4 === 3);
    const soft = await made(veiled, box(60));
    const { data } = await made(veiled, { ...box(60), sharpen: 2 });
    expect(await opacity(data)).toEqual(await opacity(soft.data));
    const grey = await made(alpha, { ...box(60), sharpen: 2 });
    expect((await sharp(grey.data).metadata()).channels).toBe(1);
    const padded = await made(alpha, { ...box(60), sharpen: 2, fit: 'contain' });
    const { pixel } = await look(padded.data);
    expect([pixel(0, 0), pixel(30, 9)]).toEqual([
      [255, 255, 255, 0],
      [255, 255, 255, 0],
    ]);
  });
});

describe('files', () => {
  it('that are lossless lose nothing, by our codecs and by sharp', { timeout: 60_000 }, async () => {
    for (const [kind, bytes] of Object.entries(await kinds(await photo()))) {
      const exact = await made(bytes, box(60));
      for (const format of ['webp', 'avif'] as const) {
        const { data } = await made(bytes, { ...box(60), lossless: true }, format);
        expect(await apart(data, exact.data), `${kind} as ${format}`).toEqual({ mean: 0, max: 0 });
      }
    }
  });

  it('of lossless WebP are as small as sharp’s', async () => {
    const bytes = await (await photo(60, 45)).png().toBuffer();
    const { data } = await made(bytes, { ...box(60), lossless: true }, 'webp');
    const reference = await sharp(bytes).webp({ lossless: true }).toBuffer();
    expect(data.length / reference.length).toBeLessThan(1.02);
  });

  it('of JPEG are progressive, and keep all colours, where that is asked for', {
    timeout: 60_000,
  }, async () => {
    for (const bytes of Object.values(await kinds(await photo()))) {
      const about = async (settings: Partial<ThumbnailRecipe>) => {
        const { isProgressive, chromaSubsampling } = await sharp(
          (await made(bytes, { ...box(60), ...settings }, 'jpeg')).data,
        ).metadata();
        return [isProgressive, chromaSubsampling];
      };
      expect(await about({})).toEqual([false, '4:2:0']);
      expect(await about({ progressive: true })).toEqual([true, '4:2:0']);
      expect(await about({ chroma: '444' })).toEqual([false, '4:4:4']);
      expect(await about({ chroma: '420' })).toEqual([false, '4:2:0']);
      expect(await about({ chroma: '444', progressive: true })).toEqual([true, '4:4:4']);
    }
  });

  it('of AVIF have half of the colours where that is asked for', async () => {
    const bytes = await (await photo()).png().toBuffer();
    const isHalved = async (chroma: ThumbnailRecipe['chroma']) => {
      const { data } = await made(bytes, { ...box(60), chroma }, 'avif');
      const settings = Buffer.from(data);
      // AV1 ISOBMFF 2.3.3: two bits of its third byte say whether colours are halved across and down.
      return ((settings[settings.indexOf('av1C', 0, 'latin1') + 6] ?? 0) & 0b1100) === 0b1100;
    };
    expect([await isHalved('auto'), await isHalved('420'), await isHalved('444')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('of formats that know none of it are as they are', async () => {
    const bytes = await (await photo()).png().toBuffer();
    const usual = await made(bytes, box(60));
    const asked = await made(bytes, { ...box(60), lossless: true, progressive: true, chroma: '444' });
    expect(Buffer.compare(asked.data, usual.data)).toBe(0);
  });
});

it('the mean colour is that of what is seen', async () => {
  const bytes = await plain(100, 50, '#204060').png().toBuffer();
  const settings = { ...box(40), fit: 'contain' as const, background: '#e0c0a0' };
  expect((await made(bytes, settings)).colour).toBe(0x808080);
});

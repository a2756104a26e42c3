import sharp from 'sharp';
import type { ColourType } from '../../../src/codecs/png/png-header.ts';
import { type ThumbnailRecipe, thumbnailRecipeSchema } from '../../../src/shared/recipe.ts';
import { picture } from '../jpeg/samples.ts';
import { type PngSample, samplesPerPixel } from './write-png.ts';

/** Every colour type with every bit depth it may have (table 11.1). */
export const kinds: readonly (readonly [ColourType, number])[] = [
  ['greyscale', 1],
  ['greyscale', 2],
  ['greyscale', 4],
  ['greyscale', 8],
  ['greyscale', 16],
  ['truecolour', 8],
  ['truecolour', 16],
  ['indexed', 1],
  ['indexed', 2],
  ['indexed', 4],
  ['indexed', 8],
  ['greyscale-alpha', 8],
  ['greyscale-alpha', 16],
  ['truecolour-alpha', 8],
  ['truecolour-alpha', 16],
];

/** A picture of slopes and edges as a PNG of some kind; alpha has a slope and a hole. */
export function pictureSample(
  width: number,
  height: number,
  colourType: ColourType,
  bitDepth: number,
): PngSample {
  const { data } = picture(width, height);
  const last = samplesPerPixel[colourType] - 1;
  const hasAlpha = colourType.endsWith('alpha');
  const most = 2 ** bitDepth - 1;
  const eight = (x: number, y: number, channel: number): number => {
    if (hasAlpha && channel === last) return alphaOf(x / width, y / height);
    return data[(y * width + x) * 3 + (colourType.startsWith('truecolour') ? channel : 1)] ?? 0;
  };
  return {
    width,
    height,
    colourType,
    bitDepth,
    sample: (x, y, channel) => Math.round((eight(x, y, channel) / 255) * most),
    ...(colourType === 'indexed' && { chunks: [['PLTE', palette(most + 1)]] }),
  };
}

function alphaOf(u: number, v: number): number {
  if ((u - 0.3) ** 2 + (v - 0.6) ** 2 < 0.02) return 0;
  return Math.min(255, Math.round(80 + 250 * u));
}

/** Colours one can go through without a jump, so that indices may be laid out like light. */
export function palette(entries: number): Buffer {
  return Buffer.from(
    Array.from({ length: entries }, (_, i) => {
      const part = i / Math.max(1, entries - 1);
      return [255 * part, 120 + 80 * part, 255 - 200 * part];
    }).flat(),
  );
}

export function recipeFor(settings: Partial<ThumbnailRecipe>): ThumbnailRecipe {
  return thumbnailRecipeSchema.parse({ format: 'png', ...settings });
}

export interface Apart {
  readonly mean: number;
  readonly max: number;
}

/** How far two pictures are apart, in RGB multiplied by alpha and in alpha: what is transparent has no colour. */
export async function apart(a: Uint8Array, b: Uint8Array): Promise<Apart> {
  const [one, other] = [await pixels(a), await pixels(b)];
  if (one.width !== other.width || one.height !== other.height) {
    throw new Error(`Expected ${other.width}×${other.height} pixels, got ${one.width}×${one.height}`);
  }
  let [sum, max] = [0, 0];
  for (let i = 0; i < one.data.length; i++) {
    const alphaAt = i | 3;
    const seen = (data: Buffer) => (i === alphaAt ? 255 : (data[alphaAt] ?? 0)) * (data[i] ?? 0);
    const difference = Math.abs(seen(one.data) - seen(other.data)) / 255;
    sum += difference;
    max = Math.max(max, difference);
  }
  return { mean: sum / one.data.length, max };
}

/** RGBA of eight bits. */
export async function pixels(png: Uint8Array) {
  const { data, info } = await sharp(png)
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** TIFF data with nothing but an orientation, as eXIf holds it (11.3.4.5). */
export function exif(orientation: number): Buffer {
  const data = Buffer.alloc(26);
  data.write('MM\0*', 0, 'latin1');
  data.writeUInt32BE(8, 4);
  data.writeUInt16BE(1, 8);
  data.writeUInt16BE(0x0112, 10);
  data.writeUInt16BE(3, 12);
  data.writeUInt32BE(1, 14);
  data.writeUInt16BE(orientation, 18);
  return data;
}

import sharp, { type Raw, type Sharp, type SharpOptions } from 'sharp';
import { isJpeg } from '../../../codecs/jpeg/jpeg-header.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { Box } from '../../../shared/settings/boxes.ts';
import { boxesOf } from '../../../shared/settings/boxes.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import type { Rendition } from './rendering.ts';

// One thread per image, because the pool already works on as many images as it should. No cache: no image is read
// twice.
sharp.concurrency(1);
sharp.cache(false);

/** A decoder that takes longer than this, in seconds, counts as stuck. */
const timeoutSeconds = 120;

export type Damage = 'refused' | 'tolerated';

/** The options for reading an image, both to make a thumbnail and to find out why that failed. */
export function readOptions(
  source: string | Uint8Array,
  recipe: ThumbnailRecipe,
  damage: Damage,
): SharpOptions {
  // libjpeg reports damaged image data as a warning; warnings of other formats are mostly about odd metadata.
  const strictness = typeof source !== 'string' && isJpeg(source) ? 'warning' : 'error';
  return {
    failOn: damage === 'tolerated' ? 'none' : strictness,
    limitInputPixels: recipe.maxPixels,
    autoOrient: true,
    sequentialRead: true,
  };
}

/**
 * Makes thumbnails with sharp, one for each size: first frame, EXIF orientation applied, colours converted to sRGB by
 * the embedded profile, metadata dropped, never enlarged. Transparent areas become white if the format has no
 * transparency.
 */
export async function sharpThumbnails(
  source: string | Uint8Array,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
  damage: Damage,
): Promise<Rendition[]> {
  const boxes = boxesOf(recipe);
  const image = sharp(source, readOptions(source, recipe, damage)).timeout({ seconds: timeoutSeconds });
  const [only] = boxes;
  if (only && boxes.length === 1) return [await render(image, only, recipe, format)];
  const { data, raw } = await decodeOnce(image, boxes);
  const renditions: Rendition[] = [];
  for (const box of boxes) renditions.push(await render(sharp(data, { raw }), box, recipe, format));
  return renditions;
}

/** Pixels of at least twice the largest size asked for, so that all sizes are made from one decode. */
async function decodeOnce(image: Sharp, boxes: readonly Box[]): Promise<{ data: Buffer; raw: Raw }> {
  const { data, info } = await image
    .resize({
      width: 2 * Math.max(...boxes.map(({ width }) => width)),
      height: 2 * Math.max(...boxes.map(({ height }) => height)),
      fit: 'outside',
      withoutEnlargement: true,
    })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, raw: { width: info.width, height: info.height, channels: info.channels } };
}

async function render(
  image: Sharp,
  box: Box,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendition> {
  const opaque = format === 'jpeg';
  image.resize({
    width: box.width,
    height: box.height,
    fit: recipe.fit,
    withoutEnlargement: true,
    background: opaque ? '#ffffff' : { r: 255, g: 255, b: 255, alpha: 0 },
  });
  if (opaque) image.flatten({ background: '#ffffff' });
  const { data, info } = await encode(image, format, recipe.quality).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

function encode(image: Sharp, format: WrittenFormat, quality: number): Sharp {
  switch (format) {
    case 'jpeg':
      return image.jpeg({ quality });
    case 'png':
      return image.png();
    case 'webp':
      return image.webp({ quality });
    case 'avif':
      return image.avif({ quality });
    case 'gif':
      return image.gif();
    case 'tiff':
      return image.tiff({ compression: 'lzw' });
  }
}

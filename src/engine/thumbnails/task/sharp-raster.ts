import sharp, { type Sharp } from 'sharp';
import { fitToBox } from '../../../codecs/common/geometry.ts';
import type { Raster } from '../../../codecs/common/raster.ts';
import { withProfile } from '../../../codecs/png/chunks.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { boxesOf } from '../../../shared/settings/boxes.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import type { Picture } from '../formats/picture-reader.ts';
import { assertFits } from './image/output-limit.ts';
import type { Rendition } from './image/rendering.ts';
import { rasterImage, renderPlaced } from './sharp-thumbnail.ts';

/** Thumbnails of pixels of a picture, or of a smaller form of it, that one of our readers has decoded. */
export async function sharpThumbnailsOfRaster(
  raster: Raster,
  { size, orientation, profile }: Pick<Picture, 'size' | 'orientation' | 'profile'>,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendition[]> {
  const pixels = profile ? await inSrgb(raster, profile) : raster;
  const renditions: Rendition[] = [];
  for (const box of boxesOf(recipe)) {
    const place = fitToBox(size, orientation, box, recipe.fit);
    assertFits(place, format);
    renditions.push(await renderPlaced(rasterImage(pixels), { place, orientation }, recipe, format));
  }
  return renditions;
}

/** The same pixels in sRGB. What belongs to them besides stays. */
export async function inSrgb<Given extends Raster>(raster: Given, profile: Uint8Array): Promise<Given> {
  // sharp takes a profile only from a file.
  const file = await rasterImage(raster).png({ compressionLevel: 0 }).toBuffer();
  const image = sharp(Buffer.concat(withProfile(file, profile))).toColourspace('srgb');
  return { ...raster, ...(await rasterOfImage(image)) };
}

/** The pixels of an image in sRGB, not turned. */
export function rasterOf(bytes: Uint8Array): Promise<Raster> {
  return rasterOfImage(sharp(bytes).toColourspace('srgb'));
}

async function rasterOfImage(image: Sharp): Promise<Raster> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const pixels = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.length);
  return { pixels, channels: info.channels, width: info.width, height: info.height } as Raster;
}

import sharp from 'sharp';
import type { Orientation } from '../../../codecs/common/geometry.ts';
import type { Raster } from '../../../codecs/common/raster.ts';
import { withProfile } from '../../../codecs/png/chunks.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { boxesOf } from '../../../shared/settings/boxes.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import type { Rendition } from './image/rendering.ts';
import { rasterImage, rasterOfImage } from './pixels/sharp-pixels.ts';
import { placeFor, renderPlaced } from './sharp-thumbnail.ts';

/** Thumbnails of pixels that one of our readers has decoded. @param picture how they are turned, and their profile. */
export async function sharpThumbnailsOfRaster(
  raster: Raster,
  { orientation, profile }: { readonly orientation: Orientation; readonly profile?: Uint8Array | undefined },
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendition[]> {
  const pixels = profile ? await inSrgb(raster, profile) : raster;
  const renditions: Rendition[] = [];
  for (const box of boxesOf(recipe)) {
    const placed = placeFor(box, raster, orientation, recipe, format);
    renditions.push(await renderPlaced(rasterImage(pixels), placed, recipe, format));
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

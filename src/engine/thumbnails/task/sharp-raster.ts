import sharp, { type Sharp } from 'sharp';
import { compactProfiles } from '../../../codecs/common/compact-profile.ts';
import type { Raster } from '../../../codecs/common/raster.ts';
import { withProfile } from '../../../codecs/png/chunks.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { boxesOf } from '../../../shared/settings/boxes.ts';
import type { ColourChoice, WrittenFormats } from '../../../shared/settings/choices.ts';
import type { Picture } from '../formats/picture-reader.ts';
import { inOrderOf, type Rendition } from './image/rendering.ts';
import { displayP3 } from './inputs/display-p3.ts';
import { rasterImage, rasterOfImage } from './pixels/sharp-pixels.ts';
import { placeFor, renderPlaced } from './sharp-thumbnail.ts';

/** Thumbnails of pixels of a picture, or of a smaller form of it, that one of our readers has decoded. */
export async function sharpThumbnailsOfRaster(
  raster: Raster,
  { size, orientation, profile }: Pick<Picture, 'size' | 'orientation' | 'profile'>,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): Promise<readonly Rendition[]> {
  const from = profile ?? (recipe.colour === 'p3' ? compactProfiles.srgb : undefined);
  const pixels = from ? await inColours(raster, from, recipe.colour) : raster;
  const renditions: Rendition[] = [];
  for (const box of boxesOf(recipe)) {
    const placed = placeFor(box, size, orientation, recipe, formats);
    renditions.push(...(await renderPlaced(rasterImage(pixels), placed, recipe, formats)));
  }
  return inOrderOf(formats, renditions);
}

/** The same pixels in other colours. What belongs to them besides stays. */
export async function inColours<Given extends Raster>(
  raster: Given,
  profile: Uint8Array,
  colour: ColourChoice,
): Promise<Given> {
  if (colour === 'keep') return raster;
  // sharp takes a profile only from a file.
  const file = await rasterImage(raster).png({ compressionLevel: 0 }).toBuffer();
  const image = await converted(Buffer.concat(withProfile(file, profile)), colour);
  return { ...raster, ...(await rasterOfImage(image)) };
}

/** The pixels of an image, not turned, in the colours wanted as far as it says itself what they are. */
export async function rasterOf(bytes: Uint8Array, colour: ColourChoice): Promise<Raster> {
  return rasterOfImage(await converted(bytes, colour));
}

/** An image of eight bits a sample. */
async function converted(bytes: Uint8Array, colour: ColourChoice): Promise<Sharp> {
  if (colour !== 'p3') return sharp(bytes, { ignoreIcc: colour === 'keep' }).toColourspace('srgb');
  const { ignoreIcc } = await displayP3(bytes, {});
  return sharp(bytes, { ignoreIcc }).toColourspace('srgb').withIccProfile('p3', { attach: false });
}

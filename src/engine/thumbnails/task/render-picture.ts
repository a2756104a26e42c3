import { fitToBox, type Size } from '../../../codecs/common/geometry.ts';
import { classifyProfile } from '../../../codecs/common/icc-profile.ts';
import type { Raster } from '../../../codecs/common/raster.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { boxesOf } from '../../../shared/settings/boxes.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import { formatOf } from '../formats/known-format.ts';
import type { Picture } from '../formats/picture-reader.ts';
import { openBytes } from '../formats/with-file-bytes.ts';
import { jpeg, renderHeld } from './held-jpeg.ts';
import { assertPixels } from './image/pixel-limit.ts';
import type { Rendering, Rendition, Source } from './image/rendering.ts';
import { watch } from './image/watch.ts';
import { readerOf } from './picture-readers.ts';
import { putPixels } from './pixel-codec.ts';
import { thumbnailsOfPixels } from './thumbnails-of-pixels.ts';

/**
 * Makes the thumbnails of a picture whose format has a reader.
 * @throws ItemError with the cause.
 */
export async function renderPicture(
  source: Source,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendering> {
  const readerName = formatOf(source, name)?.reader;
  if (!readerName) throw new Error('Expected a format that has a reader.');
  const reader = await readerOf(readerName);
  const file = openBytes(source);
  try {
    const picture = await reader.open(file, { name, maxPixels: recipe.maxPixels });
    try {
      assertPixels(picture.size, name, recipe.maxPixels);
      return await renderOpened(picture, name, recipe, format);
    } finally {
      picture.close();
    }
  } finally {
    file.close();
  }
}

async function renderOpened(
  picture: Picture,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendering> {
  const pixels = await picture.pixels((size) => isEnough(size, picture, recipe));
  watch.lap('decode');
  switch (pixels.kind) {
    case 'jpeg': {
      const held = jpeg.holdBytes(pixels.bytes) && renderHeld(name, recipe, format, picture.orientation);
      const made = held
        ? await held
        : { renditions: await bySharp(await rasterOfJpeg(pixels.bytes), picture, recipe, format) };
      return { ...made, via: 'embedded' };
    }
    case 'raster': {
      const { raster, isEmbedded } = pixels;
      const renditions = await thumbnailsOfRaster(raster, picture, recipe, format);
      return { renditions, via: isEmbedded ? 'embedded' : 'reader' };
    }
  }
}

/** Whether no thumbnail of a form of the picture would need more pixels than that has. */
function isEnough(size: Size, { size: whole, orientation }: Picture, recipe: ThumbnailRecipe): boolean {
  const scale = size.width / whole.width;
  return boxesOf(recipe).every((box) => {
    const drawn = fitToBox(whole, orientation, box, recipe.fit);
    return drawn.spanX * scale >= drawn.width && drawn.spanY * scale >= drawn.height;
  });
}

async function thumbnailsOfRaster(
  raster: Raster,
  picture: Picture,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<readonly Rendition[]> {
  const put = putPixels(raster);
  const request = put && {
    ...put,
    whole: picture.size,
    orientation: picture.orientation,
    boxes: boxesOf(recipe),
    fit: recipe.fit,
  };
  const { profile } = picture;
  const isOther = profile !== undefined && classifyProfile(profile) === 'other';
  const made = request && (await thumbnailsOfPixels(request, format, recipe, isOther ? profile : undefined));
  return made ?? bySharp(raster, picture, recipe, format);
}

/** What the codec has no memory for, or shrinks too far. */
async function bySharp(
  raster: Raster,
  picture: Picture,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<readonly Rendition[]> {
  const { sharpThumbnailsOfRaster } = await import('./sharp-parts.ts');
  return sharpThumbnailsOfRaster(raster, picture, recipe, format);
}

async function rasterOfJpeg(bytes: Uint8Array): Promise<Raster> {
  const { rasterOf } = await import('./sharp-parts.ts');
  return rasterOf(bytes);
}

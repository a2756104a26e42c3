import { compactProfiles } from '../../../codecs/common/compact-profile.ts';
import { fitToBox, type Size } from '../../../codecs/common/geometry.ts';
import { classifyProfile } from '../../../codecs/common/icc-profile.ts';
import type { Raster } from '../../../codecs/common/raster.ts';
import { readJpegHeader } from '../../../codecs/jpeg/jpeg-header.ts';
import { ItemError } from '../../../shared/failure.ts';
import { formatOfExtension } from '../../../shared/image-formats.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { boxesOf } from '../../../shared/settings/boxes.ts';
import type { WrittenFormats } from '../../../shared/settings/choices.ts';
import { formatOf } from '../formats/known-format.ts';
import type { ContainedPixels, Picture, Pixels } from '../formats/picture-reader.ts';
import { openBytes } from '../formats/with-file-bytes.ts';
import { encodeRasters } from './encode-rasters.ts';
import { jpeg, renderHeld } from './held-jpeg.ts';
import { assertPixels } from './image/pixel-limit.ts';
import type { Rendering, Rendition, Source } from './image/rendering.ts';
import { taskSignal } from './image/task-signal.ts';
import { watch } from './image/watch.ts';
import { besideDescribed } from './metadata/beside.ts';
import type { Described } from './metadata/described.ts';
import { describedJpeg } from './metadata/described-jpeg.ts';
import { readerOf } from './picture-readers.ts';
import { putPixels } from './pixel-codec.ts';
import { thumbnailsOfPixels } from './thumbnails-of-pixels.ts';

/** What makes the thumbnails of an image that the picture contains. */
type RenderBytes = (
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
) => Rendering | Promise<Rendering>;

/**
 * Makes the thumbnails of a picture whose format has a reader.
 * @throws ItemError with the cause.
 */
export async function renderPicture(
  source: Source,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
  renderBytes: RenderBytes,
): Promise<Rendering> {
  const readerName = formatOf(source, name)?.reader;
  if (!readerName) throw new Error('Expected a format that has a reader.');
  const reader = await readerOf(readerName);
  const file = openBytes(source);
  try {
    const path = typeof source === 'string' ? source : undefined;
    const picture = await reader.open(file, {
      name,
      maxPixels: recipe.maxPixels,
      path,
      signal: taskSignal(),
    });
    try {
      assertPixels(picture.size, name, recipe.maxPixels);
      return await renderOpened(picture, name, recipe, formats, renderBytes);
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
  formats: WrittenFormats,
  renderBytes: RenderBytes,
): Promise<Rendering> {
  const pixels = await picture.pixels((size) => isEnough(size, picture, recipe));
  watch.lap('decode');
  // It tells by itself what is kept of it.
  if (pixels.kind === 'file')
    return { ...(await renderBytes(pixels.bytes, name, recipe, formats)), via: 'reader' };
  const describe = () => described(picture, pixels);
  return besideDescribed(describe, recipe, formats, (planned, of) =>
    renderPixels(pixels, picture, name, planned, of),
  );
}

type DecodedPixels = Exclude<Pixels, { readonly kind: 'file' }>;

/** A JPEG within a picture may say more than the picture does. */
function described({ exif, xmp, profile }: Picture, pixels: DecodedPixels): Described {
  if (pixels.kind === 'raster') {
    return { exif, xmp, profile, colours: pixels.raster.channels < 3 ? 'grey' : 'rgb' };
  }
  const own = describedJpeg(pixels.bytes);
  return { ...own, exif: exif ?? own.exif, xmp: xmp ?? own.xmp, profile: own.profile ?? profile };
}

async function renderPixels(
  pixels: DecodedPixels,
  picture: Picture,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): Promise<Rendering> {
  switch (pixels.kind) {
    case 'jpeg':
      return renderContained(pixels, picture, name, recipe, formats);
    case 'raster': {
      const { raster, isEmbedded } = pixels;
      const renditions = await thumbnailsOfRaster(raster, picture, recipe, formats);
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
  formats: WrittenFormats,
): Promise<readonly Rendition[]> {
  const put = putPixels(raster);
  const request = put && { ...put, whole: picture.size, orientation: picture.orientation };
  const { profile } = picture;
  const made =
    request && (await thumbnailsOfPixels(request, formats, recipe, profileToConvert(profile, recipe)));
  return made ?? bySharp(raster, picture, recipe, formats);
}

/** What the codec has no memory for, or shrinks too far. */
async function bySharp(
  raster: Raster,
  picture: Pick<Picture, 'size' | 'orientation' | 'profile'>,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): Promise<readonly Rendition[]> {
  const { sharpThumbnailsOfRaster } = await import('./sharp-parts.ts');
  return sharpThumbnailsOfRaster(raster, picture, recipe, formats);
}

/** By which profile the pixels of a reader have to be converted; `undefined` if they are as they are wanted. */
function profileToConvert(
  profile: Uint8Array | undefined,
  { colour }: ThumbnailRecipe,
): Uint8Array | undefined {
  if (colour === 'keep') return undefined;
  const isSrgb = profile === undefined || classifyProfile(profile) !== 'other';
  if (colour === 'p3') return profile ?? compactProfiles.srgb;
  return isSrgb ? undefined : profile;
}

/** What a contained JPEG belongs to: how it is turned, and the profile of pixels that have none themselves. */
type Whole = Pick<Picture, 'orientation' | 'profile'>;

/**
 * Makes the thumbnails of a JPEG that a file contains; where that is damaged, of another one. Damage is tolerated only
 * where all are damaged.
 * @throws ItemError that of the first, if all are damaged.
 */
async function renderContained(
  contained: ContainedPixels,
  whole: Whole,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): Promise<Rendering> {
  const strict = { ...recipe, tolerant: false };
  let failure: unknown;
  for (const by of recipe.tolerant ? [strict, recipe] : [recipe]) {
    for (let one: ContainedPixels | undefined = contained; one; one = one.otherwise?.()) {
      try {
        return { ...(await renderOne(one.bytes, whole, name, by, formats)), via: 'embedded' };
      } catch (error) {
        if (!isDamage(error)) throw error;
        failure ??= error;
      }
    }
  }
  throw failure;
}

function isDamage(error: unknown): boolean {
  return error instanceof ItemError && (error.code === 'TRUNCATED_IMAGE' || error.code === 'CORRUPT_IMAGE');
}

async function renderOne(
  bytes: Uint8Array,
  { orientation, profile }: Whole,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): Promise<Omit<Rendering, 'via'>> {
  const header = readJpegHeader(bytes);
  // What the picture says of it may be wrong.
  if (header?.frame) assertPixels(header.frame, name, recipe.maxPixels);
  const hasOwn = (header?.profile ?? 'none') !== 'none';
  const from = hasOwn || !profile ? undefined : profileToConvert(profile, recipe);
  if (jpeg.holdBytes(bytes)) {
    const made = from
      ? inItsColours(from, orientation, name, recipe, formats)
      : renderHeld(name, recipe, formats, orientation);
    if (made) return made;
  }
  const raster = await rasterOfJpeg(bytes, name, recipe, hasOwn ? recipe.colour : 'keep');
  const own: ThumbnailRecipe = hasOwn ? { ...recipe, colour: 'keep' } : recipe;
  return {
    renditions: await bySharp(
      raster,
      { size: raster, orientation, profile: hasOwn ? undefined : profile },
      own,
      formats,
    ),
  };
}

/** By our codec, which knows no profiles: the few pixels of the thumbnails are converted. */
function inItsColours(
  profile: Uint8Array,
  orientation: Whole['orientation'],
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): Promise<Omit<Rendering, 'via'>> | undefined {
  const made = jpeg.rasters(name, { ...recipe, colour: 'keep' }, formats, orientation);
  watch.lap('decode');
  if (!made) return undefined;
  const { rasters, ...told } = made;
  return import('./sharp-parts.ts')
    .then(({ inColours }) => Promise.all(rasters.map((raster) => inColours(raster, profile, recipe.colour))))
    .then((converted) => encodeRasters(converted, formats, recipe))
    .then((renditions) => ({ renditions, ...told }));
}

/** The pixels of a JPEG that our codec does not read. @throws ItemError with what is wrong with it. */
async function rasterOfJpeg(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  colour: ThumbnailRecipe['colour'],
): Promise<Raster> {
  const { rasterOf, failureOfDecoding } = await import('./sharp-parts.ts');
  try {
    return await rasterOf(bytes, colour);
  } catch (error) {
    throw await failureOfDecoding(error, bytes, formatOfExtension('jpg'), name, recipe);
  }
}

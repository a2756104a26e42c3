import sharp, { type Raw, type Sharp, type SharpOptions } from 'sharp';
import { fitToBox, type Geometry, type Orientation, type Size } from '../../../codecs/common/geometry.ts';
import { isJpeg } from '../../../codecs/jpeg/jpeg-header.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { Box } from '../../../shared/settings/boxes.ts';
import { boxesOf } from '../../../shared/settings/boxes.ts';
import type { ColourChoice, WrittenFormat, WrittenFormats } from '../../../shared/settings/choices.ts';
import { withFileBytes } from '../formats/with-file-bytes.ts';
import { assertAllFit } from './image/output-limit.ts';
import { assertPixels } from './image/pixel-limit.ts';
import { inOrderOf, type Rendition, withQualities } from './image/rendering.ts';
import { type DisplayP3, displayP3 } from './inputs/display-p3.ts';
import { prepareImage } from './inputs/prepare-image.ts';
import type { PreparedImage } from './inputs/prepared-image.ts';
import { drawnFor } from './inputs/svg-input.ts';
import { drawnFit, isFinishedLater } from './pixels/drawn-fit.ts';
import { encodeBySharp, opaqueBackground } from './pixels/encode-by-sharp.ts';
import { rasterImage, rasterOfImage } from './pixels/sharp-pixels.ts';

/** A decoder that takes longer than this, in seconds, counts as stuck. */
const timeoutSeconds = 120;

/** Its types do not have this method yet. */
type WithGainMap = Sharp & { keepGainMap(): Sharp };

export type Damage = 'refused' | 'tolerated';

/** One JPEG with its gain map, which sharp scales only together with the picture: for another quality, too. */
async function renderWithGainMap(
  open: () => Sharp,
  placed: Placed,
  recipe: ThumbnailRecipe,
): Promise<Rendition> {
  const renderIn = async (quality: number): Promise<Rendition> => {
    const by = { ...recipe, quality, maxOutputBytes: undefined };
    const [rendition] = await renderPlaced(open(), placed, by, ['jpeg']);
    if (!rendition) throw new Error('Expected a thumbnail for the box.');
    return rendition;
  };
  return withQualities(
    await renderIn(recipe.quality),
    recipe,
    async (quality) => (await renderIn(quality)).data,
  );
}

/** The options for reading an image. */
function readOptions(source: string | Uint8Array, recipe: ThumbnailRecipe, damage: Damage): SharpOptions {
  // libjpeg reports damaged image data as a warning; warnings of other formats are mostly about odd metadata.
  const strictness = withFileBytes(source, (file) => isJpeg(file.read(0, 3))) ? 'warning' : 'error';
  return {
    failOn: damage === 'tolerated' ? 'none' : strictness,
    limitInputPixels: recipe.maxPixels,
    sequentialRead: true,
  };
}

/**
 * Makes thumbnails with sharp, one for each size: first frame, EXIF orientation applied, colours converted by what
 * the file says of them, metadata dropped, never enlarged unless it is a drawing. Transparent areas become white
 * if the format has no transparency.
 */
export async function sharpThumbnails(
  source: string | Uint8Array,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
  damage: Damage,
): Promise<readonly Rendition[]> {
  const boxes = boxesOf(recipe);
  const options = readOptions(source, recipe, damage);
  const image = await prepareImage(source, options);
  const { orientation } = image;
  const toP3 =
    recipe.colour === 'p3' ? await displayP3(image.source, { ...options, ...image.options }) : undefined;
  // Where a picture with its map is rotated or flipped, libvips mostly fails, with other bytes each time.
  const keepsGainMap = recipe.keep !== 'none' && orientation <= 2;
  const open = () => {
    const one = opened(image, options, recipe.colour, toP3);
    return keepsGainMap ? (one as WithGainMap).keepGainMap() : one;
  };
  const placed = boxes.map((box) => {
    const size = image.vector ? drawnFor(image.size, box) : image.size;
    const placed = placeFor(box, size, orientation, recipe, formats);
    if (image.vector) assertPixels(placed.place.whole, 'The drawing', recipe.maxPixels);
    return placed;
  });
  const renditions: Rendition[] = [];
  if (keepsGainMap) {
    for (const each of placed) renditions.push(await renderWithGainMap(open, each, recipe));
    return renditions;
  }
  if (image.vector || (placed.length === 1 && image.sampleScale === undefined && !toP3?.late)) {
    for (const each of placed) renditions.push(...(await renderPlaced(open(), each, recipe, formats)));
    return inOrderOf(formats, renditions);
  }
  const { data, raw } = await decodeOnce(open(), image, boxes);
  for (const each of placed) {
    const decoded = sharp(data, { raw });
    if (toP3?.late) decoded.withIccProfile('p3', { attach: false });
    renditions.push(...(await renderPlaced(decoded, each, recipe, formats)));
  }
  return inOrderOf(formats, renditions);
}

function opened(
  { source, options, pipelineColourspace, deepProfiled }: PreparedImage,
  usual: SharpOptions,
  colour: ColourChoice,
  toP3: DisplayP3 | undefined,
): Sharp {
  const unconverted = (colour === 'keep' || toP3?.ignoreIcc) && { ignoreIcc: true };
  const image = sharp(source, { ...usual, ...options, ...unconverted }).timeout({ seconds: timeoutSeconds });
  if (pipelineColourspace) image.pipelineColourspace(pipelineColourspace);
  if (toP3 && !toP3.late) image.withIccProfile('p3', { attach: false });
  else if (deepProfiled && colour === 'srgb') image.withIccProfile('srgb', { attach: false });
  return image;
}

/**
 * Pixels of at least twice the largest size asked for, so that all sizes are made from one decode, with samples of
 * eight bits and as the file has them: not turned.
 */
async function decodeOnce(
  image: Sharp,
  { size, orientation, sampleScale = 1 }: PreparedImage,
  boxes: readonly Box[],
): Promise<{ data: Buffer; raw: Raw }> {
  const most = {
    width: 2 * Math.max(...boxes.map(({ width }) => width)),
    height: 2 * Math.max(...boxes.map(({ height }) => height)),
  };
  const { whole } = fitToBox(size, orientation, most, 'outside');
  image.resize({ ...whole, fit: 'fill' });
  if (sampleScale !== 1) image.linear(sampleScale, 0);
  const { data, info } = await image.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { data, raw: { width: info.width, height: info.height, channels: info.channels } };
}

/** @throws ItemError `OUTPUT_TOO_LARGE` */
export function placeFor(
  box: Box,
  size: Size,
  orientation: Orientation,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): Placed {
  assertAllFit(size, orientation, [box], recipe.fit, formats);
  return { box, place: fitToBox(size, orientation, box, drawnFit(recipe), recipe.position), orientation };
}

interface Placed {
  readonly box: Box;
  readonly place: Geometry;
  readonly orientation: Orientation;
}

/** One thumbnail, in each format, of an image that is not turned yet. */
export async function renderPlaced(
  image: Sharp,
  placed: Placed,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): Promise<readonly Rendition[]> {
  const { box, place, orientation } = placed;
  // Exactly this size, whatever the decoder's own reductions have left of it.
  image.resize({ ...place.whole, fit: 'fill' });
  turn(image, orientation);
  const turned = orientation >= 5;
  const drawn = {
    width: turned ? place.height : place.width,
    height: turned ? place.width : place.height,
  };
  if (place.width !== place.whole.width || place.height !== place.whole.height) {
    image.extract({ left: place.cropX, top: place.cropY, ...drawn });
  }
  if (isFinishedLater(recipe)) {
    const { encodeRasters } = await import('./encode-rasters.ts');
    const raster = await rasterOfImage(image.toColourspace('srgb'));
    return encodeRasters([{ ...raster, colour: 0 }], formats, recipe, [box]);
  }
  const [format, ...further] = formats;
  if (further.length === 0 && recipe.maxOutputBytes === undefined) {
    return [await renderDrawn(image, drawn, placed, recipe, format)];
  }
  const raster = await rasterOfImage(image.toColourspace('srgb'));
  const upright: Placed = { ...placed, orientation: 1 };
  const renderAs = (one: WrittenFormat, by: ThumbnailRecipe) =>
    renderDrawn(rasterImage(raster), drawn, upright, by, one);
  return Promise.all(
    formats.map(async (one) =>
      withQualities(await renderAs(one, recipe), recipe, async (quality) => {
        const { data } = await renderAs(one, { ...recipe, quality });
        return data;
      }),
    ),
  );
}

/** What is done for each format to an image that is drawn and turned. */
async function renderDrawn(
  image: Sharp,
  drawn: Size,
  { place, orientation }: Placed,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendition> {
  const opaque = format === 'jpeg';
  const right = place.canvasWidth - place.offsetX - drawn.width;
  const bottom = place.canvasHeight - place.offsetY - drawn.height;
  if (place.canvasWidth !== drawn.width || place.canvasHeight !== drawn.height) {
    const background = opaque ? '#ffffff' : { r: 255, g: 255, b: 255, alpha: 0 };
    image.extend({ left: place.offsetX, top: place.offsetY, right, bottom, background });
  }
  if (opaque) image.flatten({ background: opaqueBackground(recipe) });
  const data = await encoded(image, orientation, format, recipe);
  return { data, width: place.canvasWidth, height: place.canvasHeight, format };
}

/** Turns the picture upright. sharp flips first, then flops, then rotates, in whatever order it is told. */
function turn(image: Sharp, orientation: Orientation): void {
  if (orientation === 4 || orientation === 5) image.flip();
  if (orientation === 2 || orientation === 7) image.flop();
  const angles = { 1: 0, 2: 0, 3: 180, 4: 0, 5: 90, 6: 90, 7: 90, 8: 270 } as const;
  if (angles[orientation] !== 0) image.rotate(angles[orientation]);
}

async function encoded(
  image: Sharp,
  orientation: Orientation,
  format: WrittenFormat,
  recipe: ThumbnailRecipe,
): Promise<Uint8Array> {
  const writesOrientation = format === 'avif' || format === 'tiff';
  if (!writesOrientation || orientation === 1) return encodeBySharp(image, format, recipe).toBuffer();
  // libheif and libtiff would write down the input's orientation, and turn what is upright already.
  const { data: pixels, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  return encodeBySharp(sharp(pixels, { raw }), format, recipe).toBuffer();
}

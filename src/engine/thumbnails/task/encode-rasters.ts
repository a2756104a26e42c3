import type { Raster, SmallRaster } from '../../../codecs/common/raster.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { type Box, boxesOf } from '../../../shared/settings/boxes.ts';
import type { WrittenFormat, WrittenFormats } from '../../../shared/settings/choices.ts';
import { type Rendition, withQualities } from './image/rendering.ts';
import { watch } from './image/watch.ts';
import { encodeRasterAsPng } from './pixel-codec.ts';
import { isFinishedLater } from './pixels/drawn-fit.ts';

/** libwebp without sharp, loaded by the first image that needs it. One per thread. */
let webpCodec: Promise<import('../../../codecs/webp/webp-codec.ts').WebpCodec> | undefined;

export function webp(): NonNullable<typeof webpCodec> {
  webpCodec ??= import('../../../codecs/webp/webp-codec.ts').then(({ WebpCodec }) => new WebpCodec());
  return webpCodec;
}

/**
 * Finishes and encodes thumbnails whose pixels are sRGB, and not those of a codec that may work on another image meanwhile.
 * @param boxes the one of each, all those of the recipe if absent.
 */
export async function encodeRasters(
  drawn: readonly SmallRaster[],
  formats: WrittenFormats,
  recipe: ThumbnailRecipe,
  boxes: readonly Box[] = boxesOf(recipe),
): Promise<readonly Rendition[]> {
  const rastersOf = await finishedFor(formats, drawn, boxes, recipe);
  const encoded = await Promise.all(
    formats.flatMap((format) =>
      rastersOf(format).map(async (raster) => {
        const { width, height, colour } = raster;
        const data = await encode(raster, format, recipe);
        return withQualities({ data, width, height, format, colour }, recipe, (quality) =>
          encode(raster, format, { ...recipe, quality }),
        );
      }),
    ),
  );
  watch.lap('encode');
  return encoded;
}

/** What is drawn as each format needs it. Padded for JPEG it differs from the others, since nothing shows through it. */
async function finishedFor(
  formats: WrittenFormats,
  drawn: readonly SmallRaster[],
  boxes: readonly Box[],
  recipe: ThumbnailRecipe,
): Promise<(format: WrittenFormat) => readonly SmallRaster[]> {
  if (!isFinishedLater(recipe)) return () => drawn;
  const first = await finished(drawn, boxes, recipe, formats[0]);
  const differs = (format: WrittenFormat) =>
    recipe.fit === 'contain' && (format === 'jpeg') !== (formats[0] === 'jpeg');
  const other = formats.find(differs);
  const others = other === undefined ? first : await finished(drawn, boxes, recipe, other);
  return (format) => (differs(format) ? others : first);
}

async function finished(
  drawn: readonly SmallRaster[],
  boxes: readonly Box[],
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<readonly SmallRaster[]> {
  const { finishRaster } = await import('./pixels/finish-raster.ts');
  return Promise.all(
    boxes.flatMap((box, i) => (drawn[i] ? [finishRaster(drawn[i], box, recipe, format)] : [])),
  );
}

/**
 * PNG and WebP never meet sharp, whose hand-offs from thread to thread cost more than the encoding; see docs/adr/0044.
 */
async function encode(raster: Raster, format: WrittenFormat, recipe: ThumbnailRecipe): Promise<Uint8Array> {
  const encoded = await encodeByOwnCodec(raster, format, recipe);
  if (encoded) return encoded;
  const { rasterImage } = await import('./pixels/sharp-pixels.ts');
  const { encodeBySharp, opaqueBackground } = await import('./pixels/encode-by-sharp.ts');
  const image = rasterImage(raster);
  if (format === 'jpeg') image.flatten({ background: opaqueBackground(recipe) });
  return encodeBySharp(image, format, recipe).toBuffer();
}

/** @returns `undefined` if there is none for the format, or no memory for it. */
async function encodeByOwnCodec(
  raster: Raster,
  format: WrittenFormat,
  recipe: ThumbnailRecipe,
): Promise<Uint8Array | undefined> {
  if (format === 'png') return encodeRasterAsPng(raster);
  return format === 'webp' ? (await webp()).encode(raster, recipe.quality, recipe.lossless) : undefined;
}

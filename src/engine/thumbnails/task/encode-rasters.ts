import type { Raster, SmallRaster } from '../../../codecs/common/raster.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { type Box, boxesOf } from '../../../shared/settings/boxes.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import type { Rendition } from './image/rendering.ts';
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
  format: WrittenFormat,
  recipe: ThumbnailRecipe,
  boxes: readonly Box[] = boxesOf(recipe),
): Promise<readonly Rendition[]> {
  const rasters = isFinishedLater(recipe) ? await finished(drawn, boxes, recipe, format) : drawn;
  const encoded = await Promise.all(
    rasters.map(async (raster) => ({
      data: await encode(raster, format, recipe),
      width: raster.width,
      height: raster.height,
      colour: raster.colour,
    })),
  );
  watch.lap('encode');
  return encoded;
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

import sharp, { type Sharp } from 'sharp';
import type { Size } from '../../../../codecs/common/geometry.ts';
import type { Raster } from '../../../../codecs/common/raster.ts';
import type { Strategy } from '../../../../shared/settings/choices.ts';

// One thread per image, because the pool already works on as many images as it should. No cache: no image is read
// twice.
sharp.concurrency(1);
sharp.cache(false);

/** Less than this does nothing, and near 0 libvips refuses it. */
const leastSigma = 0.01;

/** Where to cut a part of this size, which has one side of the image: what draws the eye, or where most is to be seen. */
export async function cropPlace(
  raster: Raster,
  { width, height }: Size,
  strategy: Strategy,
): Promise<{ readonly left: number; readonly top: number }> {
  const image = rasterImage(raster).resize({ width, height, fit: 'cover', position: strategy });
  const { info } = await image.raw().toBuffer({ resolveWithObject: true });
  // It tells how far the image is moved.
  const within = (offset: number | undefined, room: number) => Math.min(room, Math.abs(offset ?? 0));
  return {
    left: within(info.cropOffsetLeft, raster.width - width),
    top: within(info.cropOffsetTop, raster.height - height),
  };
}

/** Only lightness is sharpened: edges get no colours. */
export function sharpened(raster: Raster, sigma: number): Promise<Raster> {
  const image = rasterImage(raster).sharpen({ sigma: Math.max(sigma, leastSigma) });
  // Of grey pixels sharp would leave the alpha channel out.
  return rasterOfImage(raster.channels === 1 ? image.toColourspace('b-w') : image.toColourspace('srgb'));
}

/** Pixels that are sRGB as an image for sharp. */
export function rasterImage({ pixels, channels, width, height }: Raster): Sharp {
  return sharp(pixels, { raw: { width, height, channels } });
}

export async function rasterOfImage(image: Sharp): Promise<Raster> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const pixels = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.length);
  return { pixels, channels: info.channels, width: info.width, height: info.height } as Raster;
}

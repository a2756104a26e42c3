import type { Raster } from '../../../codecs/common/raster.ts';
import { encodePng } from '../../../codecs/png/encode-png.ts';
import { PngCodec, type PngRequest } from '../../../codecs/png/png-codec.ts';
import type { ColourType } from '../../../codecs/png/png-header.ts';

/** One per worker thread: it resamples the scanlines of PNG, and the pixels of other decoders as if they were some. */
export const pixelCodec = new PngCodec();

const colourTypes: Readonly<Record<Raster['channels'], ColourType>> = {
  1: 'greyscale',
  2: 'greyscale-alpha',
  3: 'truecolour',
  4: 'truecolour-alpha',
};

/**
 * Puts pixels into the codec as scanlines of filter type 0, which leaves them as they are.
 * @returns what to tell the codec of them; `undefined` if there is no memory for them.
 */
export function putPixels({
  pixels,
  channels,
  width,
  height,
}: Raster): Pick<PngRequest, 'image' | 'colours'> | undefined {
  const rowBytes = width * channels;
  const place = pixelCodec.scanlines(height * (1 + rowBytes));
  if (!place) return undefined;
  for (let y = 0, to = 0; y < height; y++, to += 1 + rowBytes) {
    place[to] = 0;
    place.set(pixels.subarray(y * rowBytes, (y + 1) * rowBytes), to + 1);
  }
  const colourType = colourTypes[channels];
  return {
    image: { width, height, bitDepth: 8, colourType, interlaceMethod: 0 },
    colours: { transparent: false },
  };
}

/** Encodes pixels as they are. @returns `undefined` if there is no memory for it. */
export function encodeRasterAsPng(raster: Raster): Uint8Array | undefined {
  const put = putPixels(raster);
  const box = { width: raster.width, height: raster.height };
  const made = put && pixelCodec.thumbnails({ ...put, orientation: 1, boxes: [box], fit: 'fill' });
  return made?.status === 'ok' && made.outputs[0] ? encodePng(made.outputs[0]) : undefined;
}

import type { Raster } from '../../../../codecs/common/raster.ts';
import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { hasAllRows, plainPixels, rowBytesOf, showIfAllHidden } from '../bmp/bmp-pixels.ts';
import { endsTooEarly, notReadHere } from '../faults.ts';
import type { BitmapEntry } from './icon-entries.ts';

/** Of 32 bits, a quarter is alpha, whatever the version of the header. */
const withAlpha = [0xff0000, 0xff00, 0xff, 0xff000000] as const;

/**
 * The pixels of an icon's bitmap. Where they have no alpha, or have it empty, the mask behind them says what is shown; where
 * it is missing, all is.
 * @throws ItemError
 */
export function iconBitmap({ header, size, bits }: BitmapEntry, file: FileBytes, name: string): Raster {
  if (header.packing !== 'plain') throw notReadHere(name, 'has a packed bitmap');
  if (!hasAllRows(header, file)) throw endsTooEarly(name);
  const hasAlpha = bits === 32;
  const raster = plainPixels(hasAlpha ? { ...header, masks: withAlpha } : header, file, name);
  const rgba = raster.channels === 4 ? raster.pixels : opaque(raster);
  // What is wholly hidden by its alpha has been shown: there the mask counts.
  const isMasked = !hasAlpha || rgba.every((value, i) => i % 4 !== 3 || value === 255);
  if (isMasked) applyMask(rgba, { header, size }, file);
  return { pixels: rgba, channels: 4, ...size };
}

function opaque({ pixels, width, height }: Raster): Uint8Array<ArrayBuffer> {
  const rgba = new Uint8Array(4 * width * height);
  for (let from = 0, to = 0; to < rgba.length; from += 3, to += 4) {
    for (let c = 0; c < 3; c++) rgba[to + c] = pixels[from + c] ?? 0;
    rgba[to + 3] = 255;
  }
  return rgba;
}

/** One bit a pixel: 1 hides it. */
function applyMask(
  rgba: Uint8Array,
  { header, size }: Pick<BitmapEntry, 'header' | 'size'>,
  file: FileBytes,
): void {
  const { width, height } = size;
  const rowBytes = rowBytesOf({ size, bits: 1 });
  const mask = file.read(header.pixelsAt + rowBytesOf(header) * height, rowBytes * height);
  if (mask.length < rowBytes * height) return;
  for (let y = 0; y < height; y++) {
    const row = rowBytes * (header.isBottomUp ? height - 1 - y : y);
    for (let x = 0; x < width; x++) {
      if ((((mask[row + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1) rgba[4 * (y * width + x) + 3] = 0;
    }
  }
  // A mask that hides all was not meant.
  showIfAllHidden(rgba);
}

import { srgbSamples } from '../../../../codecs/common/srgb-curve.ts';

/** Puts the pixels of one row, which begins at `from` in the bytes, into the raster at `to`. */
export type PutRow = (bytes: Uint8Array, from: number, to: number) => void;

/** The value of 1 in numbers with 13 bits behind the point. */
const one = 8192;

/**
 * Pixels of 64 bits: blue, green, red and alpha of 16 bits each, linear in light, as GDI+ writes them. Values below 0 and
 * above 1 are cut off.
 */
export function linearPixels(width: number, pixels: Uint8Array): PutRow {
  const curve = srgbSamples(one);
  const fraction = (bytes: Uint8Array, at: number) =>
    Math.min(one, Math.max(0, (((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)) << 16) >> 16));
  return (bytes, from, to) => {
    for (let x = 0; x < width; x++) {
      const at = from + 8 * x;
      for (let c = 0; c < 3; c++) pixels[to + 4 * x + c] = curve[fraction(bytes, at + 4 - 2 * c)] ?? 0;
      pixels[to + 4 * x + 3] = Math.round((255 * fraction(bytes, at + 6)) / one);
    }
  };
}

import type { Raster } from '../../../../codecs/common/raster.ts';
import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { endsTooEarly } from '../faults.ts';
import type { BmpHeader } from './bmp-header.ts';
import { linearPixels, type PutRow } from './linear-pixels.ts';

/** How many bytes of a file are taken at once. */
const pieceBytes = 4 * 1024 * 1024;

/** The bytes of a row, which ends at a multiple of four. */
export function rowBytesOf({ size, bits }: Pick<BmpHeader, 'size' | 'bits'>): number {
  return Math.ceil((size.width * bits) / 32) * 4;
}

/** Whether the file has all pixels. The last row may lack what fills it up. */
export function hasAllRows(header: BmpHeader, file: FileBytes): boolean {
  const { width, height } = header.size;
  const needed = rowBytesOf(header) * (height - 1) + Math.ceil((width * header.bits) / 8);
  return header.pixelsAt + needed <= file.length;
}

/** Pixels that are not packed. @throws ItemError `TRUNCATED_IMAGE` */
export function plainPixels(header: BmpHeader, file: FileBytes, name: string): Raster {
  if (!hasAllRows(header, file)) throw endsTooEarly(name);
  const { size, bits, masks } = header;
  const channels = bits === 64 || masks[3] !== 0 ? 4 : 3;
  const pixels = new Uint8Array(size.width * size.height * channels);
  const put = putterOf(header, pixels);
  eachRow(header, file, (bytes, from, y) => put(bytes, from, y * size.width * channels));
  if (channels === 4) showIfAllHidden(pixels);
  return { pixels, channels, ...size };
}

function eachRow(
  header: BmpHeader,
  file: FileBytes,
  take: (bytes: Uint8Array, from: number, y: number) => void,
): void {
  const { height } = header.size;
  const rowBytes = rowBytesOf(header);
  const rowsAtOnce = Math.max(1, Math.floor(pieceBytes / rowBytes));
  for (let first = 0; first < height; first += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, height - first);
    const bytes = file.read(header.pixelsAt + first * rowBytes, rows * rowBytes);
    for (let i = 0; i < rows; i++) {
      take(bytes, i * rowBytes, header.isBottomUp ? height - 1 - first - i : first + i);
    }
  }
}

function putterOf(header: BmpHeader, pixels: Uint8Array): PutRow {
  const { bits, size } = header;
  if (bits === 64) return linearPixels(size.width, pixels);
  if (bits === 24) return threeBytes(size.width, pixels);
  return bits <= 8 ? indexed(header, pixels) : masked(header, pixels);
}

function threeBytes(width: number, pixels: Uint8Array): PutRow {
  return (bytes, from, to) => {
    for (let i = 0; i < 3 * width; i += 3) {
      pixels[to + i] = bytes[from + i + 2] ?? 0;
      pixels[to + i + 1] = bytes[from + i + 1] ?? 0;
      pixels[to + i + 2] = bytes[from + i] ?? 0;
    }
  };
}

function indexed({ bits, size, palette }: BmpHeader, pixels: Uint8Array): PutRow {
  const mask = (1 << bits) - 1;
  return (bytes, from, to) => {
    for (let x = 0; x < size.width; x++) {
      const bit = x * bits;
      const index = ((bytes[from + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & mask;
      // A colour that the palette lacks is black.
      for (let c = 0; c < 3; c++) pixels[to + 3 * x + c] = palette[3 * index + c] ?? 0;
    }
  };
}

function masked({ bits, size, masks }: BmpHeader, pixels: Uint8Array): PutRow {
  const pixelBytes = bits / 8;
  const channels = masks[3] === 0 ? 3 : 4;
  const fields = masks.slice(0, channels).map(fieldOf);
  return (bytes, from, to) => {
    for (let x = 0; x < size.width; x++) {
      const at = from + x * pixelBytes;
      let value = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
      if (pixelBytes === 4) value |= ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
      for (let c = 0; c < channels; c++) {
        const { mask = 0, shift = 0, scale = 0 } = fields[c] ?? {};
        pixels[to + channels * x + c] = ((value & mask) >>> shift) * scale + 0.5;
      }
    }
  };
}

/** How a value is taken out of a pixel and becomes one of 0 to 255. */
function fieldOf(mask: number): { mask: number; shift: number; scale: number } {
  const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return { mask, shift, scale: most === 0 ? 0 : 255 / most };
}

/** Where alpha is 0 everywhere, a program has left it out: nobody keeps a picture that cannot be seen. */
export function showIfAllHidden(rgba: Uint8Array): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 0) return false;
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
  return true;
}

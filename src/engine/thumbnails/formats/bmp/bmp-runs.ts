import type { Raster } from '../../../../codecs/common/raster.ts';
import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { endsTooEarly } from '../faults.ts';
import type { BmpHeader } from './bmp-header.ts';

/** Pixels to be set, from a place on; what lies outside the picture is passed over. */
interface Canvas {
  readonly rgba: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/**
 * Pixels packed in runs (RLE4, RLE8, and OS/2's of 24 bits). Those that the runs leave out are transparent.
 * @throws ItemError `TRUNCATED_IMAGE` if the file ends before its last row.
 */
export function unpackedRuns(header: BmpHeader, file: FileBytes, name: string): Raster {
  const { size, pixelsAt, packedLength } = header;
  const canvas = { rgba: new Uint8Array(size.width * size.height * 4), ...size };
  const told = packedLength > 0 ? packedLength : file.length;
  const bytes = file.read(pixelsAt, Math.min(told, file.length - pixelsAt));
  // Some state too short a length.
  const isWhole =
    unpack(bytes, header, canvas) || unpack(file.read(pixelsAt, file.length - pixelsAt), header, canvas);
  if (!isWhole) throw endsTooEarly(name);
  return { pixels: canvas.rgba, channels: 4, ...size };
}

/** @returns whether the runs come to an end, or to the last row's. */
function unpack(bytes: Uint8Array, header: BmpHeader, canvas: Canvas): boolean {
  const { width, height } = canvas;
  const put = putterOf(header, canvas);
  let x = 0;
  let y = 0;
  let at = 0;
  while (at + 2 <= bytes.length && y < height) {
    const count = bytes[at] ?? 0;
    const code = bytes[at + 1] ?? 0;
    if (count > 0) {
      at += 1;
      put(bytes, at, true, count, x, y);
      at += runBytes(header);
      x += count;
      continue;
    }
    at += 2;
    if (code === 0) {
      x = 0;
      y += 1;
    } else if (code === 1) {
      return true;
    } else if (code === 2) {
      x += bytes[at] ?? 0;
      y += bytes[at + 1] ?? 0;
      at += 2;
    } else {
      const length = literalBytes(header, code);
      if (at + length > bytes.length) return false;
      put(bytes, at, false, code, x, y);
      // To an even number.
      at += length + (length & 1);
      x += code;
    }
  }
  return y >= height || (y === height - 1 && x >= width);
}

function runBytes({ packing }: BmpHeader): number {
  return packing === 'rle24' ? 3 : 1;
}

function literalBytes({ packing }: BmpHeader, count: number): number {
  if (packing === 'rle24') return 3 * count;
  return packing === 'rle4' ? Math.ceil(count / 2) : count;
}

/** Sets `count` pixels from the bytes at `at`, which are one run's or one after the other. */
type Put = (bytes: Uint8Array, at: number, isRun: boolean, count: number, x: number, y: number) => void;

function putterOf({ packing, palette, isBottomUp }: BmpHeader, { rgba, width, height }: Canvas): Put {
  const place = (x: number, y: number) => 4 * ((isBottomUp ? height - 1 - y : y) * width + x);
  return (bytes, at, isRun, count, x, y) => {
    if (y >= height) return;
    for (let i = 0, to = place(x, y); i < count && x + i < width; i++, to += 4) {
      if (packing === 'rle24') {
        const from = isRun ? at : at + 3 * i;
        for (let c = 0; c < 3; c++) rgba[to + c] = bytes[from + 2 - c] ?? 0;
      } else {
        const index = indexAt(bytes, at, packing === 'rle4', isRun, i);
        for (let c = 0; c < 3; c++) rgba[to + c] = palette[3 * index + c] ?? 0;
      }
      rgba[to + 3] = 255;
    }
  };
}

/** Of four bits, a run has two colours that alternate. */
function indexAt(bytes: Uint8Array, at: number, isOfFour: boolean, isRun: boolean, i: number): number {
  if (!isOfFour) return bytes[isRun ? at : at + i] ?? 0;
  const both = bytes[isRun ? at : at + (i >> 1)] ?? 0;
  return (i & 1) === 0 ? both >> 4 : both & 15;
}

import { deflateSync } from 'node:zlib';
import { chunkParts, signature } from '../../../src/codecs/png/chunks.ts';
import { type ColourType, colourTypeCodes } from '../../../src/codecs/png/png-header.ts';

/** A PNG file as a test asks for it: by parts, where the encoders at hand would choose for themselves. */
export interface PngSample {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly colourType: ColourType;
  /** The value of sample `channel` of pixel (x, y), of `bitDepth` bits. */
  readonly sample: (x: number, y: number, channel: number) => number;
  /** The filter type of scanline `y` (9.2); default none. */
  readonly filterType?: (y: number) => number;
  /** Chunks before IDAT, in this order: type and data. */
  readonly chunks?: readonly (readonly [type: string, data: Uint8Array])[];
  /** What becomes of zlib's datastream: the data of the IDAT chunks. */
  readonly split?: (deflated: Buffer) => readonly Uint8Array[];
}

export const samplesPerPixel: Readonly<Record<ColourType, number>> = {
  greyscale: 1,
  truecolour: 3,
  indexed: 1,
  'greyscale-alpha': 2,
  'truecolour-alpha': 4,
};

export function writePng(png: PngSample): Buffer {
  const deflated = deflateSync(filteredScanlines(png), { level: 1 });
  return pngOf(
    ['IHDR', header(png)],
    ...(png.chunks ?? []),
    ...(png.split?.(deflated) ?? [deflated]).map((data) => ['IDAT', data] as const),
    ['IEND', new Uint8Array()],
  );
}

export function pngOf(...chunks: readonly (readonly [type: string, data: Uint8Array])[]): Buffer {
  return Buffer.concat([signature, ...chunks.flatMap(([type, data]) => chunkParts(type, data))]);
}

export function header(
  { width, height, bitDepth, colourType }: Omit<PngSample, 'sample'>,
  interlaceMethod = 0,
): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([bitDepth, colourTypeCodes[colourType], 0, 0, interlaceMethod], 8);
  return data;
}

export function filteredScanlines(png: PngSample): Buffer {
  const pixelBytes = Math.max(1, (samplesPerPixel[png.colourType] * png.bitDepth) >> 3);
  const rows: Buffer[] = [];
  let above: Buffer | undefined;
  for (let y = 0; y < png.height; y++) {
    const row = scanline(png, y);
    const type = png.filterType?.(y) ?? 0;
    rows.push(Buffer.of(type), filtered(row, above, type, pixelBytes));
    above = row;
  }
  return Buffer.concat(rows);
}

/** Samples packed from the high bits on (7.2). */
function scanline({ width, bitDepth, colourType, sample }: PngSample, y: number): Buffer {
  const perPixel = samplesPerPixel[colourType];
  const row = Buffer.alloc(Math.ceil((width * perPixel * bitDepth) / 8));
  for (let i = 0; i < width * perPixel; i++) {
    const value = sample(Math.floor(i / perPixel), y, i % perPixel);
    if (bitDepth === 16) row.writeUInt16BE(value, i * 2);
    else {
      const bit = i * bitDepth;
      row[bit >> 3] = (row[bit >> 3] ?? 0) | (value << (8 - bitDepth - (bit & 7)));
    }
  }
  return row;
}

/** 9.2, straight from the formulas. */
export function filtered(row: Buffer, above: Buffer | undefined, type: number, pixelBytes: number): Buffer {
  return Buffer.from(
    row.map((x, i) => {
      const a = row[i - pixelBytes] ?? 0;
      const b = above?.[i] ?? 0;
      const c = above?.[i - pixelBytes] ?? 0;
      const predicted = [0, a, b, Math.floor((a + b) / 2), paeth(a, b, c)];
      return x - (predicted[type] ?? 0);
    }),
  );
}

function paeth(a: number, b: number, c: number): number {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}

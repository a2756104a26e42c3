import { deflateSync } from 'node:zlib';
import { chunkParts, signature } from './chunks.ts';
import type { PngScanlines } from './png-codec.ts';
import { type ColourType, colourTypeCodes } from './png-header.ts';

/** The compression level. For file sizes and times see docs/adr/0025. */
const level = 4;

const colourTypesByChannels: readonly ColourType[] = [
  'greyscale',
  'greyscale-alpha',
  'truecolour',
  'truecolour-alpha',
];

/** Makes a PNG datastream of IHDR, IDAT and IEND. Without further chunks, readers assume sRGB. */
export function encodePng({ scanlines, channels, width, height }: PngScanlines): Buffer {
  const colourType = colourTypesByChannels[channels - 1] ?? 'truecolour-alpha';
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourTypeCodes[colourType], 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    ...chunkParts('IHDR', header),
    ...chunkParts('IDAT', deflateSync(scanlines, { level, chunkSize: scanlines.length + 64 })),
    ...chunkParts('IEND', Buffer.alloc(0)),
  ]);
}

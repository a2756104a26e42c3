import type { Size } from '../../../../codecs/common/geometry.ts';
import { type FileBytes, viewAt } from '../../../../codecs/headers/file-bytes.ts';
import { damaged, endsTooEarly, notReadHere } from '../faults.ts';
import { profileOfBmp } from './bmp-colours.ts';

/** How pixels are packed. */
type Packing = 'plain' | 'rle4' | 'rle8' | 'rle24' | 'jpeg' | 'png';

/** What stands before the pixels of a device-independent bitmap: of a BMP, or of a picture in an icon. */
export interface BmpHeader {
  readonly size: Size;
  /** Rows from the bottom, as nearly always. */
  readonly isBottomUp: boolean;
  readonly bits: number;
  readonly packing: Packing;
  /** Where the bits of red, green, blue and alpha are; 0 for none. Of pixels of 16 and 32 bits. */
  readonly masks: Masks;
  /** Red, green and blue of each colour. Fewer than the pixels could name where the file has fewer. */
  readonly palette: Uint8Array;
  readonly pixelsAt: number;
  /** Of what is packed; 0 where it is not told. */
  readonly packedLength: number;
  readonly profile: Uint8Array | undefined;
}

type Masks = readonly [red: number, green: number, blue: number, alpha: number];

const fileHeaderBytes = 14;
/** The header of OS/2's first version, with sizes of 16 bits and colours of three bytes. */
const coreBytes = 12;
/** Windows' first: masks follow it. Later ones have them inside. */
const infoBytes = 40;
const masksAt = 40;
const noMasks: Masks = [0, 0, 0, 0];
const masksOf16: Masks = [0x7c00, 0x3e0, 0x1f, 0];
const masksOf32: Masks = [0xff0000, 0xff00, 0xff, 0];

const BITFIELDS = 3;
const ALPHABITFIELDS = 6;

/** Reads the header of a BMP file. @throws ItemError */
export function readBmpHeader(file: FileBytes, name: string): BmpHeader {
  const start = viewAt(file, 0, fileHeaderBytes);
  if (!start) throw endsTooEarly(name);
  return readDibHeader(file, name, fileHeaderBytes, start.getUint32(10, true));
}

/**
 * Reads the header of a bitmap that stands anywhere in a file.
 * @param pixelsAt where its pixels are said to be; absent: behind its palette.
 */
export function readDibHeader(file: FileBytes, name: string, at: number, pixelsAt?: number): BmpHeader {
  const length = viewAt(file, at, 4)?.getUint32(0, true);
  if (length === undefined) throw endsTooEarly(name);
  if (length < 16 && length !== coreBytes) throw damaged(name, 'its header has no known length');
  const view = viewAt(file, at, Math.min(length, 124));
  if (!view) throw endsTooEarly(name);
  // A shorter header leaves fields out, which are 0 then.
  const u32 = (offset: number) => (offset + 4 <= view.byteLength ? view.getUint32(offset, true) : 0);
  const isCore = length === coreBytes;
  const width = isCore ? view.getUint16(4, true) : view.getInt32(4, true);
  const height = isCore ? view.getUint16(6, true) : view.getInt32(8, true);
  if (width <= 0 || height === 0) throw damaged(name, 'it has no pixels');
  const bits = view.getUint16(isCore ? 10 : 14, true);
  const compression = isCore ? 0 : u32(16);
  const maskCount = compression === ALPHABITFIELDS ? 4 : compression === BITFIELDS ? 3 : 0;
  const paletteAt = at + length + (length === infoBytes ? 4 * maskCount : 0);
  const entryBytes = isCore ? 3 : 4;
  const colours = bits > 8 ? 0 : Math.min(u32(32) || 256, 1 << bits);
  // Some files say nonsense of where their pixels are.
  const isTold = pixelsAt !== undefined && pixelsAt >= paletteAt && pixelsAt < file.length;
  const room = isTold ? Math.floor((pixelsAt - paletteAt) / entryBytes) : colours;
  const entries = file.read(paletteAt, entryBytes * Math.min(colours, room));
  const from = isTold ? pixelsAt : paletteAt + entryBytes * colours;
  const packing = packingOf(compression, bits, file.read(from, 2), name);
  return {
    size: { width, height: Math.abs(height) },
    isBottomUp: height > 0,
    bits,
    packing,
    masks: masksOf(file, at, length, bits, maskCount),
    palette: paletteOf(entries, entryBytes),
    pixelsAt: from,
    packedLength: packing === 'plain' ? 0 : u32(20),
    profile: profileOfBmp(file, at, view),
  };
}

function packingOf(compression: number, bits: number, start: Uint8Array, name: string): Packing {
  switch (compression) {
    case 0:
    case ALPHABITFIELDS:
      if ([1, 2, 4, 8, 16, 24, 32, 64].includes(bits)) return 'plain';
      throw notReadHere(name, `has pixels of ${bits} bits`);
    case 1:
      if (bits === 8) return 'rle8';
      break;
    case 2:
      if (bits === 4) return 'rle4';
      break;
    case BITFIELDS:
      if (bits === 1) throw notReadHere(name, 'is compressed as a fax');
      if (bits === 16 || bits === 32) return 'plain';
      break;
    case 4:
      // OS/2 and Windows gave the number two meanings.
      if (start[0] === 0xff && start[1] === 0xd8) return 'jpeg';
      if (bits === 24) return 'rle24';
      break;
    case 5:
      return 'png';
  }
  throw notReadHere(name, `is compressed by method ${compression} with pixels of ${bits} bits`);
}

function masksOf(file: FileBytes, at: number, length: number, bits: number, count: number): Masks {
  if (bits !== 16 && bits !== 32) return noMasks;
  const usual = bits === 16 ? masksOf16 : masksOf32;
  const inHeader = length === 52 ? 3 : length >= 56 && length !== 64 ? 4 : 0;
  const view = viewAt(file, at + masksAt, 4 * Math.max(count, inHeader));
  if (!view) return usual;
  const mask = (index: number) => (4 * index < view.byteLength ? view.getUint32(4 * index, true) : 0);
  if (count > 0) return [mask(0), mask(1), mask(2), mask(3)];
  // Without compression only alpha's is meant: a file of the later versions says by it that there is alpha.
  return bits === 32 && mask(3) === 0xff000000
    ? ([...masksOf32.slice(0, 3), mask(3)] as unknown as Masks)
    : usual;
}

function paletteOf(entries: Uint8Array, entryBytes: number): Uint8Array {
  const count = Math.floor(entries.length / entryBytes);
  const palette = new Uint8Array(3 * count);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) palette[3 * i + c] = entries[entryBytes * i + 2 - c] ?? 0;
  }
  return palette;
}

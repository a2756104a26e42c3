import { brotliDecompressSync } from 'node:zlib';
import type { Size } from '../../../../codecs/common/geometry.ts';
import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { boxesIn, type FileBox } from '../boxes.ts';
import { damaged, endsTooEarly } from '../faults.ts';

/** What a JPEG XL file says of its picture. */
export interface JxlHeader {
  /** As it is shown: the decoder turns it. */
  readonly size: Size;
  readonly exif: Uint8Array | undefined;
  readonly xmp: Uint8Array | undefined;
}

/** So many bytes hold the size and the orientation. */
const startBytes = 32;
const mostMetadataBytes = 16 * 1024 * 1024;
/** The shapes that a width need not be told for, as width and height. */
const ratios = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
] as const;

/** A bare codestream, or boxes around it (ISO/IEC 18181-2). @throws ItemError */
export function readJxlHeader(file: FileBytes, name: string): JxlHeader {
  const start = file.read(0, startBytes);
  if (start[0] === 0xff) return { size: sizeOf(start, name), exif: undefined, xmp: undefined };
  let size: Size | undefined;
  const metadata = new Map<string, Uint8Array | undefined>();
  for (const box of boxesIn(file, 0, file.length)) {
    if (box.to > file.length) throw endsTooEarly(name);
    if (box.type === 'jxlc') size ??= sizeOf(file.read(box.from, startBytes), name);
    // A part begins with its number.
    if (box.type === 'jxlp') size ??= sizeOf(file.read(box.from + 4, startBytes), name);
    const type = typeOfMetadata(file, box);
    // A hostile file could have thousands that unpack to megabytes: the first of each kind is the picture's.
    if (type === undefined || metadata.has(type)) continue;
    metadata.set(type, metadataIn(file, box));
  }
  if (!size) throw endsTooEarly(name);
  // Four bytes tell where TIFF's header is.
  return { size, exif: metadata.get('Exif')?.subarray(4), xmp: metadata.get('xml ') };
}

/** What a box holds, packed or not; `undefined` if it is no metadata. */
function typeOfMetadata(file: FileBytes, { type, from }: FileBox): string | undefined {
  const inside = type === 'brob' ? Buffer.from(file.read(from, 4)).toString('latin1') : type;
  return inside === 'Exif' || inside === 'xml ' ? inside : undefined;
}

function metadataIn(file: FileBytes, { type, from, to }: FileBox): Uint8Array | undefined {
  if (to - from > mostMetadataBytes) return undefined;
  const bytes = Uint8Array.from(file.read(from, to - from));
  if (type !== 'brob') return bytes;
  try {
    return brotliDecompressSync(bytes.subarray(4), { maxOutputLength: mostMetadataBytes });
  } catch {
    // Not the picture's fault.
    return undefined;
  }
}

/** ISO/IEC 18181-1: the signature, SizeHeader, and of ImageMetadata the orientation. @throws ItemError */
function sizeOf(bytes: Uint8Array, name: string): Size {
  if (bytes[0] !== 0xff || bytes[1] !== 0x0a) throw damaged(name, 'its codestream does not begin as one');
  const bits = new Bits(bytes.subarray(2));
  const isSmall = bits.take(1) === 1;
  const side = () => (isSmall ? 8 * (bits.take(5) + 1) : 1 + bits.take([9, 13, 18, 30][bits.take(2)] ?? 9));
  const height = side();
  const ratio = ratios[bits.take(3) - 1];
  const width = ratio ? Math.floor((height * ratio[0]) / ratio[1]) : side();
  const isAllDefault = bits.take(1) === 1;
  const orientation = !isAllDefault && bits.take(1) === 1 ? bits.take(3) + 1 : 1;
  if (bits.isSpent) throw endsTooEarly(name);
  return orientation > 4 ? { width: height, height: width } : { width, height };
}

/** Numbers of any number of bits, the lowest first. */
class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether more has been taken than there is: those bits were 0. */
  get isSpent(): boolean {
    return this.#at > 8 * this.#bytes.length;
  }

  take(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) {
      value += (((this.#bytes[this.#at >> 3] ?? 0) >> (this.#at & 7)) & 1) * 2 ** i;
    }
    return value;
  }
}

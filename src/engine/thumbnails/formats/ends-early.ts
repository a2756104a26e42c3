import type { FileBytes } from '../../../codecs/headers/file-bytes.ts';

/** Whether a file ends before its image does, by the lengths that it states itself. */
type EndsEarly = (file: FileBytes) => boolean;

/** So many parts of a file are looked at before it is taken for complete: a hostile file could have millions. */
const mostParts = 200_000;

/**
 * By the name of the format. Decoders report a missing end and damage in the same words, and those words may be about
 * another image that is being decoded at the same time, so the file's own structure decides.
 */
const checks: Readonly<Record<string, EndsEarly>> = {
  JPEG: jpegEndsEarly,
  PNG: pngEndsEarly,
  WebP: webpEndsEarly,
  GIF: gifEndsEarly,
  AVIF: boxesEndEarly,
  TIFF: tiffEndsEarly,
};

export function endsEarly(format: string, file: FileBytes): boolean {
  return checks[format]?.(file) ?? false;
}

/** T.81, B.2.1: an image ends with EOI. Cameras append further data, so EOI may be anywhere behind the first scan. */
function jpegEndsEarly(file: FileBytes): boolean {
  const pieceLength = 1 << 16;
  for (let end = file.length; end > 0; end -= pieceLength - 1) {
    const at = Math.max(0, end - pieceLength);
    const piece = Buffer.from(file.read(at, end - at));
    if (piece.includes('\xff\xd9', 0, 'latin1')) return false;
  }
  return true;
}

/** PNG, third edition, 5.3 and 5.6: chunks, each with its length, type and CRC, up to IEND. */
function pngEndsEarly(file: FileBytes): boolean {
  for (let at = 8, parts = 0; parts < mostParts; parts++) {
    const length = unsigned(file, at, 4);
    const type = latin1(file, at + 4, 4);
    if (Number.isNaN(length) || type.length < 4) return true;
    // Not a chunk: damage, not a missing end.
    if (!/^[A-Za-z]{4}$/.test(type)) return false;
    if (type === 'IEND') return false;
    at += 12 + length;
  }
  return false;
}

/** RFC 9649, 2.4: the RIFF header states the length of what follows it. */
function webpEndsEarly(file: FileBytes): boolean {
  const length = unsigned(file, 4, 4, true);
  return Number.isNaN(length) || length + 8 > file.length;
}

/** GIF89a, 12 to 27: blocks up to the trailer. An image is complete with the terminator of its first frame. */
function gifEndsEarly(file: FileBytes): boolean {
  const flags = unsigned(file, 10, 1);
  let at = 13 + tableLength(flags);
  for (let parts = 0; parts < mostParts; parts++) {
    const introducer = unsigned(file, at, 1);
    if (Number.isNaN(introducer)) return true;
    if (introducer === 0x21) {
      at = endOfSubBlocks(file, at + 2);
    } else if (introducer === 0x2c) {
      const own = unsigned(file, at + 9, 1);
      const end = endOfSubBlocks(file, at + 10 + tableLength(own) + 1);
      return !(end <= file.length);
    } else {
      return false;
    }
  }
  return false;
}

function tableLength(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** The position behind the block terminator. NaN if the file ends before it. */
function endOfSubBlocks(file: FileBytes, from: number): number {
  let at = from;
  for (let parts = 0; parts < mostParts * 10; parts++) {
    const length = unsigned(file, at, 1);
    at += 1 + length;
    if (!(length > 0)) break;
  }
  return at;
}

/** ISO/IEC 14496-12, 4.2: boxes with their lengths; 1 means a length of 64 bits, 0 up to the end of the file. */
function boxesEndEarly(file: FileBytes): boolean {
  let at = 0;
  for (let parts = 0; at < file.length && parts < mostParts; parts++) {
    const short = unsigned(file, at, 4);
    const length = short === 1 ? unsigned(file, at + 8, 8) : short;
    if (Number.isNaN(length)) return true;
    // Further boxes than that of the pixels need not be there.
    if (latin1(file, at + 4, 4) === 'mdat') return length !== 0 && at + length > file.length;
    if (length < 8) return false;
    at += length;
  }
  return true;
}

/** Bytes of a value of each type: TIFF 6.0, section 2, and the three of BigTIFF. */
const tiffTypeBytes = [
  undefined,
  1,
  1,
  2,
  4,
  8,
  1,
  1,
  2,
  4,
  8,
  4,
  8,
  4,
  undefined,
  undefined,
  8,
  8,
  8,
] as const;

/** TIFF 6.0, section 2 and the fields StripOffsets, StripByteCounts, TileOffsets, TileByteCounts of the first directory. */
function tiffEndsEarly(file: FileBytes): boolean {
  const littleEndian = latin1(file, 0, 2) === 'II';
  const number = (at: number, length: 2 | 4 | 8) => unsigned(file, at, length, littleEndian);
  const isBig = number(2, 2) === 43;
  const word = isBig ? 8 : 4;
  const directory = number(isBig ? 8 : 4, word);
  const entries = number(directory, isBig ? 8 : 2);
  const first = directory + (isBig ? 8 : 2);
  const entryLength = 4 + 2 * word;
  if (!(first + entries * entryLength <= file.length)) return true;
  const values = new Map<number, readonly number[]>();
  for (let i = 0; i < Math.min(entries, 4_096); i++) {
    const at = first + i * entryLength;
    const tag = number(at, 2);
    const size = tiffTypeBytes[number(at + 2, 2)];
    if (size === undefined) continue;
    const count = number(at + 4, word);
    const from = count * size <= word ? at + 4 + word : number(at + 4 + word, word);
    if (!(from + count * size <= file.length)) return true;
    if (![273, 279, 324, 325].includes(tag) || (size !== 2 && size !== 4 && size !== 8)) continue;
    values.set(
      tag,
      Array.from({ length: Math.min(count, mostParts) }, (_, k) => number(from + k * size, size)),
    );
  }
  const offsets = values.get(273) ?? values.get(324) ?? [];
  const lengths = values.get(279) ?? values.get(325) ?? [];
  return offsets.some((offset, i) => !(offset + (lengths[i] ?? 0) <= file.length));
}

/** A number of bytes of the file. NaN behind its end. */
function unsigned(file: FileBytes, at: number, length: 1 | 2 | 4 | 8, littleEndian = false): number {
  const bytes = file.read(at, length);
  if (bytes.length < length) return Number.NaN;
  const ordered = littleEndian ? bytes.slice().reverse() : bytes;
  return ordered.reduce((value, byte) => value * 256 + byte, 0);
}

function latin1(file: FileBytes, at: number, length: number): string {
  return Buffer.from(file.read(at, length)).toString('latin1');
}

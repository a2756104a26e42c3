import { type FileBytes, holdsText, viewAt } from '../../../codecs/headers/file-bytes.ts';
import { gifEndsEarly } from '../../../codecs/headers/gif-header.ts';
import { tiffEndsEarly } from '../../../codecs/headers/tiff-header.ts';

/** Whether a file ends before its image does, by the lengths that it states itself. Bytes are only looked at. */
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
  HEIC: heicEndsEarly,
  TIFF: tiffEndsEarly,
};

export function endsEarly(format: string, file: FileBytes): boolean {
  return checks[format]?.(file) ?? false;
}

/**
 * T.81, B.2.1: an image ends with EOI. Cameras append further data, so EOI may be anywhere behind the first scan. A
 * preview within the metadata has an EOI of its own, so what stands before SOS does not count.
 */
function jpegEndsEarly(file: FileBytes): boolean {
  const scan = firstScan(file);
  if (scan === undefined) return true;
  const pieceLength = 1 << 16;
  for (let end = file.length; end > scan; end -= pieceLength - 1) {
    const at = Math.max(scan, end - pieceLength);
    const piece = Buffer.from(file.read(at, end - at));
    if (piece.includes('\xff\xd9', 0, 'latin1')) return false;
  }
  return true;
}

/** Where the first SOS stands; `undefined` if the file ends before. 2 where segments cannot be followed. */
function firstScan(file: FileBytes): number | undefined {
  for (let at = 2, parts = 0; parts < mostParts; parts++) {
    const segment = viewAt(file, at, 4);
    if (!segment) return undefined;
    if (segment.getUint8(0) !== 0xff) return 2;
    const code = segment.getUint8(1);
    if (code === 0xda) return at;
    at += code === 0xff ? 1 : 2 + segment.getUint16(2);
  }
  return 2;
}

/** PNG, third edition, 5.3 and 5.6: chunks, each with its length, type and CRC, up to IEND. */
function pngEndsEarly(file: FileBytes): boolean {
  for (let at = 8, parts = 0; parts < mostParts; parts++) {
    const chunk = viewAt(file, at, 8);
    if (!chunk) return true;
    if (holdsText(chunk, 'IEND', 4)) return false;
    // Not a chunk: damage, not a missing end.
    for (let i = 4; i < 8; i++) if (!isLetter(chunk.getUint8(i))) return false;
    at += 12 + chunk.getUint32(0);
  }
  return false;
}

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** RFC 9649, 2.4: the RIFF header states the length of what follows it. */
function webpEndsEarly(file: FileBytes): boolean {
  const riff = viewAt(file, 0, 8);
  return !riff || riff.getUint32(4, true) + 8 > file.length;
}

/** ISO/IEC 14496-12, 4.2: boxes with their lengths; 1 means a length of 64 bits, 0 up to the end of the file. */
function boxesEndEarly(file: FileBytes): boolean {
  let at = 0;
  for (let parts = 0; at < file.length && parts < mostParts; parts++) {
    const box = viewAt(file, at, 8);
    if (!box) return true;
    const short = box.getUint32(0);
    const long = short === 1 ? viewAt(file, at + 8, 8) : undefined;
    if (short === 1 && !long) return true;
    const length = long ? Number(long.getBigUint64(0)) : short;
    // Further boxes than that of the pixels need not be there.
    if (holdsText(box, 'mdat', 4)) return length !== 0 && at + length > file.length;
    if (length < 8) return false;
    at += length;
  }
  return true;
}

/**
 * The same where the pixels may stand in front of what tells of them, and where cameras append what is no box. The file
 * has to have both: `meta` tells of still pictures, `moov` of moving ones.
 */
function heicEndsEarly(file: FileBytes): boolean {
  let isTold = false;
  for (let at = 0, parts = 0; at < file.length && parts < mostParts; parts++) {
    const box = viewAt(file, at, 8);
    if (!box) return !isTold;
    const short = box.getUint32(0);
    const long = short === 1 ? viewAt(file, at + 8, 8) : undefined;
    const length = long ? Number(long.getBigUint64(0)) : short;
    const tells = holdsText(box, 'meta', 4) || holdsText(box, 'moov', 4);
    const isNeeded = tells || holdsText(box, 'ftyp', 4) || holdsText(box, 'mdat', 4);
    if (isNeeded && at + length > file.length) return true;
    isTold ||= tells;
    if (length < 8) return !isTold;
    at += length;
  }
  return !isTold;
}

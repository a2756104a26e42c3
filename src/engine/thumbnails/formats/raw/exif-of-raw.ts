import { type Directory, rangeOf } from '../../../../codecs/headers/tiff-directories.ts';

/** The directories of a raw photo that tell of it, wherever each was found. */
export interface ExifDirectories {
  readonly first?: Directory | undefined;
  readonly exif?: Directory | undefined;
  readonly gps?: Directory | undefined;
}

interface Field {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly bytes: Uint8Array;
}

const LONG = 4;
const EXIF = 34665;
const GPS = 34853;
/** Of the first directory: what tells of the photo, not of the pixels that lie there (EXIF 2.3, 4.6.4 D). */
const toldInFirst: ReadonlySet<number> = new Set([270, 271, 272, 274, 305, 306, 315, 33432]);
/** The maker's notes, whose offsets are right only where they lie, and a directory of EXIF's own. */
const leftOut: ReadonlySet<number> = new Set([37500, 40965]);
/** What is longer does not fit into a JPEG's segment beside the rest. */
const mostBytes = 8 * 1024;
const mostBytesOfAll = 48 * 1024;

/** EXIF as a block of its own, as other files contain it; `undefined` where the photo tells nothing. */
export function exifBlock({ first, exif, gps }: ExifDirectories): Uint8Array | undefined {
  const little = (first ?? exif ?? gps)?.tiff.little;
  if (little === undefined) return undefined;
  let left = mostBytesOfAll;
  const fieldsOf = (directory: Directory | undefined, isWanted: (tag: number) => boolean): Field[] => {
    // Numbers stay as they are written, so that all have to be in one order.
    if (!directory || directory.tiff.little !== little) return [];
    const fields: Field[] = [];
    for (const [tag, { type, count }] of directory.fields) {
      const range = rangeOf(directory, tag);
      if (!range || !isWanted(tag) || range.length > Math.min(mostBytes, left)) continue;
      const bytes = directory.tiff.file.read(range.at, range.length);
      if (bytes.length < range.length) continue;
      left -= range.length + 12;
      fields.push({ tag, type, count, bytes });
    }
    return fields.sort((a, b) => a.tag - b.tag);
  };
  const told = fieldsOf(first, (tag) => toldInFirst.has(tag));
  const inExif = fieldsOf(exif, (tag) => !leftOut.has(tag));
  const inGps = fieldsOf(gps, () => true);
  if (told.length + inExif.length + inGps.length === 0) return undefined;
  return blockOf(little, told, inExif, inGps);
}

function blockOf(
  little: boolean,
  told: readonly Field[],
  inExif: readonly Field[],
  inGps: readonly Field[],
): Uint8Array {
  const uint = (value: number, size: 2 | 4): Buffer => {
    const bytes = Buffer.alloc(size);
    if (little) bytes.writeUIntLE(value, 0, size);
    else bytes.writeUIntBE(value, 0, size);
    return bytes;
  };
  /** A directory that stands at `at`, and behind it what does not fit into it. */
  const directory = (fields: readonly Field[], at: number): Buffer => {
    const entries: Buffer[] = [];
    const behind: Buffer[] = [];
    let free = at + 2 + 12 * fields.length + 4;
    for (const { tag, type, count, bytes } of fields) {
      const isInline = bytes.length <= 4;
      const value = isInline ? Buffer.concat([bytes, Buffer.alloc(4 - bytes.length)]) : uint(free, 4);
      entries.push(uint(tag, 2), uint(type, 2), uint(count, 4), value);
      if (isInline) continue;
      const padded = Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)]);
      behind.push(padded);
      free += padded.length;
    }
    return Buffer.concat([uint(fields.length, 2), ...entries, uint(0, 4), ...behind]);
  };
  const header = Buffer.concat([Buffer.from(little ? 'II' : 'MM'), uint(42, 2), uint(8, 4)]);
  const pointer = (tag: number, at: number): Field => ({ tag, type: LONG, count: 1, bytes: uint(at, 4) });
  const first = (exifAt: number, gpsAt: number): Buffer => {
    const pointers = [
      ...(inExif.length > 0 ? [pointer(EXIF, exifAt)] : []),
      ...(inGps.length > 0 ? [pointer(GPS, gpsAt)] : []),
    ];
    return directory(
      [...told, ...pointers].sort((a, b) => a.tag - b.tag),
      8,
    );
  };
  const exifAt = 8 + first(0, 0).length;
  const exif = inExif.length > 0 ? directory(inExif, exifAt) : Buffer.alloc(0);
  const gpsAt = exifAt + exif.length;
  const gps = inGps.length > 0 ? directory(inGps, gpsAt) : Buffer.alloc(0);
  return Buffer.concat([header, first(exifAt, gpsAt), exif, gps]);
}

import type { Orientation } from '../common/geometry.ts';
import { type FileBytes, viewAt } from './file-bytes.ts';

/** What the first image of a TIFF file tells of itself, by its tags or their defaults (TIFF 6.0, section 8). */
export interface TiffHeader {
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  /** Tag 259. */
  readonly compression: number;
  /** Tag 262; `undefined` if it is absent. */
  readonly photometric: number | undefined;
  /** Bits of each sample of a pixel. */
  readonly bits: readonly number[];
  readonly samplesPerPixel: number;
  /** Tag 339: 1 unsigned, 2 signed, 3 floating point, 4 undefined, 5 and 6 complex. */
  readonly sampleFormat: number;
  /** Whether each sample has a plane of its own (tag 284). */
  readonly planar: boolean;
  readonly tiled: boolean;
  /** Whether there is an ICC profile (tag 34675, ICC.1 annex B.4). */
  readonly hasProfile: boolean;
}

const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  orientation: 274,
  samplesPerPixel: 277,
  planar: 284,
  tileWidth: 322,
  sampleFormat: 339,
  profile: 34675,
} as const;

/** The size in bytes of the types of whole numbers: BYTE, SHORT, LONG, UNDEFINED, and LONG8 of BigTIFF. */
const integerSizes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 7: 1, 16: 8 };
/** Bounds on what a header may make us read. */
const mostEntries = 4096;
const mostValues = 16;

/** The two forms of a file: the classic one, and BigTIFF with 64-bit offsets. */
interface Form {
  readonly little: boolean;
  readonly offsetSize: 4 | 8;
  readonly countSize: 2 | 8;
  readonly entrySize: 12 | 20;
}

/** Reads IFD0 of a TIFF or BigTIFF file in either byte order. @returns `undefined` if there is none. */
export function readTiffHeader(file: FileBytes): TiffHeader | undefined {
  const found = findDirectory(file);
  return found && headerAt(file, found.form, found.at);
}

/** Bytes of a value of each type: TIFF 6.0 section 2, and the three of BigTIFF. */
const typeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8] as const;
/** Where strips and tiles lie, and how long they are (tags 273, 324; 279, 325). */
const offsetTags: ReadonlySet<number> = new Set([273, 324]);
const lengthTags: ReadonlySet<number> = new Set([279, 325]);
/** More strips or tiles than any writer makes. */
const mostPieces = 100_000;

/** Whether the file ends before something that its first directory refers to: the directory, a field, a strip or a tile. */
export function tiffEndsEarly(file: FileBytes): boolean {
  const found = findDirectory(file);
  if (!found) return file.length < 16;
  const { form, at } = found;
  const { little, countSize, entrySize, offsetSize } = form;
  const counted = viewAt(file, at, countSize);
  if (!counted) return true;
  const count = Math.min(whole(counted, 0, countSize, little), mostEntries);
  let offsets: readonly number[] | undefined;
  let lengths: readonly number[] | undefined;
  for (let i = 0; i < count; i++) {
    const entry = viewAt(file, at + countSize + i * entrySize, entrySize);
    if (!entry) return true;
    const tag = entry.getUint16(0, little);
    const size = typeSizes[entry.getUint16(2, little)] ?? 0;
    const values = whole(entry, 4, offsetSize, little);
    const isInline = values * size <= offsetSize;
    const from = isInline ? 0 : whole(entry, 4 + offsetSize, offsetSize, little);
    if (!isInline && from + values * size > file.length) return true;
    const isWanted = (offsetTags.has(tag) && !offsets) || (lengthTags.has(tag) && !lengths);
    if (!isWanted || !(size === 2 || size === 4 || size === 8)) continue;
    const pieces = Math.min(values, mostPieces);
    const data = isInline ? entry : viewAt(file, from, pieces * size);
    if (!data) return true;
    const read = Array.from({ length: pieces }, (_, n) =>
      whole(data, (isInline ? 4 + offsetSize : 0) + n * size, size, little),
    );
    if (offsetTags.has(tag)) offsets = read;
    else lengths = read;
  }
  return (offsets ?? []).some((offset, piece) => offset + (lengths?.[piece] ?? 0) > file.length);
}

interface Directory {
  readonly form: Form;
  readonly at: number;
}

/** Where IFD0 lies. */
function findDirectory(file: FileBytes): Directory | undefined {
  const head = viewAt(file, 0, 8);
  const mark = head?.getUint16(0);
  if (!head || (mark !== 0x4949 && mark !== 0x4d4d)) return undefined;
  const little = mark === 0x4949;
  const version = head.getUint16(2, little);
  if (version === 42) {
    const form = { little, offsetSize: 4, countSize: 2, entrySize: 12 } as const;
    return { form, at: head.getUint32(4, little) };
  }
  const first = version === 43 && head.getUint16(4, little) === 8 ? viewAt(file, 8, 8) : undefined;
  const form = { little, offsetSize: 8, countSize: 8, entrySize: 20 } as const;
  return first && { form, at: whole(first, 0, 8, little) };
}

function headerAt(file: FileBytes, form: Form, at: number): TiffHeader | undefined {
  const tags = readTags(file, form, at);
  const first = (tag: number): number | undefined => tags?.get(tag)?.[0];
  const [width, height] = [first(TAG.width), first(TAG.height)];
  if (!tags || !width || !height) return undefined;
  return {
    width,
    height,
    orientation: orientationOf(first(TAG.orientation)),
    compression: first(TAG.compression) ?? 1,
    photometric: first(TAG.photometric),
    bits: tags.get(TAG.bits) ?? [1],
    samplesPerPixel: first(TAG.samplesPerPixel) ?? 1,
    sampleFormat: first(TAG.sampleFormat) ?? 1,
    planar: first(TAG.planar) === 2,
    tiled: tags.has(TAG.tileWidth),
    hasProfile: tags.has(TAG.profile),
  };
}

function orientationOf(value = 1): Orientation {
  return value >= 1 && value <= 8 ? (value as Orientation) : 1;
}

/** The whole numbers of the tags above; of each the first few. */
function readTags(
  file: FileBytes,
  form: Form,
  at: number,
): ReadonlyMap<number, readonly number[]> | undefined {
  const { little, countSize, entrySize, offsetSize } = form;
  const counted = viewAt(file, at, countSize);
  if (!counted) return undefined;
  const count = Math.min(whole(counted, 0, countSize, little), mostEntries);
  const wanted: ReadonlySet<number> = new Set(Object.values(TAG));
  const tags = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const entry = viewAt(file, at + countSize + i * entrySize, entrySize);
    if (!entry) return undefined;
    const tag = entry.getUint16(0, little);
    const size = integerSizes[entry.getUint16(2, little)];
    if (size === undefined || !wanted.has(tag)) continue;
    const values = whole(entry, 4, offsetSize, little);
    const length = Math.min(values, mostValues) * size;
    const valueAt = 4 + offsetSize;
    const inline = values * size <= offsetSize;
    const data = inline ? entry : viewAt(file, whole(entry, valueAt, offsetSize, little), length);
    if (!data) continue;
    const from = inline ? valueAt : 0;
    tags.set(
      tag,
      Array.from({ length: length / size }, (_, n) => whole(data, from + n * size, size, little)),
    );
  }
  return tags;
}

function whole(view: DataView, at: number, size: number, little: boolean): number {
  switch (size) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, little);
    case 4:
      return view.getUint32(at, little);
    default:
      return Number(view.getBigUint64(at, little));
  }
}

import { type FileBytes, viewAt } from './file-bytes.ts';

/** TIFF data within a file: EXIF, maker notes and raw photos begin anywhere, and count from their own beginning. */
export interface TiffData {
  readonly file: FileBytes;
  /** What offsets count from. */
  readonly base: number;
  readonly little: boolean;
}

interface Field {
  readonly type: number;
  readonly count: number;
  /** Where its values lie in the file. */
  readonly at: number;
}

/** A directory of fields by their tags (TIFF 6.0, section 2). */
export interface Directory {
  readonly tiff: TiffData;
  readonly fields: ReadonlyMap<number, Field>;
  /** The offset of the directory that follows it; 0: none does. */
  readonly next: number;
}

/** The size in bytes of a value of each type. 13 is an offset of a directory, as LONG. */
const typeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4] as const;
/** More than any camera writes into one directory. */
const mostFields = 1024;

/** The TIFF data that begins at a place, and where its first directory is. */
export function tiffAt(file: FileBytes, base: number): { tiff: TiffData; first: number } | undefined {
  const head = viewAt(file, base, 8);
  const order = head?.getUint16(0);
  if (!head || (order !== 0x4949 && order !== 0x4d4d)) return undefined;
  const little = order === 0x4949;
  // What stands for 42 differs from maker to maker.
  return { tiff: { file, base, little }, first: head.getUint32(4, little) };
}

/** @returns `undefined` where the file ends before, or where no directory can be. */
export function directoryAt(tiff: TiffData, offset: number): Directory | undefined {
  const { file, base, little } = tiff;
  const at = base + offset;
  const counted = viewAt(file, at, 2);
  if (!counted) return undefined;
  const count = counted.getUint16(0, little);
  if (count === 0 || count > mostFields) return undefined;
  const bytes = file.read(at + 2, count * 12 + 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const fields = new Map<number, Field>();
  for (let entry = 0; entry + 12 <= view.byteLength && entry < count * 12; entry += 12) {
    const type = view.getUint16(entry + 2, little);
    const length = (typeSizes[type] ?? 0) * view.getUint32(entry + 4, little);
    if (length === 0) continue;
    const inFile = length <= 4 ? at + 2 + entry + 8 : base + view.getUint32(entry + 8, little);
    const tag = view.getUint16(entry, little);
    if (!fields.has(tag)) fields.set(tag, { type, count: view.getUint32(entry + 4, little), at: inFile });
  }
  const end = count * 12;
  return { tiff, fields, next: end + 4 <= view.byteLength ? view.getUint32(end, little) : 0 };
}

/** The first whole numbers of a field; none where it is absent, or its values are something else. */
export function numbersOf({ tiff, fields }: Directory, tag: number, most = 16): readonly number[] {
  const field = fields.get(tag);
  const size = field && typeSizes[field.type];
  if (!field || !(size === 1 || size === 2 || size === 4) || field.type === 11) return [];
  const bytes = tiff.file.read(field.at, Math.min(field.count, most) * size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const numbers: number[] = [];
  for (let at = 0; at + size <= view.byteLength; at += size) {
    if (size === 1) numbers.push(view.getUint8(at));
    else numbers.push(size === 2 ? view.getUint16(at, tiff.little) : view.getUint32(at, tiff.little));
  }
  return numbers;
}

export function numberOf(directory: Directory, tag: number): number | undefined {
  return numbersOf(directory, tag, 1)[0];
}

/** Where the bytes of a field lie. */
export function rangeOf({ fields }: Directory, tag: number): { at: number; length: number } | undefined {
  const field = fields.get(tag);
  return field && { at: field.at, length: field.count * (typeSizes[field.type] ?? 0) };
}

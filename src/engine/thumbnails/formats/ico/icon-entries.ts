import type { Size } from '../../../../codecs/common/geometry.ts';
import { type FileBytes, viewAt } from '../../../../codecs/headers/file-bytes.ts';
import { isPng } from '../../../../codecs/png/chunks.ts';
import { ItemError } from '../../../../shared/failure.ts';
import { type BmpHeader, readDibHeader } from '../bmp/bmp-header.ts';
import { endsTooEarly } from '../faults.ts';

const directoryBytes = 6;
const entryBytes = 16;
/** More pictures are not looked at. */
const mostEntries = 256;
/** What is read of a PNG to know its size. */
const pngStartBytes = 24;

/** One of the pictures of an icon. */
export type IconEntry = PngEntry | BitmapEntry;

interface PngEntry {
  readonly kind: 'png';
  readonly size: Size;
  readonly bits: number;
  readonly at: number;
  readonly length: number;
}

export interface BitmapEntry {
  readonly kind: 'bitmap';
  readonly size: Size;
  readonly bits: number;
  /** Of its colours. The mask's rows follow them. */
  readonly header: BmpHeader;
}

/**
 * The pictures of an icon or cursor that can be read. Their sizes are their own: those of the directory end at 255.
 * @throws ItemError that of the first that cannot be read, if none can.
 */
export function iconEntries(file: FileBytes, name: string): readonly IconEntry[] {
  const directory = viewAt(file, 0, directoryBytes);
  if (!directory) throw endsTooEarly(name);
  const count = Math.min(directory.getUint16(4, true), mostEntries);
  const entries: IconEntry[] = [];
  let failure: ItemError | undefined;
  for (let i = 0; i < count; i++) {
    try {
      entries.push(entryAt(file, directoryBytes + entryBytes * i, name));
    } catch (error) {
      if (!(error instanceof ItemError)) throw error;
      failure ??= error;
    }
  }
  if (entries.length === 0) throw failure ?? endsTooEarly(name);
  return entries;
}

function entryAt(file: FileBytes, at: number, name: string): IconEntry {
  const entry = viewAt(file, at, entryBytes);
  if (!entry) throw endsTooEarly(name);
  const length = entry.getUint32(8, true);
  const from = entry.getUint32(12, true);
  const start = viewAt(file, from, pngStartBytes);
  if (start && isPng(file.read(from, pngStartBytes))) {
    if (from + length > file.length) throw endsTooEarly(name);
    const size = { width: start.getUint32(16), height: start.getUint32(20) };
    return { kind: 'png', size, bits: 32, at: from, length };
  }
  const header = readDibHeader(file, name, from);
  const { width, height } = header.size;
  // The height is that of the colours and of the mask together.
  const size = { width, height: Math.max(1, Math.floor(height / 2)) };
  return { kind: 'bitmap', size, bits: header.bits, header: { ...header, size } };
}

import type { Size } from '../../../../codecs/common/geometry.ts';
import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { type JpegHeader, readJpegHeader } from '../../../../codecs/jpeg/jpeg-header.ts';
import { type Colours, Findings, type JpegPlace } from './findings.ts';
import { walkTiff } from './tiff-walk.ts';

/** A JPEG that is there, by its own header. */
export interface ContainedJpeg {
  readonly at: number;
  readonly length: number;
  readonly size: Size;
  readonly colours: Colours | undefined;
  /** Minolta writes another byte for the first of some. */
  readonly firstIsWrong: boolean;
}

/** What the places that a walk has found turn out to be. */
export interface ContainedJpegs {
  /** From the smallest to the largest. */
  readonly jpegs: readonly ContainedJpeg[];
  /** Whether the file ends before one of them does. */
  readonly isCut: boolean;
}

/** Mostly enough for what stands before a frame header; else more is read. */
const headLengths = [4 * 1024, 96 * 1024, 512 * 1024];
/** Larger ones would have to be held as a whole. */
const mostBytes = 128 * 1024 * 1024;
/** Some makers write a header of their own before a JPEG. */
const mostBefore = 64;

/**
 * Reads the headers of all JPEGs, and of the thumbnails in their EXIF. What is no JPEG, or one that holds the sensor's
 * samples, is left out. The orientation and the colours that only a JPEG tells are added to what was found.
 */
export function readContainedJpegs(file: FileBytes, found: Findings): ContainedJpegs {
  const jpegs: ContainedJpeg[] = [];
  let isCut = false;
  const read = (place: JpegPlace, isThumbnail: boolean): void => {
    isCut ||= place.at + place.length > file.length;
    const jpeg = jpegAt(file, place);
    if (!jpeg) return;
    const { head, ...told } = jpeg;
    const exifAt = isThumbnail ? undefined : exifIn(head);
    const inside = new Findings();
    if (exifAt !== undefined) walkTiff(file, told.at + exifAt, inside);
    found.addOrientation(inside.orientation);
    found.told.first ??= inside.told.first;
    found.told.exif ??= inside.told.exif;
    found.told.gps ??= inside.told.gps;
    jpegs.push({ ...told, colours: place.colours ?? inside.colours });
    for (const { at, length } of inside.jpegs)
      read({ at, length, colours: place.colours ?? inside.colours }, true);
  };
  for (const place of found.jpegs) read(place, false);
  return { jpegs: jpegs.sort((a, b) => area(a.size) - area(b.size)), isCut };
}

export function area({ width, height }: Size): number {
  return width * height;
}

/** The bytes of a JPEG. */
export function bytesOf(file: FileBytes, { at, length, firstIsWrong }: ContainedJpeg): Uint8Array {
  const bytes = file.read(at, length);
  if (!firstIsWrong) return bytes;
  const mended = Uint8Array.from(bytes);
  mended[0] = 0xff;
  return mended;
}

function jpegAt(
  file: FileBytes,
  { at, length }: JpegPlace,
): (Omit<ContainedJpeg, 'colours'> & { head: Uint8Array }) | undefined {
  const there = Math.min(length, file.length - at, mostBytes);
  if (there < 4) return undefined;
  for (const headLength of headLengths) {
    const whole = file.read(at, Math.min(there, headLength));
    const start = startIn(whole);
    if (!start) return undefined;
    const head = whole.slice(start.before);
    head[0] = 0xff;
    const header = readJpegHeader(head);
    const size = header && sizeOf(header);
    if (size === 'none') return undefined;
    const { before, firstIsWrong } = start;
    if (size) return { at: at + before, length: there - before, size, firstIsWrong, head };
    if (whole.length < headLength) return undefined;
  }
  return undefined;
}

function startIn(bytes: Uint8Array): { before: number; firstIsWrong: boolean } | undefined {
  const isAt = (at: number) => bytes[at + 1] === 0xd8 && bytes[at + 2] === 0xff;
  if (isAt(0)) return { before: 0, firstIsWrong: bytes[0] !== 0xff };
  for (let at = 1; at < mostBefore; at++) {
    if (bytes[at] === 0xff && isAt(at)) return { before: at, firstIsWrong: false };
  }
  return undefined;
}

/** `undefined`: not told so far. `none`: it is no picture for people. */
function sizeOf({ frame }: JpegHeader): Size | 'none' | undefined {
  if (!frame) return undefined;
  const { process, precision, width, height } = frame;
  const isPicture = process === 'baseline' || process === 'extended' || process === 'progressive';
  if (!isPicture || precision !== 8 || width === 0 || height === 0) return 'none';
  return { width, height };
}

/** Where TIFF data begins in the first segment of EXIF (EXIF 2.3, 4.5.4). */
function exifIn(head: Uint8Array): number | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const code = bytes[at + 1] ?? 0;
    if (code < 0xe0) return undefined;
    if (code === 0xe1 && bytes.toString('latin1', at + 4, at + 10) === 'Exif\0\0') return at + 10;
  }
  return undefined;
}

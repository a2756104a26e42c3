import { type FileBytes, holdsText, viewAt } from '../../../../codecs/headers/file-bytes.ts';
import {
  type Directory,
  directoryAt,
  numberOf,
  numbersOf,
  rangeOf,
  tiffAt,
} from '../../../../codecs/headers/tiff-directories.ts';
import type { Colours, Findings } from './findings.ts';
import { readMakerNote } from './maker-notes.ts';

/** Tags of TIFF 6.0, TIFF/EP, EXIF and DNG, and those that Panasonic puts into its first directory. */
const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  strips: 273,
  orientation: 274,
  samplesPerPixel: 277,
  stripLengths: 279,
  planar: 284,
  tiles: 324,
  tileLengths: 325,
  subDirectories: 330,
  jpeg: 513,
  jpegLength: 514,
  exif: 34665,
  gps: 34853,
  interoperability: 40965,
  makerNote: 37500,
  colourSpace: 40961,
  exifWidth: 40962,
  exifHeight: 40963,
  previewColours: 50970,
} as const;

/** Panasonic: a whole JPEG as the bytes of a field of the first directory, and the size of the sensor. */
const panasonic = { jpegs: [46, 295], sensorWidth: 2, sensorHeight: 3 } as const;

/** What the sensor has seen: it is not drawn here (TIFF/EP, DNG). */
const sensorColours: ReadonlySet<number> = new Set([32803, 34892]);
/** Old and new JPEG of TIFF, and DNG's lossy kind. */
const jpegCompressions: ReadonlySet<number> = new Set([6, 7, 34892]);
/** More directories than any camera writes. */
const mostDirectories = 64;
/** Strips of a small picture without compression. */
const mostStrips = 64;

interface Waiting {
  readonly offset: number;
  readonly kind: 'picture' | 'exif' | 'gps';
}

/**
 * Walks through the directories of TIFF data: those that follow each other, sub-directories, EXIF and the maker's notes.
 * Each directory is read once, whatever refers to it.
 */
export function walkTiff(
  file: FileBytes,
  base: number,
  found: Findings,
  first: Waiting['kind'] = 'picture',
): void {
  const start = tiffAt(file, base);
  if (!start) return;
  const seen = new Set<number>();
  const waiting: Waiting[] = [{ offset: start.first, kind: first }];
  for (;;) {
    const next = waiting.shift();
    if (!next || seen.size >= mostDirectories) return;
    if (next.offset === 0 || seen.has(next.offset)) continue;
    seen.add(next.offset);
    const directory = directoryAt(start.tiff, next.offset);
    if (!directory) continue;
    if (next.kind === 'gps') {
      found.told.gps ??= directory;
      continue;
    }
    if (next.kind === 'exif') {
      found.told.exif ??= directory;
      readExif(directory, found);
      continue;
    }
    readPicture(directory, found);
    const isFirst = seen.size === 1;
    if (isFirst) found.told.first ??= directory;
    if (isFirst && holdsPanasonic(file, base)) readPanasonic(directory, found);
    for (const offset of numbersOf(directory, TAG.subDirectories)) waiting.push({ offset, kind: 'picture' });
    const exif = numberOf(directory, TAG.exif);
    if (exif !== undefined) waiting.push({ offset: exif, kind: 'exif' });
    const gps = numberOf(directory, TAG.gps);
    if (gps !== undefined) waiting.push({ offset: gps, kind: 'gps' });
    waiting.push({ offset: directory.next, kind: 'picture' });
  }
}

/** A directory that may describe a picture. */
function readPicture(directory: Directory, found: Findings): void {
  const first = (tag: number) => numberOf(directory, tag);
  found.addOrientation(first(TAG.orientation));
  const [width, height] = [first(TAG.width), first(TAG.height)];
  found.addSize(width, height);
  const colours = dngColours(first(TAG.previewColours));
  const { base } = directory.tiff;
  const [jpeg, jpegLength] = [first(TAG.jpeg), first(TAG.jpegLength)];
  if (jpeg !== undefined && jpegLength !== undefined) found.addJpeg(base + jpeg, jpegLength, colours);
  if (sensorColours.has(first(TAG.photometric) ?? 0)) return;
  const compression = first(TAG.compression) ?? 0;
  const [strips, lengths] = directory.fields.has(TAG.tiles)
    ? [numbersOf(directory, TAG.tiles, mostStrips), numbersOf(directory, TAG.tileLengths, mostStrips)]
    : [numbersOf(directory, TAG.strips, mostStrips), numbersOf(directory, TAG.stripLengths, mostStrips)];
  const [at, length] = [strips[0], lengths[0]];
  if (at === undefined || length === undefined || strips.length !== lengths.length) return;
  if (jpegCompressions.has(compression)) {
    // Several strips are several JPEGs, of which none is the picture.
    if (strips.length === 1) found.addJpeg(base + at, length, colours);
  } else if (width && height && isPlainRgb(directory)) {
    const total = lengths.reduce((sum, each) => sum + each, 0);
    if (total < width * height * 3 || strips.length >= mostStrips) return;
    const pieces = strips.map((offset, n) => ({ at: base + offset, length: lengths[n] ?? 0 }));
    found.addRgb({ size: { width, height }, strips: pieces });
  }
}

function isPlainRgb(directory: Directory): boolean {
  const bits = numbersOf(directory, TAG.bits);
  return (
    numberOf(directory, TAG.compression) === 1 &&
    numberOf(directory, TAG.photometric) === 2 &&
    numberOf(directory, TAG.samplesPerPixel) === 3 &&
    (numberOf(directory, TAG.planar) ?? 1) === 1 &&
    !directory.fields.has(TAG.tiles) &&
    bits.length === 3 &&
    bits.every((each) => each === 8)
  );
}

function readExif(directory: Directory, found: Findings): void {
  found.addSize(numberOf(directory, TAG.exifWidth), numberOf(directory, TAG.exifHeight));
  const colours = numberOf(directory, TAG.colourSpace);
  if (colours === 1) found.addColours('srgb');
  // 2 is no value of EXIF's, but Canon's and Nikon's for Adobe RGB; else DCF's option file R03 says it.
  else if (colours === 2 || isOptionFile(directory)) found.addColours('adobe-rgb');
  const note = rangeOf(directory, TAG.makerNote);
  if (note) readMakerNote(directory.tiff, note, found);
}

function isOptionFile(exif: Directory): boolean {
  const offset = numberOf(exif, TAG.interoperability);
  const directory = offset === undefined ? undefined : directoryAt(exif.tiff, offset);
  const index = directory && rangeOf(directory, 1);
  const view = index && viewAt(exif.tiff.file, index.at, 3);
  return view !== undefined && holdsText(view, 'R03');
}

function holdsPanasonic(file: FileBytes, base: number): boolean {
  const head = viewAt(file, base, 4);
  return head !== undefined && holdsText(head, 'IIU\0');
}

function readPanasonic(directory: Directory, found: Findings): void {
  for (const tag of panasonic.jpegs) {
    const place = rangeOf(directory, tag);
    if (place) found.addJpeg(place.at, place.length);
  }
  found.addSize(numberOf(directory, panasonic.sensorWidth), numberOf(directory, panasonic.sensorHeight));
}

/** DNG 1.6, PreviewColorSpace: 2 sRGB, 3 Adobe RGB, 4 ProPhoto RGB. */
function dngColours(value: number | undefined): Colours | undefined {
  const named = { 2: 'srgb', 3: 'adobe-rgb', 4: 'prophoto-rgb' } as const;
  return named[value as keyof typeof named];
}

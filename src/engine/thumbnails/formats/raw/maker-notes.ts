import { holdsText, viewAt } from '../../../../codecs/headers/file-bytes.ts';
import {
  type Directory,
  directoryAt,
  numberOf,
  numbersOf,
  rangeOf,
  type TiffData,
  tiffAt,
} from '../../../../codecs/headers/tiff-directories.ts';
import type { Findings } from './findings.ts';

interface Range {
  readonly at: number;
  readonly length: number;
}

/**
 * Cameras whose directories have no preview, or only a small one, put it into the notes of their maker. Those begin with
 * the maker's name and a directory, whose offsets count from the beginning of the notes or of the TIFF data.
 */
export function readMakerNote(tiff: TiffData, note: Range, found: Findings): void {
  const { file } = tiff;
  const head = viewAt(file, note.at, 16);
  if (!head || note.length < 16) return;
  const within = note.at - tiff.base;
  if (holdsText(head, 'Nikon\0\x02')) {
    const own = tiffAt(file, note.at + 10);
    readNikon(own && directoryAt(own.tiff, own.first), found);
  } else if (holdsText(head, 'OLYMPUS\0') || holdsText(head, 'OM SYSTEM\0')) {
    const orderAt = holdsText(head, 'OLYMPUS\0') ? 8 : 12;
    const own = { file, base: note.at, little: holdsText(head, 'II', orderAt) };
    readOlympus(directoryAt(own, orderAt + 4), found);
  } else if (['OLYMP\0', 'EPSON\0', 'MINOL\0'].some((name) => holdsText(head, name))) {
    readOlympus(directoryAt(tiff, within + 8), found);
  } else if (holdsText(head, 'PENTAX \0')) {
    const own = { file, base: note.at, little: holdsText(head, 'II', 8) };
    readPentax(directoryAt(own, 10), found);
  } else if (holdsText(head, 'AOC\0')) {
    const little = holdsText(head, 'II', 4) || (!holdsText(head, 'MM', 4) && tiff.little);
    readPentax(directoryAt({ ...tiff, little }, within + 6), found);
  } else if (holdsText(head, 'SONY ')) {
    readPlain(directoryAt(tiff, within + 12), found);
  } else {
    readPlain(directoryAt(tiff, within), found);
  }
}

/** A directory of its own for the preview, with the tags of EXIF's thumbnail. */
function readNikon(notes: Directory | undefined, found: Findings): void {
  if (!notes) return;
  const offset = numberOf(notes, 0x11);
  const preview = offset === undefined ? undefined : directoryAt(notes.tiff, offset);
  if (preview) addPlace(preview, 513, 514, found);
}

function readOlympus(notes: Directory | undefined, found: Findings): void {
  if (!notes) return;
  readPlain(notes, found);
  addPlace(notes, 0x1036, 0x1037, found);
  addBytes(notes, 0x100, found);
  // Camera settings: by the offset of a directory; in older notes the directory itself.
  const settings = notes.fields.get(0x2020);
  if (!settings) return;
  const offset = settings.type === 7 ? settings.at - notes.tiff.base : numberOf(notes, 0x2020);
  const directory = offset === undefined ? undefined : directoryAt(notes.tiff, offset);
  if (directory) addPlace(directory, 0x101, 0x102, found);
}

function readPentax(notes: Directory | undefined, found: Findings): void {
  if (!notes) return;
  const [start, length] = [numberOf(notes, 4), numberOf(notes, 3)];
  if (start !== undefined && length !== undefined) found.addJpeg(notes.tiff.base + start, length);
}

/** Notes without a name, or of makers who took over the tags of others: Minolta, Sony, Canon, Samsung. */
function readPlain(notes: Directory | undefined, found: Findings): void {
  if (!notes) return;
  addBytes(notes, 0x81, found);
  addPlace(notes, 0x88, 0x89, found);
  addBytes(notes, 0x2001, found);
  const [, , length, , , start] = numbersOf(notes, 0xb6);
  if (start !== undefined && length !== undefined) found.addJpeg(notes.tiff.base + start, length);
  const samsung = notes.fields.has(0x35) ? numberOf(notes, 0x35) : undefined;
  const preview = samsung === undefined ? undefined : directoryAt(notes.tiff, samsung);
  if (preview) addPlace(preview, 513, 514, found);
}

function addPlace(directory: Directory, startTag: number, lengthTag: number, found: Findings): void {
  const [start, length] = [numberOf(directory, startTag), numberOf(directory, lengthTag)];
  if (start !== undefined && length !== undefined) found.addJpeg(directory.tiff.base + start, length);
}

function addBytes(directory: Directory, tag: number, found: Findings): void {
  const place = rangeOf(directory, tag);
  if (place) found.addJpeg(place.at, place.length);
}

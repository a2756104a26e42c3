import { bytesInMemory, type FileBytes, holdsText, viewAt } from '../../../codecs/headers/file-bytes.ts';
import { type Directory, directoryAt, numberOf, tiffAt } from '../../../codecs/headers/tiff-directories.ts';
import { firstChunk } from '../../../codecs/headers/webp-header.ts';
import { withoutExifPrefix } from '../../../codecs/metadata/metadata.ts';
import { walkCr3 } from '../formats/raw/cr3-boxes.ts';
import { Findings } from '../formats/raw/findings.ts';
import { walkMrw } from '../formats/raw/other-containers.ts';
import { exifItem } from './exif-item.ts';

/** The directories in which a picture's file tells when and with what it was taken. */
export interface ExifOfFile {
  readonly first?: Directory | undefined;
  readonly exif?: Directory | undefined;
}

const EXIF = 34_665;
const exifName = 'Exif\0\0';
/** APP1, and the markers behind which no more of them come. */
const APP1 = 0xe1;
const lastMarkers: ReadonlySet<number> = new Set([0xd9, 0xda]);
const mostSegments = 64;
/** An image is in many chunks, of which any may be the last before EXIF. */
const mostChunks = 2_000;
const mostExifBytes = 64 * 1024;
const BIG_TIFF = 43;

/** Finds EXIF in a file by its first bytes, whatever its name; nothing where there is none, or nobody here knows where. */
export function exifOf(file: FileBytes): ExifOfFile {
  const head = viewAt(file, 0, 16);
  if (!head) return {};
  if (head.getUint16(0) === 0xffd8) return exifOfJpeg(file, 0);
  if (holdsText(head, '\x89PNG')) return exifOfPng(file);
  if (holdsText(head, 'RIFF')) {
    const chunk = firstChunk(file, 'EXIF', mostExifBytes);
    return chunk ? directories(bytesInMemory(withoutExifPrefix(chunk)), 0) : {};
  }
  if (holdsText(head, 'ftypcrx ', 4)) return found((found) => walkCr3(file, found));
  if (holdsText(head, '\0MRM')) return found((found) => walkMrw(file, found));
  if (holdsText(head, 'FUJIFILM')) return exifOfJpeg(file, viewAt(file, 84, 4)?.getUint32(0) ?? 0);
  if (holdsText(head, 'ftyp', 4) || holdsText(head, 'JXL ', 4)) {
    const at = exifItem(file);
    return at === undefined ? {} : directories(file, at);
  }
  return directories(file, 0);
}

function found(walk: (found: Findings) => void): ExifOfFile {
  const findings = new Findings();
  walk(findings);
  return findings.told;
}

/** TIFF data, as which many raw photos begin, too. */
function directories(file: FileBytes, base: number): ExifOfFile {
  const start = tiffAt(file, base);
  if (!start || viewAt(file, base + 2, 2)?.getUint16(0, start.tiff.little) === BIG_TIFF) return {};
  const first = directoryAt(start.tiff, start.first);
  const exifAt = first && numberOf(first, EXIF);
  return { first, exif: exifAt === undefined ? undefined : directoryAt(start.tiff, exifAt) };
}

/** @param from where the JPEG begins in the file. */
function exifOfJpeg(file: FileBytes, from: number): ExifOfFile {
  let at = from + 2;
  for (let i = 0; i < mostSegments; i += 1) {
    const view = viewAt(file, at, 10);
    if (view?.getUint8(0) !== 0xff || lastMarkers.has(view.getUint8(1))) return {};
    if (view.getUint8(1) === APP1 && holdsText(view, exifName, 4)) return directories(file, at + 10);
    at += 2 + view.getUint16(2);
  }
  return {};
}

function exifOfPng(file: FileBytes): ExifOfFile {
  let at = 8;
  for (let i = 0; i < mostChunks; i += 1) {
    const chunk = viewAt(file, at, 8);
    if (!chunk || holdsText(chunk, 'IEND', 4)) return {};
    if (holdsText(chunk, 'eXIf', 4)) return directories(file, at + 8);
    at += 12 + chunk.getUint32(0);
  }
  return {};
}

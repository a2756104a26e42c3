import type { FileBytes } from '../../../codecs/headers/file-bytes.ts';
import {
  type Directory,
  directoryAt,
  numberOf,
  numbersOf,
  tiffAt,
} from '../../../codecs/headers/tiff-directories.ts';

/** Tags of TIFF 6.0, TIFF/EP and DNG. */
const TAG = { photometric: 262, make: 271, subDirectories: 330, dngVersion: 50706 } as const;
/** A colour filter array, and DNG's linear samples. */
const sensorColours: ReadonlySet<number> = new Set([32803, 34892]);
/** Directories that follow each other; each may have as many sub-directories. */
const mostDirectories = 8;

/**
 * Whether TIFF data is a raw photo: DNG says so; others name a camera, and one of their directories holds the samples of
 * a sensor. Their first picture, which a reader of TIFF would show, is a small preview.
 */
export function isRawTiff(file: FileBytes): boolean {
  const start = tiffAt(file, 0);
  const first = start && directoryAt(start.tiff, start.first);
  if (!start || !first) return false;
  if (first.fields.has(TAG.dngVersion)) return true;
  if (!first.fields.has(TAG.make)) return false;
  let directory: Directory | undefined = first;
  for (let i = 0; directory && i < mostDirectories; i++) {
    if (hasSensorColours(directory)) return true;
    for (const offset of numbersOf(directory, TAG.subDirectories, mostDirectories)) {
      const inside = directoryAt(start.tiff, offset);
      if (inside && hasSensorColours(inside)) return true;
    }
    directory = directory.next === 0 ? undefined : directoryAt(start.tiff, directory.next);
  }
  return false;
}

function hasSensorColours(directory: Directory): boolean {
  return sensorColours.has(numberOf(directory, TAG.photometric) ?? 0);
}

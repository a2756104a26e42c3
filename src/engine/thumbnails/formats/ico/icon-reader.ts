import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { endsTooEarly } from '../faults.ts';
import type { PictureReader, Pixels } from '../picture-reader.ts';
import { iconBitmap } from './icon-bitmap.ts';
import { type IconEntry, iconEntries } from './icon-entries.ts';

/** Icons and cursors of Windows: the smallest of their pictures that suffices, else the largest. */
export const iconReader: PictureReader = {
  open(file, { name }) {
    const entries = [...iconEntries(file, name)].sort(bySize);
    const largest = entries.at(-1);
    if (!largest) throw endsTooEarly(name);
    return {
      size: largest.size,
      orientation: 1,
      pixels: (suffices) => {
        const enough = entries.find(({ size }) => suffices(size)) ?? largest;
        // Of several of its size the one with the most colours.
        const best = entries.findLast((entry) => areaOf(entry) === areaOf(enough)) ?? enough;
        return pixelsOf(best, file, name);
      },
      close: () => {},
    };
  },
};

function pixelsOf(entry: IconEntry, file: FileBytes, name: string): Pixels {
  if (entry.kind === 'bitmap') return { kind: 'raster', raster: iconBitmap(entry, file, name) };
  return { kind: 'file', bytes: file.read(entry.at, entry.length) };
}

function bySize(one: IconEntry, other: IconEntry): number {
  return areaOf(one) - areaOf(other) || one.bits - other.bits;
}

function areaOf({ size }: IconEntry): number {
  return size.width * size.height;
}

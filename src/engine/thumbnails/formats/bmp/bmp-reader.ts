import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { containsImage } from '../contains-image.ts';
import { damaged, endsTooEarly } from '../faults.ts';
import type { PictureReader, Pixels } from '../picture-reader.ts';
import { type BmpHeader, readBmpHeader } from './bmp-header.ts';
import { hasAllRows, plainPixels } from './bmp-pixels.ts';
import { unpackedRuns } from './bmp-runs.ts';

/** BMP of Windows and OS/2, of every version. */
export const bmpReader: PictureReader = {
  open(file, { name }) {
    const header = readBmpHeader(file, name);
    if (header.packing === 'plain' && !hasAllRows(header, file)) throw endsTooEarly(name);
    return {
      size: header.size,
      orientation: 1,
      profile: header.profile,
      pixels: () => pixelsOf(header, file, name),
      close: () => {},
    };
  },
};

function pixelsOf(header: BmpHeader, file: FileBytes, name: string): Pixels {
  switch (header.packing) {
    case 'plain':
      return { kind: 'raster', raster: plainPixels(header, file, name) };
    case 'rle4':
    case 'rle8':
    case 'rle24':
      return { kind: 'raster', raster: unpackedRuns(header, file, name) };
    case 'jpeg':
    case 'png':
      return { kind: 'file', bytes: containedImage(header, file, name) };
  }
}

function containedImage({ pixelsAt, packedLength }: BmpHeader, file: FileBytes, name: string): Uint8Array {
  const bytes = file.read(pixelsAt, packedLength || file.length);
  if (!containsImage(bytes)) throw damaged(name, 'what it contains is neither JPEG nor PNG');
  return bytes;
}

import { readOrientation } from '../common/exif-orientation.ts';
import type { Orientation } from '../common/geometry.ts';
import { type FileBytes, holdsText, viewAt } from './file-bytes.ts';

/** The size of an image in the file, in pixels, and how it is turned. */
export interface ImageShape {
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
}

/** More chunks than a still image has: the frames of an animation are not walked through to their end. */
const mostChunks = 1000;
/** EXIF of more bytes than this has its IFD0, with the orientation, at its beginning all the same. */
const mostExifBytes = 64 * 1024;

/**
 * Reads the canvas and the orientation of a WebP file (RFC 9649, 2.4 to 2.7).
 * @returns `undefined` if it is none, or not whole in what is asked for here.
 */
export function readWebpHeader(file: FileBytes): ImageShape | undefined {
  const head = viewAt(file, 0, 30);
  if (!head || !holdsText(head, 'RIFF') || !holdsText(head, 'WEBP', 8)) return undefined;
  if (holdsText(head, 'VP8X', 12)) {
    const [width, height] = [1 + uint24(head, 24), 1 + uint24(head, 27)];
    // The flag for EXIF metadata.
    const hasExif = (head.getUint8(20) & 8) !== 0;
    return { width, height, orientation: hasExif ? orientationIn(file) : 1 };
  }
  // A key frame of VP8 (RFC 6386, 9.1): 14 bits each for width and height, above them two bits for a scale.
  if (holdsText(head, 'VP8 ', 12)) {
    if (head.getUint8(23) !== 0x9d || head.getUint8(24) !== 0x01 || head.getUint8(25) !== 0x2a)
      return undefined;
    return shape(head.getUint16(26, true) & 0x3fff, head.getUint16(28, true) & 0x3fff);
  }
  if (holdsText(head, 'VP8L', 12) && head.getUint8(20) === 0x2f) {
    const bits = head.getUint32(21, true);
    return shape((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  return undefined;
}

function shape(width: number, height: number): ImageShape | undefined {
  return width === 0 || height === 0 ? undefined : { width, height, orientation: 1 };
}

/** The orientation in the first EXIF chunk. */
function orientationIn(file: FileBytes): Orientation {
  for (let at = 12, i = 0; i < mostChunks; i++) {
    const chunk = viewAt(file, at, 8);
    if (!chunk) return 1;
    const size = chunk.getUint32(4, true);
    if (holdsText(chunk, 'EXIF'))
      return readOrientation(withoutPrefix(file.read(at + 8, Math.min(size, mostExifBytes))));
    at += 8 + size + (size % 2);
  }
  return 1;
}

/** Some writers leave JPEG's `Exif\0\0` before the TIFF data. */
function withoutPrefix(exif: Uint8Array): Uint8Array {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  return holdsText(view, 'Exif\0\0') ? exif.subarray(6) : exif;
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

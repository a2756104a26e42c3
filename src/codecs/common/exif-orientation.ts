import type { Orientation } from './geometry.ts';

const ORIENTATION_TAG = 0x0112;
/** Types of TIFF 6.0. Exif 2.3 says SHORT for the orientation; some programs write one of the others. */
const BYTE = 1;
const SHORT = 3;
const LONG = 4;

/**
 * The orientation in IFD0 of EXIF's TIFF data; 1 if it is absent or no number from 1 to 8. As BYTE or LONG it counts
 * like SHORT, as it does for libvips and exiftool.
 */
export function readOrientation(tiff: Uint8Array): Orientation {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (view.byteLength < 8) return 1;
  const little = view.getUint16(0) === 0x4949;
  const entries = view.getUint32(4, little);
  if (entries + 2 > view.byteLength) return 1;
  const count = view.getUint16(entries, little);
  for (let i = 0; i < count; i++) {
    const entry = entries + 2 + i * 12;
    if (entry + 12 > view.byteLength) return 1;
    if (view.getUint16(entry, little) !== ORIENTATION_TAG) continue;
    const value = readNumber(view, view.getUint16(entry + 2, little), entry + 8, little);
    return isOrientation(value) ? value : 1;
  }
  return 1;
}

function readNumber(view: DataView, type: number, at: number, little: boolean): number {
  if (type === SHORT) return view.getUint16(at, little);
  if (type === LONG) return view.getUint32(at, little);
  return type === BYTE ? view.getUint8(at) : 1;
}

function isOrientation(value: number): value is Orientation {
  return value >= 1 && value <= 8;
}

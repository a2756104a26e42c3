import { readOrientation } from '../common/exif-orientation.ts';
import type { Orientation } from '../common/geometry.ts';
import { type ColourProfile, classifyProfile } from '../common/icc-profile.ts';
import { type FileBytes, holdsText, viewAt } from './file-bytes.ts';

/** What the head of a WebP file tells. */
export interface WebpHeader {
  /** The size of the canvas, in pixels. */
  readonly width: number;
  readonly height: number;
  /** How the image is turned. */
  readonly orientation: Orientation;
  readonly animated: boolean;
  /** Whether pixels may be transparent. */
  readonly hasAlpha: boolean;
  readonly profile: ColourProfile;
}

/** More chunks than a still image has: the frames of an animation are not walked through to their end. */
const mostChunks = 1000;
/** EXIF of more bytes than this has its IFD0, with the orientation, at its beginning all the same. */
const mostExifBytes = 64 * 1024;
/** A larger profile is not sRGB. */
const mostProfileBytes = 1024 * 1024;

/** Flags of the VP8X chunk (RFC 9649, 2.7.1). */
const flags = { profile: 0x20, alpha: 0x10, exif: 0x08, animation: 0x02 } as const;

/**
 * Reads the head of a WebP file (RFC 9649, 2.4 to 2.7).
 * @returns `undefined` if it is none, or not whole in what is asked for here.
 */
export function readWebpHeader(file: FileBytes): WebpHeader | undefined {
  const head = viewAt(file, 0, 30);
  if (!head || !holdsText(head, 'RIFF') || !holdsText(head, 'WEBP', 8)) return undefined;
  if (holdsText(head, 'VP8X', 12)) {
    const [width, height] = [1 + uint24(head, 24), 1 + uint24(head, 27)];
    const has = (flag: number) => (head.getUint8(20) & flag) !== 0;
    return {
      width,
      height,
      orientation: has(flags.exif) ? orientationIn(file) : 1,
      animated: has(flags.animation),
      hasAlpha: has(flags.alpha),
      profile: has(flags.profile) ? profileIn(file) : 'none',
    };
  }
  // A key frame of VP8 (RFC 6386, 9.1): 14 bits each for width and height, above them two bits for a scale.
  if (holdsText(head, 'VP8 ', 12)) {
    if (head.getUint8(23) !== 0x9d || head.getUint8(24) !== 0x01 || head.getUint8(25) !== 0x2a)
      return undefined;
    return simple(head.getUint16(26, true) & 0x3fff, head.getUint16(28, true) & 0x3fff, false);
  }
  if (holdsText(head, 'VP8L', 12) && head.getUint8(20) === 0x2f) {
    const bits = head.getUint32(21, true);
    return simple((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1, (bits & (1 << 28)) !== 0);
  }
  return undefined;
}

/** A file of one chunk, which has no metadata. */
function simple(width: number, height: number, hasAlpha: boolean): WebpHeader | undefined {
  if (width === 0 || height === 0) return undefined;
  return { width, height, orientation: 1, animated: false, hasAlpha, profile: 'none' };
}

/** The orientation in the first EXIF chunk. */
function orientationIn(file: FileBytes): Orientation {
  const exif = firstChunk(file, 'EXIF', mostExifBytes);
  return exif ? readOrientation(withoutPrefix(exif)) : 1;
}

function profileIn(file: FileBytes): ColourProfile {
  const profile = firstChunk(file, 'ICCP', mostProfileBytes);
  return profile ? classifyProfile(profile) : 'none';
}

/** The first chunk of a type, or as much of it as is asked for. */
export function firstChunk(file: FileBytes, type: string, mostBytes: number): Uint8Array | undefined {
  for (let at = 12, i = 0; i < mostChunks; i++) {
    const chunk = viewAt(file, at, 8);
    if (!chunk) return undefined;
    const size = chunk.getUint32(4, true);
    if (holdsText(chunk, type)) return file.read(at + 8, Math.min(size, mostBytes));
    at += 8 + size + (size % 2);
  }
  return undefined;
}

/** Some writers leave JPEG's `Exif\0\0` before the TIFF data. */
function withoutPrefix(exif: Uint8Array): Uint8Array {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  return holdsText(view, 'Exif\0\0') ? exif.subarray(6) : exif;
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

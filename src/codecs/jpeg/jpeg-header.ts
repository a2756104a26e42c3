import { readOrientation } from '../common/exif-orientation.ts';
import type { Orientation } from '../common/geometry.ts';
import { type ColourProfile, classifyProfile } from '../common/icc-profile.ts';

/** The parts of a JPEG file's header that decide who makes its thumbnail and how it is oriented. */
export interface JpegHeader {
  /** Absent if the file ends or is damaged before its frame header. */
  readonly frame?: JpegFrame;
  readonly jfif: boolean;
  /** The transform of Adobe's APP14: 0 none, 1 YCbCr, 2 YCCK. */
  readonly adobeTransform?: number;
  readonly orientation: Orientation;
  readonly profile: ColourProfile;
}

type JpegProcess = 'baseline' | 'extended' | 'progressive' | 'lossless' | 'hierarchical' | 'arithmetic';

export interface JpegFrame {
  readonly process: JpegProcess;
  readonly precision: number;
  readonly width: number;
  readonly height: number;
  readonly components: readonly JpegComponent[];
}

interface JpegComponent {
  readonly id: number;
  readonly h: number;
  readonly v: number;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === SOI && bytes[2] === 0xff;
}

/** Reads markers up to the first scan (T.81 B.2). Returns `undefined` if the file is no JPEG. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  if (!isJpeg(bytes)) return undefined;
  let frame: JpegFrame | undefined;
  let jfif = false;
  let adobeTransform: number | undefined;
  let orientation: Orientation = 1;
  let profile: ColourProfile = 'none';
  for (const { code, data } of segments(bytes)) {
    if (code === APP0 && startsWith(data, 'JFIF\0')) jfif = true;
    else if (code === APP1 && startsWith(data, 'Exif\0\0')) orientation = readOrientation(data.subarray(6));
    else if (code === APP2 && startsWith(data, 'ICC_PROFILE\0')) {
      // The first chunk holds the table of tags and, in profiles of cameras and browsers, everything else as well.
      if (profile === 'none') profile = classifyProfile(data.subarray(14));
    } else if (code === APP14 && startsWith(data, 'Adobe')) adobeTransform = data[11];
    else frame ??= readFrame(code, data);
  }
  return {
    ...(frame && { frame }),
    jfif,
    ...(adobeTransform !== undefined && { adobeTransform }),
    orientation,
    profile,
  };
}

interface Segment {
  readonly code: number;
  readonly data: Uint8Array;
}

function* segments(bytes: Uint8Array): Generator<Segment> {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const code = bytes[at + 1] ?? 0;
    if (code === 0xff) {
      at++;
      continue;
    }
    if (code === SOS || code === EOI) return;
    const length = word(bytes, at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return;
    yield { code, data: bytes.subarray(at + 4, at + 2 + length) };
    at += 2 + length;
  }
}

function readFrame(code: number, data: Uint8Array): JpegFrame | undefined {
  const process = processOf(code);
  if (!process || data.length < 6) return undefined;
  const components: JpegComponent[] = [];
  for (let i = 0, at = 6; i < (data[5] ?? 0) && at + 3 <= data.length; i++, at += 3) {
    const factors = data[at + 1] ?? 0;
    components.push({ id: data[at] ?? 0, h: factors >> 4, v: factors & 15 });
  }
  return { process, precision: data[0] ?? 0, height: word(data, 1), width: word(data, 3), components };
}

/** T.81 table B.1. */
function processOf(code: number): JpegProcess | undefined {
  switch (code) {
    case 0xc0:
      return 'baseline';
    case 0xc1:
      return 'extended';
    case 0xc2:
      return 'progressive';
    case 0xc3:
      return 'lossless';
    case 0xc5:
    case 0xc6:
    case 0xc7:
      return 'hierarchical';
    case 0xc9:
    case 0xca:
    case 0xcb:
    case 0xcd:
    case 0xce:
    case 0xcf:
      return 'arithmetic';
    default:
      return undefined;
  }
}

function startsWith(data: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (data[i] !== text.charCodeAt(i)) return false;
  return true;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

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

type JpegProcess =
  | 'baseline'
  | 'extended'
  | 'progressive'
  | 'lossless'
  | 'hierarchical'
  | 'arithmetic'
  /** JPEG-LS, a standard of its own that shares the markers (T.87). */
  | 'JPEG-LS';

export interface JpegFrame {
  readonly process: JpegProcess;
  /** Bits a sample. */
  readonly precision: number;
  /** In pixels. */
  readonly width: number;
  /** In pixels. 0: a DNL segment after the first scan tells it (T.81 B.2.5). */
  readonly height: number;
  readonly components: readonly JpegComponent[];
}

interface JpegComponent {
  readonly id: number;
  readonly h: number;
  readonly v: number;
}

const SOF0 = 0xc0;
const RST0 = 0xd0;
const RST7 = 0xd7;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DHP = 0xde;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
const COM = 0xfe;

/** EXIF, a profile and other metadata may stand before the frame header: how much of a large file is read for it, in bytes. */
export const mostHeaderBytes = 1024 * 1024;

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === SOI && bytes[2] === 0xff;
}

/**
 * Reads markers up to the first scan (T.81 B.2), past what lies between them and belongs to nothing. Returns
 * `undefined` if the file is no JPEG. The first Exif segment tells the orientation, whatever later ones say.
 */
export function readJpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return undefined;
  let frame: JpegFrame | undefined;
  let jfif = false;
  let adobeTransform: number | undefined;
  let orientation: Orientation | undefined;
  let profile: ColourProfile = 'none';
  for (const { code, data } of segments(bytes)) {
    if (code === APP0 && startsWith(data, 'JFIF\0')) jfif = true;
    else if (code === APP1 && startsWith(data, 'Exif\0\0')) orientation ??= readOrientation(data.subarray(6));
    else if (code === APP2 && startsWith(data, 'ICC_PROFILE\0')) {
      // The first chunk holds the table of tags and, in profiles of cameras and browsers, everything else as well.
      if (profile === 'none') profile = classifyProfile(data.subarray(14));
    } else if (code === APP14 && startsWith(data, 'Adobe')) adobeTransform = data[11];
    else frame ??= readFrame(code, data);
  }
  // Junk may follow the first marker as any other; but two bytes alone do not make a JPEG.
  if (!frame && !isJpeg(bytes)) return undefined;
  return {
    ...(frame && { frame }),
    jfif,
    ...(adobeTransform !== undefined && { adobeTransform }),
    orientation: orientation ?? 1,
    profile,
  };
}

export interface Segment {
  readonly code: number;
  readonly data: Uint8Array;
}

/** The code of what is no segment: junk between segments, and markers that belong to nothing. */
const JUNK = 0;

/** What stands before the first scan. By the rules of the kernel's `nextSegment`: what it can read has to be found here as well. */
export function* segments(bytes: Uint8Array): Generator<Segment> {
  let at = 2;
  let isBehindJunk = false;
  const pass = (until: number): Segment => {
    const data = bytes.subarray(at, until);
    at = until;
    return { code: JUNK, data };
  };
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) {
      const next = bytes.indexOf(0xff, at);
      isBehindJunk = true;
      yield pass(next < 0 ? bytes.length : next);
      continue;
    }
    const code = bytes[at + 1] ?? 0;
    if (code === 0xff) {
      at++;
    } else if (code < SOF0 || (code >= RST0 && code <= RST7) || (code === SOI && !isBehindJunk)) {
      isBehindJunk ||= code < SOF0;
      yield pass(at + 2);
    } else {
      if (code === SOI || code === SOS || code === EOI) return;
      let length = word(bytes, at + 2);
      if (length < 2 && (code === COM || (code >= APP0 && code <= APP15))) length = 2;
      if (length < 2 || at + 2 + length > bytes.length) return;
      yield { code, data: bytes.subarray(at + 4, at + 2 + length) };
      at += 2 + length;
      isBehindJunk = false;
    }
  }
}

/**
 * Turns what lies between the segments before the first scan, and belongs to nothing, into fill bytes (T.81 B.1.1.2), for
 * decoders that stumble over it: libjpeg reads no file with a second SOI or a reserved marker, and sharp takes any junk
 * for damage of the image. Changes the bytes of a JPEG file in place, and no others.
 */
export function fillJunk(bytes: Uint8Array): void {
  if (!readJpegHeader(bytes)?.frame) return;
  for (const { code, data } of segments(bytes)) if (code === JUNK) data.fill(0xff);
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

/** T.81 table B.1, where lossless and hierarchical count more than arithmetic coding; T.87 for SOF55. A DHP segment has the form of a frame header (T.81 B.3.2). */
function processOf(code: number): JpegProcess | undefined {
  switch (code) {
    case 0xc0:
      return 'baseline';
    case 0xc1:
      return 'extended';
    case 0xc2:
      return 'progressive';
    case 0xc3:
    case 0xcb:
      return 'lossless';
    case 0xc5:
    case 0xc6:
    case 0xc7:
    case 0xcd:
    case 0xce:
    case 0xcf:
    case DHP:
      return 'hierarchical';
    case 0xc9:
    case 0xca:
      return 'arithmetic';
    case 0xf7:
      return 'JPEG-LS';
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

/**
 * `srgb`: what the kernel assumes of pixels anyway. `other`: colours must be converted, or the profile is not
 * understood.
 */
export type ColourProfile = 'none' | 'srgb' | 'other';

/** Primaries as profiles contain them, adapted to D50: X, Y, Z of red, green and blue. */
type Primaries = readonly (readonly [tag: string, xyz: readonly number[]])[];

const ofSrgb: Primaries = [
  ['rXYZ', [0.4361, 0.2225, 0.0139]],
  ['gXYZ', [0.3851, 0.7169, 0.0971]],
  ['bXYZ', [0.1431, 0.0606, 0.7141]],
];
const ofDisplayP3: Primaries = [
  ['rXYZ', [0.5151, 0.2412, -0.0011]],
  ['gXYZ', [0.292, 0.6922, 0.0419]],
  ['bXYZ', [0.1571, 0.0666, 0.7841]],
];
const PRIMARY_TOLERANCE = 0.003;
/** The sRGB curve at half the signal. A gamma of 2.2 gives 0.2176: too different in the shadows to count as sRGB. */
const HALF = 0.214;
const CURVE_TOLERANCE = 0.002;

/**
 * Recognises sRGB by its primaries and one point of its curve, not by its name: there are profiles named after sRGB
 * that differ from it, and many sRGB profiles with other names.
 */
export function classifyProfile(icc: Uint8Array): ColourProfile {
  return hasSrgbCurve(icc, ofSrgb) ? 'srgb' : 'other';
}

/** Whether a profile is that of Display P3, by the same marks. */
export function isDisplayP3(icc: Uint8Array): boolean {
  return hasSrgbCurve(icc, ofDisplayP3);
}

/** Whether bytes are a profile of colours of red, green and blue. */
export function isRgbProfile(icc: Uint8Array): boolean {
  const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
  return view.byteLength >= 132 && text(view, 16) === 'RGB ' && text(view, 36) === 'acsp';
}

function hasSrgbCurve(icc: Uint8Array, primaries: Primaries): boolean {
  const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
  if (view.byteLength < 132 || text(view, 16) !== 'RGB ' || text(view, 20) !== 'XYZ ') return false;
  // A table from device to profile space takes precedence over the matrix (ICC.1, 8.3).
  if (findTag(view, 'A2B0')) return false;
  for (const [name, expected] of primaries) {
    const tag = findTag(view, name);
    if (!tag || tag.byteLength < 20) return false;
    const near = expected.every((value, i) => Math.abs(fixed(tag, 8 + 4 * i) - value) < PRIMARY_TOLERANCE);
    if (!near) return false;
  }
  const curve = findTag(view, 'gTRC');
  const half = curve && valueAtHalf(curve);
  return half !== undefined && Math.abs(half - HALF) < CURVE_TOLERANCE;
}

function findTag(view: DataView, name: string): DataView | undefined {
  const count = view.getUint32(128);
  for (let i = 0, at = 132; i < count && at + 12 <= view.byteLength; i++, at += 12) {
    if (text(view, at) !== name) continue;
    const offset = view.getUint32(at + 4);
    const size = view.getUint32(at + 8);
    if (offset + size > view.byteLength) return undefined;
    return new DataView(view.buffer, view.byteOffset + offset, size);
  }
  return undefined;
}

/**
 * The curve at half the signal: a `curv` of samples or a `para` with a linear part (ICC.1, 10.6, 10.18), as sRGB has.
 */
function valueAtHalf(tag: DataView): number | undefined {
  if (tag.byteLength < 12) return undefined;
  if (text(tag, 0) === 'curv') {
    const count = tag.getUint32(8);
    if (count < 3 || 12 + count * 2 > tag.byteLength) return undefined;
    const middle = (count - 1) / 2;
    const below = tag.getUint16(12 + 2 * Math.floor(middle));
    const above = tag.getUint16(12 + 2 * Math.ceil(middle));
    return (below + above) / 2 / 65535;
  }
  if (text(tag, 0) === 'para' && tag.getUint16(8) === 3 && tag.byteLength >= 32) {
    const gamma = fixed(tag, 12);
    const a = fixed(tag, 16);
    const b = fixed(tag, 20);
    return (a * 0.5 + b) ** gamma;
  }
  return undefined;
}

/** Reads an s15Fixed16Number. */
function fixed(view: DataView, at: number): number {
  return view.getInt32(at) / 65536;
}

function text(view: DataView, at: number): string {
  if (at + 4 > view.byteLength) return '';
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}

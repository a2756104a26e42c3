import { type Chromaticity, type ColourSpace, D65, sRgbPrimaries } from '../common/matrix-profile.ts';

type Primaries = Omit<ColourSpace, 'toLinear'>;
type Curve = ColourSpace['toLinear'];

const C: Chromaticity = { x: 0.31, y: 0.316 };
const E: Chromaticity = { x: 1 / 3, y: 1 / 3 };
const theatre: Chromaticity = { x: 0.314, y: 0.351 };

function primaries(white: Chromaticity, [rx, ry, gx, gy, bx, by]: readonly number[]): Primaries {
  const point = (x = 0, y = 0): Chromaticity => ({ x, y });
  return { white, red: point(rx, ry), green: point(gx, gy), blue: point(bx, by) };
}

const ntsc = primaries(D65, [0.63, 0.34, 0.31, 0.595, 0.155, 0.07]);

/** ColourPrimaries of ITU-T H.273, table 2. */
const primariesByCode: Readonly<Record<number, Primaries>> = {
  1: sRgbPrimaries,
  4: primaries(C, [0.67, 0.33, 0.21, 0.71, 0.14, 0.08]),
  5: primaries(D65, [0.64, 0.33, 0.29, 0.6, 0.15, 0.06]),
  6: ntsc,
  7: ntsc,
  8: primaries(C, [0.681, 0.319, 0.243, 0.692, 0.145, 0.049]),
  9: primaries(D65, [0.708, 0.292, 0.17, 0.797, 0.131, 0.046]),
  // XYZ itself; its Z stands at y = 0, where a division by y would fail.
  10: primaries(E, [1, 1e-9, 0, 1, 0, 1e-9]),
  11: primaries(theatre, [0.68, 0.32, 0.265, 0.69, 0.15, 0.06]),
  12: primaries(D65, [0.68, 0.32, 0.265, 0.69, 0.15, 0.06]),
  22: primaries(D65, [0.63, 0.34, 0.295, 0.605, 0.155, 0.077]),
};

const power =
  (exponent: number): Curve =>
  (v) =>
    v ** exponent;

/** A power with a linear part near black. */
const withToe =
  (slope: number, limit: number, offset: number, exponent: number): Curve =>
  (v) =>
    v < limit ? v / slope : ((v + offset) / (1 + offset)) ** exponent;

/** IEC 61966-2-1. */
const sRgbCurve = withToe(12.92, 0.04045, 0.055, 2.4);
/** ITU-R BT.709, 1.2. */
const bt709 = withToe(4.5, 0.081, 0.099, 1 / 0.45);

/** The light that counts as white in what is graded for more of it, in cd/m²: ITU-R BT.2408, 2.1. */
const REFERENCE_WHITE = 203;

/** ITU-R BT.2100, table 4 (PQ): what is brighter than the reference white becomes white. */
const perceptualQuantizer: Curve = (v) => {
  const p = v ** (32 / 2523);
  const base = Math.max(0, p - 3424 / 4096) / (2413 / 128 - (2392 / 128) * p);
  return (10_000 * base ** (16384 / 2610)) / REFERENCE_WHITE;
};

/** ITU-R BT.2100, table 5 (HLG), on a display of 1000 cd/m², whose gamma is 1.2: white as with PQ. */
const hybridLogGamma: Curve = (v) => {
  const [a, b, c] = [0.17883277, 0.28466892, 0.55991073];
  const scene = v <= 0.5 ? v ** 2 / 3 : (Math.exp((v - c) / a) + b) / 12;
  return (1000 * scene ** 1.2) / REFERENCE_WHITE;
};

/** TransferCharacteristics of ITU-T H.273, table 3. */
const curvesByCode: Readonly<Record<number, Curve>> = {
  1: bt709,
  4: power(2.2),
  5: power(2.8),
  6: bt709,
  7: withToe(4, 0.0912, 0.1115, 1 / 0.45),
  8: power(1),
  13: sRgbCurve,
  14: bt709,
  15: bt709,
  16: perceptualQuantizer,
  17: (v) => (52.37 / 48) * v ** 2.6,
  18: hybridLogGamma,
};

/**
 * The colour space of a cICP chunk (PNG third edition, 11.3.2.6), whose code points are those of ITU-T H.273.
 * @returns `srgb` where that is what they say, `undefined` where they are reserved, unspecified or not for RGB.
 */
export function codedColourSpace(cicp: Uint8Array): ColourSpace | 'srgb' | undefined {
  const [primariesCode = 0, transfer = 0, matrix = 0, fullRange = 0] = cicp;
  // The samples of a PNG are RGB: the matrix has to be the identity.
  if (cicp.length !== 4 || matrix !== 0 || fullRange > 1) return undefined;
  const places = primariesByCode[primariesCode];
  const curve = curvesByCode[transfer];
  if (!places || !curve) return undefined;
  if (fullRange === 1)
    return primariesCode === 1 && transfer === 13 ? 'srgb' : { ...places, toLinear: curve };
  // Narrow range: of 8 bits, 16 is black and 235 is white.
  return { ...places, toLinear: (v) => curve(Math.min(1, Math.max(0, (v * 255 - 16) / 219))) };
}

/** The colour space of gAMA and, if there is one, cHRM (11.3.2.1, 11.3.2.2); `undefined` if they make no sense. */
export function measuredColourSpace(
  gama: Uint8Array,
  chrm: Uint8Array | undefined,
): ColourSpace | 'srgb' | undefined {
  const gamma = numbers(gama)[0] ?? 0;
  // Anything else is a mistake of its writer.
  if (gama.length !== 4 || gamma < 0.01 || gamma > 10) return undefined;
  const told = chrm?.length === 32 ? placesOf(numbers(chrm)) : sRgbPrimaries;
  const places = told ?? sRgbPrimaries;
  // 1/2.2 is what programs write for sRGB's curve; they round it in various ways.
  if (Math.abs(gamma - 0.45455) < 0.002 && isNear(places, sRgbPrimaries)) return 'srgb';
  return { ...places, toLinear: power(1 / gamma) };
}

/** Four-byte numbers, in units of 1/100000. */
function numbers(data: Uint8Array): number[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Array.from({ length: Math.floor(data.length / 4) }, (_, i) => view.getUint32(4 * i) / 100_000);
}

function placesOf([wx = 0, wy = 0, ...rgb]: readonly number[]): Primaries | undefined {
  const places = primaries({ x: wx, y: wy }, rgb);
  const all = [places.white, places.red, places.green, places.blue];
  return all.every(({ x, y }) => x <= 1 && y > 0 && y <= 1) ? places : undefined;
}

function isNear(a: Primaries, b: Primaries): boolean {
  return (['white', 'red', 'green', 'blue'] as const).every(
    (name) => Math.abs(a[name].x - b[name].x) < 0.003 && Math.abs(a[name].y - b[name].y) < 0.003,
  );
}

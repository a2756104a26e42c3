import {
  adaptedColumns,
  adaptedToD50,
  type Chromaticity,
  D50,
  D65,
  profileOf,
  sRgbPrimaries,
  xyzTag,
} from './matrix-profile.ts';

/** What Apple calls Display P3: the primaries of DCI P3 (SMPTE RP 431-2) with the white and the curve of sRGB. */
const displayP3Primaries = {
  white: D65,
  red: { x: 0.68, y: 0.32 },
  green: { x: 0.265, y: 0.69 },
  blue: { x: 0.15, y: 0.06 },
} as const;

const version4 = 0x04300000;

type Primaries = Readonly<Record<'white' | 'red' | 'green' | 'blue', Chromaticity>>;

/** The profiles of the colours that Shoal writes itself, of half a kilobyte: ICC.1, version 4, the curve as a formula. */
export const compactProfiles = {
  srgb: compactProfile('sRGB', sRgbPrimaries),
  grey: compactProfile('sRGB grey', undefined),
  p3: compactProfile('Display P3', displayP3Primaries),
} as const;

/** @param primaries absent: of greys. */
function compactProfile(name: string, primaries: Primaries | undefined): Uint8Array {
  const shared = {
    desc: textTag(name),
    cprt: textTag('CC0'),
    wtpt: xyzTag(D50),
    chad: adaptationTag(D65),
  };
  const curve = sRgbCurveTag();
  const columns = primaries && adaptedColumns({ ...primaries, toLinear: (sample) => sample });
  if (!columns) return profileOf('GRAY', { ...shared, kTRC: curve }, version4);
  const [red, green, blue] = columns;
  const matrix = { rXYZ: xyzTag(red), gXYZ: xyzTag(green), bXYZ: xyzTag(blue) };
  return profileOf('RGB ', { ...shared, ...matrix, rTRC: curve, gTRC: curve, bTRC: curve }, version4);
}

/** `parametricCurveType` 3 (10.18) with the numbers of IEC 61966-2-1. */
function sRgbCurveTag(): Buffer {
  const out = Buffer.alloc(32);
  out.write('para', 'latin1');
  out.writeUInt16BE(3, 8);
  [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].forEach((value, i) => {
    out.writeInt32BE(Math.round(value * 65_536), 12 + 4 * i);
  });
  return out;
}

/** `chromaticAdaptationTag` (9.2.15): how colours under a white were adapted, row by row. */
function adaptationTag(white: Chromaticity): Buffer {
  const units = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ] as const;
  const columns = units.map((unit) => adaptedToD50(unit, white));
  const out = Buffer.alloc(8 + 36);
  out.write('sf32', 'latin1');
  columns.forEach((column, x) => {
    column.forEach((value, y) => {
      out.writeInt32BE(Math.round(value * 65_536), 8 + 4 * (3 * y + x));
    });
  });
  return out;
}

/** `multiLocalizedUnicodeType` (10.15) with one language. */
function textTag(text: string): Buffer {
  const out = Buffer.alloc(Math.ceil((28 + 2 * text.length) / 4) * 4);
  out.write('mluc', 'latin1');
  out.writeUInt32BE(1, 8);
  out.writeUInt32BE(12, 12);
  out.write('enUS', 16, 'latin1');
  out.writeUInt32BE(2 * text.length, 20);
  out.writeUInt32BE(28, 24);
  Buffer.from(text, 'utf16le').swap16().copy(out, 28);
  return out;
}

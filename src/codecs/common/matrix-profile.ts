/** CIE 1931 chromaticity coordinates. */
export interface Chromaticity {
  readonly x: number;
  readonly y: number;
}

/** How the samples of an image become colours: by one curve, and by what red, green, blue and white are. */
export interface ColourSpace {
  readonly white: Chromaticity;
  readonly red: Chromaticity;
  readonly green: Chromaticity;
  readonly blue: Chromaticity;
  /** From a sample, 0 to 1, to linear light, where 1 is white. */
  readonly toLinear: (sample: number) => number;
}

export const D65: Chromaticity = { x: 0.3127, y: 0.329 };
/** ITU-R BT.709, table 1; IEC 61966-2-1 has the same. */
export const sRgbPrimaries = {
  white: D65,
  red: { x: 0.64, y: 0.33 },
  green: { x: 0.3, y: 0.6 },
  blue: { x: 0.15, y: 0.06 },
} as const;

/** The connection space's white, ICC.1 7.2.16. */
export const D50: Vector = [0.9642, 1, 0.8249];
/** The cone responses of the Bradford transform, ICC.1 annex E. */
const bradford: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];
const bradfordBack = inverted(bradford) ?? bradford;
/** Samples of the curve: sixteen for each of the 256 values of a sample of 8 bits. */
const curveLength = 4096;

export type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

/**
 * An ICC profile (ICC.1, version 2: three matrix columns and a curve, or for greyscale the curve alone) for a colour
 * space that a file tells in another way, for colour management that knows profiles only.
 * @returns `undefined` if no image can have such primaries.
 */
export function matrixProfile(space: ColourSpace, grey: boolean): Uint8Array | undefined {
  const columns = adaptedColumns(space);
  if (!columns) return undefined;
  const curve = curveTag(space.toLinear);
  const description = 'by the image';
  const shared = { desc: descriptionTag(description), cprt: textTag('none'), wtpt: xyzTag(D50) };
  const [red, green, blue] = columns;
  return profileOf(
    grey ? 'GRAY' : 'RGB ',
    grey
      ? { ...shared, kTRC: curve }
      : {
          ...shared,
          rXYZ: xyzTag(red),
          gXYZ: xyzTag(green),
          bXYZ: xyzTag(blue),
          rTRC: curve,
          gTRC: curve,
          bTRC: curve,
        },
  );
}

/** XYZ of red, green and blue, so that their sum is white, adapted to D50. */
export function adaptedColumns({ white, red, green, blue }: ColourSpace): Matrix | undefined {
  const primaries = transposed([xyzOf(red), xyzOf(green), xyzOf(blue)]);
  const whiteXyz = xyzOf(white);
  const inverse = inverted(primaries);
  if (!inverse) return undefined;
  const [r, g, b] = times(inverse, whiteXyz);
  const adapted = (xyz: Vector, scale: number) => adaptedToD50(xyz, white, scale);
  const columns: Matrix = [adapted(xyzOf(red), r), adapted(xyzOf(green), g), adapted(xyzOf(blue), b)];
  // An s15Fixed16Number ends at 32768; primaries that need more than a few are no colours.
  return columns.flat().every((value) => Number.isFinite(value) && Math.abs(value) < 8) ? columns : undefined;
}

/** A colour as it looks under the connection space's white, if it stands under another one. */
export function adaptedToD50(xyz: Vector, white: Chromaticity, scale = 1): Vector {
  const from = times(bradford, xyzOf(white));
  const to = times(bradford, D50);
  const [l, m, s] = times(bradford, xyz);
  return times(bradfordBack, [
    (l * scale * to[0]) / from[0],
    (m * scale * to[1]) / from[1],
    (s * scale * to[2]) / from[2],
  ]);
}

function xyzOf({ x, y }: Chromaticity): Vector {
  return [x / y, 1, (1 - x - y) / y];
}

function transposed([a, b, c]: Matrix): Matrix {
  return [
    [a[0], b[0], c[0]],
    [a[1], b[1], c[1]],
    [a[2], b[2], c[2]],
  ];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function times([a, b, c]: Matrix, v: Vector): Vector {
  return [dot(a, v), dot(b, v), dot(c, v)];
}

function inverted([a, b, c]: Matrix): Matrix | undefined {
  const determinant = dot(a, cross(b, c));
  if (!Number.isFinite(determinant) || Math.abs(determinant) < 1e-9) return undefined;
  const scaled = (v: Vector): Vector => [v[0] / determinant, v[1] / determinant, v[2] / determinant];
  return transposed([scaled(cross(b, c)), scaled(cross(c, a)), scaled(cross(a, b))]);
}

/** The header (ICC.1 7.2), the table of tags (7.3), and the tags, each once. */
export function profileOf(
  colours: 'RGB ' | 'GRAY',
  tags: Readonly<Record<string, Buffer>>,
  version = 0x02400000,
): Buffer {
  const entries = Object.entries(tags);
  const at = new Map<Buffer, number>();
  let length = 128 + 4 + 12 * entries.length;
  for (const [, data] of entries) {
    if (at.has(data)) continue;
    at.set(data, length);
    length += data.length;
  }
  const out = Buffer.alloc(length);
  out.writeUInt32BE(length, 0);
  out.writeUInt32BE(version, 8);
  out.write(`mntr${colours}XYZ `, 12, 'latin1');
  // Some date: 1 January 2000.
  out.writeUInt16BE(2000, 24);
  out.writeUInt16BE(1, 26);
  out.writeUInt16BE(1, 28);
  out.write('acsp', 36, 'latin1');
  writeXyz(out, D50, 68);
  out.writeUInt32BE(entries.length, 128);
  entries.forEach(([name, data], i) => {
    out.write(name, 132 + 12 * i, 'latin1');
    out.writeUInt32BE(at.get(data) ?? 0, 136 + 12 * i);
    out.writeUInt32BE(data.length, 140 + 12 * i);
  });
  for (const [data, from] of at) data.copy(out, from);
  return out;
}

function writeXyz(out: Buffer, xyz: Vector, at: number): void {
  xyz.forEach((value, i) => {
    out.writeInt32BE(Math.round(value * 65536), at + 4 * i);
  });
}

export function xyzTag(xyz: Vector): Buffer {
  const out = Buffer.alloc(20);
  out.write('XYZ ', 'latin1');
  writeXyz(out, xyz, 8);
  return out;
}

function curveTag(toLinear: ColourSpace['toLinear']): Buffer {
  const out = Buffer.alloc(12 + 2 * curveLength);
  out.write('curv', 'latin1');
  out.writeUInt32BE(curveLength, 8);
  for (let i = 0; i < curveLength; i++) {
    const linear = Math.min(1, Math.max(0, toLinear(i / (curveLength - 1))));
    out.writeUInt16BE(Math.round(linear * 65535), 12 + 2 * i);
  }
  return out;
}

function textTag(text: string): Buffer {
  const out = Buffer.alloc(Math.ceil((9 + text.length) / 4) * 4);
  out.write(`text\0\0\0\0${text}`, 'latin1');
  return out;
}

/** `textDescriptionType` of version 2, with its ASCII part only. */
function descriptionTag(text: string): Buffer {
  const out = Buffer.alloc(Math.ceil((12 + text.length + 1 + 4 + 4 + 2 + 1 + 67) / 4) * 4);
  out.write('desc', 'latin1');
  out.writeUInt32BE(text.length + 1, 8);
  out.write(text, 12, 'latin1');
  return out;
}

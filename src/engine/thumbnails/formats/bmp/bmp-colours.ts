import { type ColourSpace, matrixProfile } from '../../../../codecs/common/matrix-profile.ts';
import { type FileBytes, viewAt } from '../../../../codecs/headers/file-bytes.ts';

/** The kinds of colours that a header of version 4 or 5 tells: by primaries and gammas, or by a profile in the file. */
const CALIBRATED = 0;
const EMBEDDED = 0x4d424544;
/** Where the fields stand: the kind, nine numbers for the primaries, three gammas, the profile's place and length. */
const kindAt = 56;
const primariesAt = 60;
const gammasAt = 96;
const profileAt = 112;
/** A profile of more bytes is none for a picture. */
const mostProfileBytes = 4 * 1024 * 1024;

/**
 * The profile of a bitmap's colours; `undefined` if they are sRGB, or it does not tell. A profile in another file is not
 * looked for.
 * @param header begins at `at` and may be too short for such fields.
 */
export function profileOfBmp(file: FileBytes, at: number, header: DataView): Uint8Array | undefined {
  if (header.byteLength < 108) return undefined;
  const kind = header.getUint32(kindAt, true);
  if (kind === CALIBRATED) return calibrated(header);
  if (kind !== EMBEDDED || header.byteLength < 124) return undefined;
  const length = header.getUint32(profileAt + 4, true);
  if (length < 132 || length > mostProfileBytes) return undefined;
  const view = viewAt(file, at + header.getUint32(profileAt, true), length);
  return view && new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice();
}

/** Many programs write zeros here: their colours are sRGB. */
function calibrated(header: DataView): Uint8Array | undefined {
  const xyz = [0, 1, 2].map((colour) =>
    [0, 1, 2].map((axis) => header.getInt32(primariesAt + 12 * colour + 4 * axis, true) / 2 ** 30),
  );
  const gamma = header.getUint32(gammasAt + 4, true) / 65_536;
  if (gamma < 0.2 || gamma > 5) return undefined;
  const [red, green, blue] = xyz.map(chromaticity);
  const white = chromaticity(
    [0, 1, 2].map((axis) => xyz.reduce((sum, colour) => sum + (colour[axis] ?? 0), 0)),
  );
  if (!red || !green || !blue || !white) return undefined;
  const space: ColourSpace = { red, green, blue, white, toLinear: (sample) => sample ** gamma };
  return matrixProfile(space, false);
}

function chromaticity([x = 0, y = 0, z = 0]: readonly number[]): { x: number; y: number } | undefined {
  const sum = x + y + z;
  return sum > 0 && y > 0 ? { x: x / sum, y: y / sum } : undefined;
}

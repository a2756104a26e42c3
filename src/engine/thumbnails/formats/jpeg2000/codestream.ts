import type { Size } from '../../../../codecs/common/geometry.ts';
import { type FileBytes, viewAt } from '../../../../codecs/headers/file-bytes.ts';
import { damaged, endsTooEarly, notReadHere } from '../faults.ts';

/** What a JPEG 2000 codestream says before its tiles (ISO/IEC 15444-1, annex A). */
export interface Codestream {
  /** The corners of the image on its grid, of which sizes are differences. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** The bits of each component, and whether its samples have signs. */
  readonly components: readonly { readonly bits: number; readonly isSigned: boolean }[];
  /** How often it can be halved. */
  readonly levels: number;
}

const SIZ = 0xff51;
const COD = 0xff52;
const SOT = 0xff90;
const mostMarkers = 10_000;

/** @throws ItemError, also where a tile ends behind the file. */
export function readCodestream(file: FileBytes, from: number, name: string): Codestream {
  const siz = viewAt(file, from + 2, 40);
  if (!siz || viewAt(file, from, 2)?.getUint16(0) !== 0xff4f) throw endsTooEarly(name);
  if (siz.getUint16(0) !== SIZ) throw damaged(name, 'its codestream does not begin with its size');
  const [right, bottom, left, top] = [6, 10, 14, 18].map((at) => siz.getUint32(at)) as [
    number,
    number,
    number,
    number,
  ];
  if (right <= left || bottom <= top) throw damaged(name, 'it has no pixels');
  const components = componentsOf(file, from + 42, siz.getUint16(38), name);
  return { left, top, right, bottom, components, levels: levelsOf(file, from, name) };
}

function componentsOf(file: FileBytes, at: number, count: number, name: string): Codestream['components'] {
  if (count === 0) throw damaged(name, 'it has no components');
  // The others are beyond what the decoder's package hands out.
  if (count !== 1 && count !== 3) throw notReadHere(name, `has ${count} components (transparency, or inks)`);
  const view = viewAt(file, at, 3 * count);
  if (!view) throw endsTooEarly(name);
  return Array.from({ length: count }, (_, i) => {
    if (view.getUint8(3 * i + 1) !== 1 || view.getUint8(3 * i + 2) !== 1) {
      throw notReadHere(name, 'has components that are smaller than the image');
    }
    const depth = view.getUint8(3 * i);
    const bits = (depth & 127) + 1;
    if (bits > 16) throw notReadHere(name, `has samples of ${bits} bits`);
    return { bits, isSigned: depth > 127 };
  });
}

/** Goes through the segments to the first tile, and along the tiles to the end. */
function levelsOf(file: FileBytes, from: number, name: string): number {
  let levels: number | undefined;
  for (let at = from + 2, i = 0; i < mostMarkers; i++) {
    const view = viewAt(file, at, 4);
    if (!view) throw endsTooEarly(name);
    const marker = view.getUint16(0);
    if (marker === SOT) {
      if (!hasAllTiles(file, at)) throw endsTooEarly(name);
      break;
    }
    if (marker < 0xff00) throw damaged(name, 'a marker is missing in its codestream');
    if (marker === COD) levels ??= viewAt(file, at + 9, 1)?.getUint8(0);
    at += 2 + view.getUint16(2);
  }
  if (levels === undefined || levels > 32)
    throw damaged(name, 'its codestream does not tell how it is coded');
  return levels;
}

/** Each part of a tile tells its length; the last one may go on to the end. */
function hasAllTiles(file: FileBytes, first: number): boolean {
  for (let at = first, i = 0; i < mostMarkers; i++) {
    const view = viewAt(file, at, 12);
    if (!view || view.getUint16(0) !== SOT) return i > 0 && at <= file.length;
    const length = view.getUint32(6);
    if (length === 0) return true;
    if (length < 14) return true;
    at += length;
  }
  return true;
}

/** The size after so many halvings. */
export function sizeAt({ left, top, right, bottom }: Codestream, halvings: number): Size {
  const scaled = (value: number) => Math.ceil(value / 2 ** halvings);
  return { width: scaled(right) - scaled(left), height: scaled(bottom) - scaled(top) };
}

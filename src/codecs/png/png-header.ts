import { inflateSync } from 'node:zlib';
import { readOrientation } from '../common/exif-orientation.ts';
import type { Orientation } from '../common/geometry.ts';
import { type ColourProfile, classifyProfile } from '../common/icc-profile.ts';
import { type Chunk, isPng, readChunks } from './chunks.ts';

/** 11.2.1; the names of table 11.1. */
export type ColourType = 'greyscale' | 'truecolour' | 'indexed' | 'greyscale-alpha' | 'truecolour-alpha';

export interface ImageHeader {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly colourType: ColourType;
  /** 0 none, 1 Adam7. */
  readonly interlaceMethod: number;
}

/** A PNG datastream, parsed: what decides who makes the thumbnail, and what the kernel needs to make it. */
export interface PngHeader {
  /** Absent if IHDR has a combination that is not in table 11.1. */
  readonly image?: ImageHeader;
  /** R, G, B of each entry (11.2.2). */
  readonly palette?: Uint8Array;
  /** The contents of tRNS (11.3.1.1). */
  readonly transparency?: Uint8Array;
  /** The parts of the zlib datastream (10.1) of the first image. */
  readonly imageData: readonly Uint8Array[];
  readonly orientation: Orientation;
  readonly profile: ColourProfile;
  /** The first violation of the specification, if any. */
  readonly fault?: string;
}

/** Table 11.1. */
export const colourTypeCodes: Readonly<Record<ColourType, number>> = {
  greyscale: 0,
  truecolour: 2,
  indexed: 3,
  'greyscale-alpha': 4,
  'truecolour-alpha': 6,
};
const bitDepths: Readonly<Record<ColourType, readonly number[]>> = {
  greyscale: [1, 2, 4, 8, 16],
  truecolour: [8, 16],
  indexed: [1, 2, 4, 8],
  'greyscale-alpha': [8, 16],
  'truecolour-alpha': [8, 16],
};
const colourTypes = new Map(
  Object.entries(colourTypeCodes).map(([name, code]) => [code, name as ColourType]),
);

/** A profile that inflates to more than this is not sRGB. */
const maxProfileBytes = 1024 * 1024;

/** Reads all chunks. Returns `undefined` if this is no PNG datastream. */
export function readPngHeader(bytes: Uint8Array): PngHeader | undefined {
  if (!isPng(bytes)) return undefined;
  const { chunks, fault } = readChunks(bytes);
  const [first, ...rest] = chunks;
  if (first?.type !== 'IHDR') return { ...nothing, fault: fault ?? 'it does not begin with IHDR' };
  const image = readImageHeader(first.data);
  const unusual = fault ?? whatIsUnusual(rest);
  const found = (type: string) => rest.find((chunk) => chunk.type === type)?.data;
  const palette = found('PLTE');
  const transparency = found('tRNS');
  const exif = found('eXIf');
  return {
    ...(image && { image }),
    ...(palette && { palette }),
    ...(transparency && { transparency }),
    imageData: rest.filter(({ type }) => type === 'IDAT').map(({ data }) => data),
    orientation: exif ? readOrientation(exif) : 1,
    profile: readProfile(found, image),
    ...(unusual !== undefined && { fault: unusual }),
  };
}

const nothing = { imageData: [], orientation: 1, profile: 'none' } as const;

function readImageHeader(data: Uint8Array): ImageHeader | undefined {
  if (data.length !== 13) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [width, height, bitDepth] = [view.getUint32(0), view.getUint32(4), view.getUint8(8)];
  const colourType = colourTypes.get(view.getUint8(9));
  if (width === 0 || height === 0 || !colourType || !bitDepths[colourType].includes(bitDepth))
    return undefined;
  // Compression method and filter method: only 0 exists.
  if (view.getUint8(10) !== 0 || view.getUint8(11) !== 0) return undefined;
  return { width, height, bitDepth, colourType, interlaceMethod: view.getUint8(12) };
}

/** 5.6: at most one of each, consecutive IDAT chunks, and no unknown critical chunks. */
function whatIsUnusual(chunks: readonly Chunk[]): string | undefined {
  const types = chunks.map(({ type }) => type);
  const begin = types.indexOf('IDAT');
  if (begin < 0) return 'it has no image data';
  if (types.slice(begin, types.lastIndexOf('IDAT') + 1).some((type) => type !== 'IDAT')) {
    return 'its image data is interrupted';
  }
  for (const type of ['PLTE', 'tRNS', 'eXIf', 'iCCP'] as const) {
    if (types.filter((other) => other === type).length > 1) return `it has more than one ${type}`;
  }
  if (types.lastIndexOf('PLTE') > begin || types.lastIndexOf('tRNS') > begin)
    return 'its chunks are out of order';
  const known = ['PLTE', 'IDAT', 'IEND'];
  const unknown = types.find((type) => /^[A-Z]/.test(type) && !known.includes(type));
  return unknown === undefined ? undefined : `it has a critical chunk ${unknown}`;
}

/** 11.3.2: sharp ignores cICP; otherwise iCCP comes first. */
function readProfile(found: (type: string) => Uint8Array | undefined, image?: ImageHeader): ColourProfile {
  if (found('cICP')) return 'other';
  const iccp = found('iCCP');
  if (!iccp) return 'none';
  // A greyscale image has a greyscale profile, which is never sRGB.
  if (image?.colourType.startsWith('greyscale')) return 'other';
  // A name of at most 79 bytes, a zero, the compression method, and the deflated profile.
  const nameEnd = iccp.indexOf(0);
  if (nameEnd < 0 || nameEnd > 79 || iccp[nameEnd + 1] !== 0) return 'other';
  try {
    return classifyProfile(inflateSync(iccp.subarray(nameEnd + 2), { maxOutputLength: maxProfileBytes }));
  } catch {
    return 'other';
  }
}

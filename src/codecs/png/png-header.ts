import { readOrientation } from '../common/exif-orientation.ts';
import type { Orientation } from '../common/geometry.ts';
import type { FileBytes } from '../headers/file-bytes.ts';
import { type Chunk, isPng, readChunks, readChunksBeforeImage } from './chunks.ts';
import { type PngColour, readPngColour } from './png-colour.ts';

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
  readonly colour: PngColour;
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
  // What stands after the image data does not count: nobody who draws while reading could apply it.
  const begin = rest.findIndex(({ type }) => type === 'IDAT');
  const before = begin < 0 ? rest : rest.slice(0, begin);
  return {
    ...(image && { image }),
    ...(palette && { palette }),
    ...(transparency && { transparency }),
    imageData: rest.filter(({ type }) => type === 'IDAT').map(({ data }) => data),
    ...readMeaning(before, image),
    ...(unusual !== undefined && { fault: unusual }),
  };
}

const nothing = {
  imageData: [],
  orientation: 1,
  colour: { by: 'nothing', overruled: false },
} as const;

/** What the chunks before the image data say of how it is turned (11.3.4.5) and of its colours. */
function readMeaning(
  before: readonly Chunk[],
  image: ImageHeader | undefined,
): Pick<PngHeader, 'orientation' | 'colour'> {
  const found = (type: string) => before.find((chunk) => chunk.type === type)?.data;
  const exif = found('eXIf');
  return {
    orientation: exif ? readOrientation(exif) : 1,
    colour: readPngColour(found, image?.colourType.startsWith('greyscale') ?? false),
  };
}

/** The parts of a header that are known before the image data: all that sharp has to be told. */
export type PngStart = Pick<PngHeader, 'image' | 'orientation' | 'colour'>;

/**
 * Reads what stands before the image data. Ancillary chunks with a wrong CRC do not count, as with libpng.
 * @returns `undefined` if this is no PNG datastream or its header cannot be read.
 */
export function readPngStart(file: FileBytes): PngStart | undefined {
  const chunks = isPng(file.read(0, 8)) ? readChunksBeforeImage(file) : [];
  const [first, ...rest] = chunks;
  const image = first?.type === 'IHDR' ? readImageHeader(first.data) : undefined;
  return image && { image, ...readMeaning(rest, image) };
}

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

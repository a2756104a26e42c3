/** A box by its type, with what it contains (ISO/IEC 14496-12, 4.2). */
function box(type: string, ...content: readonly (Uint8Array | readonly number[])[]): Buffer {
  const body = Buffer.concat(content.map((part) => Buffer.from(part)));
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.length);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}

function u16(...values: readonly number[]): Buffer {
  return Buffer.concat(values.map((value) => Buffer.from([value >> 8, value & 255])));
}

function u32(...values: readonly number[]): Buffer {
  const out = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => {
    out.writeUInt32BE(value >>> 0, 4 * i);
  });
  return out;
}

const text = (value: string): Buffer => Buffer.from(value, 'latin1');
const zero = (value: string): Buffer => text(`${value}\0`);

/** Properties of pictures (ISO/IEC 23008-12, 6.5). */
export const property = {
  size: (width: number, height: number) => box('ispe', u32(0, width, height)),
  /** Quarter turns to the left. */
  rotation: (turns: number) => box('irot', [turns]),
  /** 0: top and bottom change places; 1: left and right. */
  mirror: (axis: 0 | 1) => box('imir', [axis]),
  /** The middle of a picture. */
  crop: (width: number, height: number) => box('clap', u32(width, 1, height, 1, 0, 1, 0, 1)),
  profile: (icc: Uint8Array) => box('colr', text('prof'), icc),
  codedColours: (primaries: number, transfer: number, matrix: number, fullRange = true) =>
    box('colr', text('nclx'), u16(primaries, transfer, matrix), [fullRange ? 0x80 : 0]),
  bits: (...channels: readonly number[]) => box('pixi', u32(0), [channels.length, ...channels]),
  isAuxiliary: (urn: string) => box('auxC', u32(0), zero(urn)),
};

export const alphaUrn = 'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha';
export const depthUrn = 'urn:mpeg:hevc:2015:auxid:2';

export interface HeifItem {
  readonly type: string;
  readonly data: Uint8Array;
  readonly properties?: readonly Uint8Array[];
  /** Items that it refers to, by their places in the list from 1: `thmb`, `auxl`, `cdsc`, `dimg`, `prem`. */
  readonly refersTo?: Readonly<Record<string, readonly number[]>>;
  readonly contentType?: string;
  readonly isHidden?: boolean;
}

export interface HeifSample {
  readonly items: readonly HeifItem[];
  /** From 1. */
  readonly primary?: number;
  readonly brands?: readonly string[];
}

/** What a grid is made of: its tiles are those that it refers to by `dimg`, row by row. */
export function grid(columns: number, rows: number, width: number, height: number): Buffer {
  return Buffer.concat([Buffer.from([0, 0, rows - 1, columns - 1]), u16(width, height)]);
}

/** Writes a HEIF file (ISO/IEC 23008-12) of pictures that stand behind what tells of them. */
export function writeHeif({ items, primary = 1, brands = ['heic', 'mif1', 'heic'] }: HeifSample): Buffer {
  const ftyp = box('ftyp', text(brands[0] ?? 'heic'), u32(0), ...brands.slice(1).map(text));
  // The length of `meta` does not depend on the places that it tells.
  const dataAt = ftyp.length + metaOf(items, primary, 0).length + 8;
  const mdat = box('mdat', ...items.map(({ data }) => data));
  return Buffer.concat([ftyp, metaOf(items, primary, dataAt), mdat]);
}

function metaOf(items: readonly HeifItem[], primary: number, dataAt: number): Buffer {
  const entries = items.map(({ type, contentType, isHidden }, i) =>
    box(
      'infe',
      u32((2 << 24) | (isHidden ? 1 : 0)),
      u16(i + 1, 0),
      text(type),
      zero(''),
      contentType === undefined ? [] : zero(contentType),
    ),
  );
  let at = dataAt;
  const places = items.map(({ data }, i) => {
    const place = Buffer.concat([u16(i + 1, 0, 1), u32(at, data.length)]);
    at += data.length;
    return place;
  });
  const references = items.flatMap(({ refersTo = {} }, i) =>
    Object.entries(refersTo).map(([type, to]) => box(type, u16(i + 1, to.length, ...to))),
  );
  const properties: Uint8Array[] = [];
  const associations = items.map(({ properties: own = [] }, i) => {
    const indices = own.map((each) => properties.push(each));
    return Buffer.concat([u16(i + 1), Buffer.from([own.length]), u16(...indices.map((n) => n | 0x8000))]);
  });
  return box(
    'meta',
    u32(0),
    box('hdlr', u32(0, 0), text('pict'), u32(0, 0, 0), [0]),
    box('pitm', u32(0), u16(primary)),
    box('iloc', u32(0), [0x44, 0x00], u16(items.length), ...places),
    box('iinf', u32(0), u16(items.length), ...entries),
    ...(references.length > 0 ? [box('iref', u32(0), ...references)] : []),
    box(
      'iprp',
      box('ipco', ...properties),
      // Flag 1: indices of fifteen bits.
      box('ipma', u32(1), u32(items.length), ...associations),
    ),
  );
}

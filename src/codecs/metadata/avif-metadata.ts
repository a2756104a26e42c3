import { lettersAt, type Metadata } from './metadata.ts';

/** A box of ISO/IEC 14496-12. */
interface Box {
  readonly type: string;
  /** What stands behind its length and type. */
  readonly data: Buffer;
}

/**
 * The same AVIF with metadata: items of their own beside the picture's (ISO/IEC 23008-12, annex A), and a property of it
 * for the profile. For files as our encoder writes them, with the boxes of a single picture in their first versions.
 */
export function avifWith(avif: Uint8Array, metadata: Metadata): Uint8Array {
  const file = Buffer.from(avif.buffer, avif.byteOffset, avif.byteLength);
  const boxes = boxesIn(file);
  const metaAt = boxes.findIndex(({ type }) => type === 'meta');
  const meta = boxes[metaAt];
  if (!meta) throw new Error('Expected an AVIF file.');
  const children = boxesIn(meta.data.subarray(4));
  const find = (type: string): Buffer => {
    const data = children.find((box) => box.type === type)?.data;
    if (!data) throw new Error(`Expected a box ${type} in an AVIF file.`);
    return data;
  };
  const primary = find('pitm').readUInt16BE(4);
  const items = itemsOf(metadata, 1 + Math.max(...itemsIn(find('iloc')).map(({ id }) => id)));
  const { profile } = metadata;
  const changed = (growth: number): Buffer =>
    box(
      'meta',
      meta.data.subarray(0, 4),
      ...children
        .filter(({ type }) => type !== 'iref')
        .map(({ type, data }) => {
          if (type === 'iinf') return box('iinf', infoWith(data, items));
          if (type === 'iloc') return box('iloc', locationsWith(data, items, file.length, growth));
          return type === 'iprp' && profile
            ? box('iprp', propertiesWith(data, profile, primary))
            : box(type, data);
        }),
      referencesWith(children.find(({ type }) => type === 'iref')?.data, items, primary),
    );
  const growth = changed(0).length - (8 + meta.data.length);
  return Buffer.concat([
    ...boxes.map((each, index) => (index === metaAt ? changed(growth) : box(each.type, each.data))),
    box('mdat', ...items.map(({ data }) => data)),
  ]);
}

/** The boxes that fill these bytes. Those of our encoder have lengths of 32 bits. */
function boxesIn(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (length < 8 || at + length > bytes.length) throw new Error('Expected boxes in an AVIF file.');
    boxes.push({ type: lettersAt(bytes, at + 4), data: bytes.subarray(at + 8, at + length) });
    at += length;
  }
  return boxes;
}

function box(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(parts.reduce((sum, { length }) => sum + length, 8));
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...parts]);
}

function uint16(...values: readonly number[]): Buffer {
  const out = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => {
    out.writeUInt16BE(value, 2 * i);
  });
  return out;
}

function uint32(value: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(value);
  return out;
}

interface Item {
  readonly id: number;
  /** What `infe` says of it. */
  readonly kind: string;
  readonly data: Buffer;
}

function itemsOf({ exif, xmp }: Metadata, firstId: number): Item[] {
  // Where the TIFF data begins, counted from behind this number.
  const kinds = [
    ...(exif ? [{ kind: 'Exif\0', data: Buffer.concat([uint32(0), exif]) }] : []),
    ...(xmp ? [{ kind: 'mime\0application/rdf+xml\0', data: Buffer.from(xmp) }] : []),
  ];
  return kinds.map((each, index) => ({ ...each, id: firstId + index }));
}

/** `ItemInfoEntry` of version 2, hidden, because it is no picture. */
function infoWith(iinf: Buffer, items: readonly Item[]): Buffer {
  const entries = items.map(({ id, kind }) =>
    box('infe', Buffer.of(2, 0, 0, 1), uint16(id, 0), Buffer.from(kind, 'latin1')),
  );
  const count = iinf.readUInt16BE(4) + items.length;
  return Buffer.concat([iinf.subarray(0, 4), uint16(count), iinf.subarray(6), ...entries]);
}

/** Item, data reference, where it begins, one extent, and its offset from there and length. */
const locationBytes = 18;

interface Location {
  readonly id: number;
  readonly at: number;
}

/** `ItemLocationBox` of version 0 with numbers of four bytes, and an extent for each item. */
function itemsIn(iloc: Buffer): Location[] {
  const count = iloc.readUInt16BE(6);
  const isKnown = iloc.readUInt32BE(0) === 0 && iloc.readUInt16BE(4) === 0x4440;
  if (!isKnown || iloc.length !== 8 + locationBytes * count)
    throw new Error('Expected other locations in an AVIF file.');
  return Array.from({ length: count }, (_, i) => ({
    id: iloc.readUInt16BE(8 + locationBytes * i),
    at: 8 + locationBytes * i,
  }));
}

/** @param growth by how much all that stands behind the box moves. */
function locationsWith(iloc: Buffer, items: readonly Item[], fileBytes: number, growth: number): Buffer {
  const moved = Buffer.from(iloc);
  for (const { at } of itemsIn(iloc)) moved.writeUInt32BE(iloc.readUInt32BE(at + 4) + growth, at + 4);
  moved.writeUInt16BE(iloc.readUInt16BE(6) + items.length, 6);
  let from = fileBytes + growth + 8;
  const added = items.map(({ id, data }) => {
    const location = Buffer.concat([uint16(id, 0), uint32(from), uint16(1), uint32(0), uint32(data.length)]);
    from += data.length;
    return location;
  });
  return Buffer.concat([moved, ...added]);
}

function referencesWith(iref: Buffer | undefined, items: readonly Item[], primary: number): Buffer {
  const references = items.map(({ id }) => box('cdsc', uint16(id, 1, primary)));
  const isEmpty = iref === undefined && items.length === 0;
  return isEmpty ? Buffer.alloc(0) : box('iref', iref ?? Buffer.alloc(4), ...references);
}

/** Another property, `colr` with a profile, and the picture's association with it. */
function propertiesWith(iprp: Buffer, profile: Uint8Array, primary: number): Buffer {
  const boxes = boxesIn(iprp);
  const count = boxesIn(boxes.find(({ type }) => type === 'ipco')?.data ?? Buffer.alloc(0)).length;
  return Buffer.concat(
    boxes.map(({ type, data }) => {
      if (type === 'ipco') return box('ipco', data, box('colr', Buffer.from('prof'), profile));
      return type === 'ipma' ? box('ipma', associationsWith(data, primary, count + 1)) : box(type, data);
    }),
  );
}

/** Version 0: for each item its number, how many properties it has, and these by their places. */
function associationsWith(ipma: Buffer, primary: number, property: number): Buffer {
  if (ipma.readUInt32BE(0) !== 0) throw new Error('Expected other properties in an AVIF file.');
  const parts: Buffer[] = [ipma.subarray(0, 8)];
  for (let at = 8; at + 3 <= ipma.length; ) {
    const [id, count] = [ipma.readUInt16BE(at), ipma.readUInt8(at + 2)];
    const end = at + 3 + count;
    const more = id === primary ? [property] : [];
    parts.push(uint16(id), Buffer.of(count + more.length), ipma.subarray(at + 3, end), Buffer.of(...more));
    at = end;
  }
  return Buffer.concat(parts);
}

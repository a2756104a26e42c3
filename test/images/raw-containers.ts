import { type Fields, tiffHeader, writeDirectories } from './write-directories.ts';

/** The JPEGs that a camera puts into a raw photo, and what is told of the photo. */
export interface RawParts {
  readonly thumbnail: Buffer;
  readonly preview: Buffer;
  readonly full: Buffer;
  /** Default 1. */
  readonly orientation?: number;
  /** EXIF's ColorSpace; default 1, sRGB. */
  readonly colourSpace?: number;
  /** What the sensor has seen. Default 1600×1066. */
  readonly size?: { readonly width: number; readonly height: number };
}

type Container = (parts: RawParts) => Buffer;

/** Not a JPEG for people: lossless, as sensors' samples are compressed. */
const losslessJpeg = Buffer.from('ffd8ffc3001108042a064003012200021101031101ffd9', 'hex');

const jpegIn = (jpeg: Buffer): Fields => ({ 259: 6, 513: { offsetOf: jpeg }, 514: jpeg.length });

function sensor({ size = { width: 1600, height: 1066 } }: RawParts, compression = 34713): Fields {
  return {
    254: 0,
    256: size.width,
    257: size.height,
    258: 14,
    259: compression,
    262: 32803,
    273: { offsetOf: losslessJpeg },
    277: 1,
    279: losslessJpeg.length,
  };
}

/** Grey pixels of three bytes each, as small pictures without compression are. */
function plainRgb(width: number, height: number): Fields {
  const pixels = Buffer.alloc(width * height * 3, 128);
  return {
    254: 1,
    256: width,
    257: height,
    258: [8, 8, 8],
    259: 1,
    262: 2,
    273: { offsetOf: pixels },
    277: 3,
    278: height,
    279: pixels.length,
  };
}

function described(make: string, { orientation = 1 }: RawParts): Fields {
  return { 271: make, 272: `${make} test`, 274: orientation };
}

/** 52° 30′ north. */
const gps: Fields = { 1: 'N', 2: { rationals: [52, 30, 0] } };

function exif({ colourSpace = 1 }: RawParts, makerNote?: Buffer): Fields {
  return { 36864: Buffer.from('0230'), ...(makerNote && { 37500: makerNote }), 40961: colourSpace };
}

const nef: Container = (parts) => {
  const notes = writeDirectories(tiffHeader(), [{ 17: { directories: [jpegIn(parts.thumbnail)] } }]);
  return writeDirectories(tiffHeader(), [
    {
      ...plainRgb(160, 120),
      ...described('NIKON CORPORATION', parts),
      330: {
        directories: [{ 254: 1, ...jpegIn(parts.full) }, sensor(parts), { 254: 1, ...jpegIn(parts.preview) }],
      },
      34665: {
        directories: [exif(parts, Buffer.concat([Buffer.from('Nikon\0\x02\x10\0\0', 'latin1'), notes]))],
      },
    },
  ]);
};

const cr2: Container = (parts) =>
  writeDirectories(tiffHeader('II', '*\0', Buffer.from('CR\x02\0\0\0\0\0', 'latin1')), [
    {
      256: 1500,
      257: 1000,
      258: [8, 8, 8],
      259: 6,
      ...described('Canon', parts),
      273: { offsetOf: parts.full },
      279: parts.full.length,
      34665: { directories: [exif(parts)] },
    },
    { 513: { offsetOf: parts.thumbnail }, 514: parts.thumbnail.length },
    plainRgb(60, 40),
    { 259: 6, 273: { offsetOf: losslessJpeg }, 279: losslessJpeg.length },
  ]);

/** Sony's; others of the kind write the same tags into other directories. */
const arw: Container = (parts) =>
  writeDirectories(tiffHeader(), [
    {
      254: 1,
      ...described('SONY', parts),
      34853: { directories: [gps] },
      ...jpegIn(parts.preview),
      330: { directories: [sensor(parts, 32767)] },
      34665: { directories: [exif(parts)] },
    },
    { 254: 1, ...jpegIn(parts.thumbnail) },
    { 254: 1, ...jpegIn(parts.full) },
  ]);

const dng =
  (order: 'II' | 'MM'): Container =>
  (parts) => {
    const preview = (jpeg: Buffer, width: number, height: number): Fields => ({
      254: 1,
      256: width,
      257: height,
      258: [8, 8, 8],
      259: 7,
      262: 6,
      273: { offsetOf: jpeg },
      277: 3,
      278: height,
      279: jpeg.length,
    });
    return writeDirectories(
      tiffHeader(order),
      [
        {
          ...plainRgb(120, 80),
          ...described('Maker', parts),
          330: {
            directories: [
              sensor(parts, 7),
              preview(parts.full, 1500, 1000),
              preview(parts.preview, 600, 400),
            ],
          },
          34665: { directories: [exif(parts)] },
          50706: Buffer.from([1, 4, 0, 0]),
        },
      ],
      order,
    );
  };

const orf: Container = (parts) => {
  const notes = writeDirectories(Buffer.from('OLYMPUS\0II\x03\0', 'latin1'), [
    {
      256: parts.thumbnail,
      8224: {
        directories: [
          { 0: Buffer.from('0100'), 257: { offsetOf: parts.preview }, 258: parts.preview.length },
        ],
      },
    },
  ]);
  const { 273: _at, 279: _length, ...samples } = sensor(parts, 1);
  return writeDirectories(tiffHeader('II', 'RO'), [
    { ...samples, ...described('OLYMPUS CORPORATION', parts), 34665: { directories: [exif(parts, notes)] } },
  ]);
};

const pef: Container = (parts) => {
  // Offsets count from the beginning of the file, so that the preview stands where that is known.
  const preview = Buffer.concat([parts.preview, Buffer.alloc(parts.preview.length % 2)]);
  const notes = writeDirectories(
    Buffer.from('AOC\0MM'),
    [{ 2: [320, 240], 3: parts.preview.length, 4: 8 }],
    'MM',
  );
  return writeDirectories(
    tiffHeader('MM', '\0*', preview),
    [
      {
        ...sensor(parts, 65535),
        ...described('PENTAX', parts),
        34665: { directories: [exif(parts, notes)] },
      },
      jpegIn(parts.thumbnail),
      { 254: 1, ...jpegIn(parts.full) },
    ],
    'MM',
  );
};

const rw2: Container = (parts) =>
  writeDirectories(tiffHeader('II', 'U\0'), [
    {
      1: Buffer.from('0310'),
      2: parts.size?.width ?? 1600,
      3: parts.size?.height ?? 1066,
      46: parts.full,
      ...described('Panasonic', parts),
      34665: { directories: [exif(parts)] },
    },
  ]);

const srw: Container = (parts) =>
  writeDirectories(tiffHeader(), [
    {
      ...described('SAMSUNG', parts),
      ...jpegIn(parts.thumbnail),
      330: { directories: [{ 254: 1, ...jpegIn(parts.full) }, sensor(parts, 32772)] },
      34665: { directories: [exif(parts)] },
    },
  ]);

const iiq: Container = (parts) =>
  writeDirectories(tiffHeader('II', '*\0', Buffer.from('IIIITwaR', 'latin1')), [
    {
      254: 1,
      256: 600,
      257: 400,
      258: [8, 8, 8],
      259: 7,
      262: 6,
      ...described('Phase One', parts),
      273: { offsetOf: parts.preview },
      277: 3,
      279: parts.preview.length,
    },
  ]);

/** Blocks of Minolta's MRW; the preview of its notes lies where TTW's TIFF data tells. */
const mrw: Container = (parts) => {
  const preview = Buffer.concat([parts.preview, Buffer.alloc(parts.preview.length % 2)]);
  const notes = writeDirectories(Buffer.alloc(0), [{ 136: 8, 137: parts.preview.length }], 'MM');
  const tiff = writeDirectories(
    tiffHeader('MM', '\0*', preview),
    [{ ...described('KONICA MINOLTA', parts), 34665: { directories: [exif(parts, notes)] } }],
    'MM',
  );
  const blocks = [block('\0PRD', Buffer.alloc(24)), block('\0TTW', tiff)];
  return Buffer.concat([block('\0MRM', Buffer.concat(blocks)), Buffer.alloc(64)]);
};

function block(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32BE(content.length, 4);
  return Buffer.concat([head, content]);
}

const raf: Container = ({ full }) => {
  const head = Buffer.alloc(148);
  head.write('FUJIFILMCCD-RAW 0201FF383501X-Test', 'latin1');
  head.writeUInt32BE(head.length, 84);
  head.writeUInt32BE(full.length, 88);
  return Buffer.concat([head, full, Buffer.alloc(100)]);
};

/** A box of ISO/IEC 14496-12, 4.2; `long`: with a length of 64 bits. */
export function box(type: string, content: Buffer, long = false): Buffer {
  const head = Buffer.alloc(long ? 16 : 8);
  head.write(type, 4, 'latin1');
  if (long) {
    head.writeUInt32BE(1, 0);
    head.writeBigUInt64BE(BigInt(16 + content.length), 8);
  } else head.writeUInt32BE(8 + content.length, 0);
  return Buffer.concat([head, content]);
}

function uint(size: 2 | 4 | 8, ...values: number[]): Buffer {
  return Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(size);
      bytes.writeUIntBE(value, Math.max(0, size - 6), Math.min(size, 6));
      return bytes;
    }),
  );
}

const cr3: Container = (parts) => {
  const { thumbnail, preview, full } = parts;
  const size = (jpeg: Buffer) => Buffer.concat([uint(2, 160, 107), uint(4, jpeg.length), uint(2, 1, 0)]);
  const canon = Buffer.concat([
    Buffer.from('85c0b687820f11e08111f4ce462b6a48', 'hex'),
    box('CNCV', Buffer.from('CanonCR3_001/00.09.00/00.00.00')),
    box('CMT1', writeDirectories(tiffHeader(), [{ 256: 1600, 257: 1066, ...described('Canon', parts) }])),
    box('CMT2', writeDirectories(tiffHeader(), [exif(parts)])),
    box('CMT4', writeDirectories(tiffHeader(), [gps])),
    box('THMB', Buffer.concat([uint(4, 0), size(thumbnail), thumbnail])),
  ]);
  const track = (at: number, samples: Buffer) =>
    box(
      'trak',
      box(
        'mdia',
        box(
          'minf',
          box(
            'stbl',
            Buffer.concat([
              box('stsz', uint(4, 0, 0, 1, samples.length)),
              box('co64', Buffer.concat([uint(4, 0, 1), uint(8, at)])),
            ]),
          ),
        ),
      ),
    );
  const brand = box('ftyp', Buffer.concat([Buffer.from('crx '), uint(4, 1), Buffer.from('crx isom')]));
  const moov = (at: number) =>
    box('moov', Buffer.concat([box('uuid', canon), track(at, full), track(at + full.length, losslessJpeg)]));
  const previewBox = box(
    'uuid',
    Buffer.concat([
      Buffer.from('eaf42b5e1c984b88b9fbb7dc406e4d16', 'hex'),
      uint(4, 0, 1),
      box('PRVW', Buffer.concat([uint(4, 0), uint(2, 1, 600, 400, 1), uint(4, preview.length), preview])),
    ]),
  );
  const at = brand.length + moov(0).length + previewBox.length + 16;
  return Buffer.concat([brand, moov(at), previewBox, box('mdat', Buffer.concat([full, losslessJpeg]), true)]);
};

/** Canon's CIFF: heaps, each with the list of what it holds at its end. */
const crw: Container = ({ thumbnail, full, orientation = 1 }) => {
  const info = Buffer.alloc(28);
  info.writeUInt32LE(1600, 0);
  info.writeUInt32LE(1066, 4);
  info.writeInt32LE({ 1: 0, 6: 90, 3: 180, 8: 270 }[orientation] ?? 0, 12);
  const inner = heap([[0x1810, info]]);
  const head = Buffer.alloc(26);
  head.write('II\x1a\0\0\0HEAPCCDR', 'latin1');
  return Buffer.concat([
    head,
    heap([
      [0x300a, inner],
      [0x2007, full],
      [0x2008, thumbnail],
    ]),
  ]);
};

function heap(entries: readonly (readonly [tag: number, content: Buffer])[]): Buffer {
  const list = Buffer.alloc(2 + 10 * entries.length + 4);
  list.writeUInt16LE(entries.length, 0);
  let at = 0;
  entries.forEach(([tag, content], i) => {
    list.writeUInt16LE(tag, 2 + 10 * i);
    list.writeUInt32LE(content.length, 4 + 10 * i);
    list.writeUInt32LE(at, 8 + 10 * i);
    at += content.length;
  });
  list.writeUInt32LE(at, list.length - 4);
  return Buffer.concat([...entries.map(([, content]) => content), list]);
}

const x3f: Container = ({ preview, full, orientation = 1 }) => {
  const head = Buffer.alloc(264);
  head.write('FOVb', 'latin1');
  head.writeUInt32LE(0x0002_0003, 4);
  head.writeUInt32LE(1600, 28);
  head.writeUInt32LE(1066, 32);
  head.writeUInt32LE({ 1: 0, 6: 90, 3: 180, 8: 270 }[orientation] ?? 0, 36);
  const section = (jpeg: Buffer) => {
    const own = Buffer.alloc(28);
    own.write('SECi\0\0\x02\0\x02\0\0\0\x12\0\0\0', 'latin1');
    return Buffer.concat([own, jpeg]);
  };
  const sections = [section(preview), section(full)];
  const list = Buffer.alloc(12 + 12 * sections.length + 4);
  list.write('SECd\0\0\x02\0', 'latin1');
  list.writeUInt32LE(sections.length, 8);
  let at = head.length;
  sections.forEach((each, i) => {
    list.writeUInt32LE(at, 12 + 12 * i);
    list.writeUInt32LE(each.length, 16 + 12 * i);
    list.write('IMA2', 20 + 12 * i, 'latin1');
    at += each.length;
  });
  list.writeUInt32LE(at, list.length - 4);
  return Buffer.concat([head, ...sections, list]);
};

/** A minimal file of each kind, by its extension. Each holds some of the JPEGs, as the cameras' files do. */
export const rawContainers = {
  nef,
  nrw: nef,
  cr2,
  cr3,
  crw,
  arw,
  sr2: arw,
  dng: dng('II'),
  gpr: dng('MM'),
  orf,
  pef,
  rw2,
  rwl: rw2,
  raf,
  srw,
  '3fr': arw,
  dcr: nef,
  kdc: arw,
  erf: srw,
  mef: arw,
  mos: dng('MM'),
  iiq,
  mrw,
  x3f,
} as const satisfies Readonly<Record<string, Container>>;

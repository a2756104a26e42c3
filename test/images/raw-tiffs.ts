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

export type Container = (parts: RawParts) => Buffer;

/** Not a JPEG for people: lossless, as sensors' samples are compressed. */
export const losslessJpeg = Buffer.from('ffd8ffc3001108042a064003012200021101031101ffd9', 'hex');

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

export function described(make: string, { orientation = 1 }: RawParts): Fields {
  return { 271: make, 272: `${make} test`, 274: orientation };
}

/** 52° 30′ north. */
export const gps: Fields = { 1: 'N', 2: { rationals: [52, 30, 0] } };

export function exif({ colourSpace = 1 }: RawParts, makerNote?: Buffer): Fields {
  return { 36864: Buffer.from('0230'), ...(makerNote && { 37500: makerNote }), 40961: colourSpace };
}

export const nef: Container = (parts) => {
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

export const cr2: Container = (parts) =>
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
export const arw: Container = (parts) =>
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

export const dng =
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

export const orf: Container = (parts) => {
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

export const pef: Container = (parts) => {
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

export const rw2: Container = (parts) =>
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

export const srw: Container = (parts) =>
  writeDirectories(tiffHeader(), [
    {
      ...described('SAMSUNG', parts),
      ...jpegIn(parts.thumbnail),
      330: { directories: [{ 254: 1, ...jpegIn(parts.full) }, sensor(parts, 32772)] },
      34665: { directories: [exif(parts)] },
    },
  ]);

export const iiq: Container = (parts) =>
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

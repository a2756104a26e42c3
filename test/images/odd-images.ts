import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import {
  EOI,
  exifSegment,
  inserted,
  placesOf,
  restartsOf,
  SOS,
  segment,
  without,
} from '../codecs/jpeg/jpeg-bytes.ts';
import { noise, pngChunk } from './test-images.ts';

/** An image of a kind that has been read wrongly somewhere, and how a run must end for it, whatever its settings. */
export interface OddImage {
  readonly name: string;
  readonly bytes: Buffer;
  /** `done`, or the code of its failure. */
  readonly ends: string;
  /** The size of its thumbnail in a box of 60×60. */
  readonly size?: string;
}

const upright = '60x40';
const turned = '40x60';

/** A picture of 180×120 with soft shapes and a little grain, so that no decoder's rounding shows. */
function photo() {
  const svg = `<svg width="180" height="120"><defs><linearGradient id="g"><stop offset="0" stop-color="#c33"/>
    <stop offset="1" stop-color="#36c"/></linearGradient></defs><rect width="180" height="120" fill="url(#g)"/>
    <circle cx="60" cy="50" r="30" fill="#7a4"/></svg>`;
  return sharp(Buffer.from(svg)).removeAlpha();
}

/** JPEG files with what cameras, editors and cards do to them. */
async function jpegs(): Promise<OddImage[]> {
  const whole = await photo().jpeg({ quality: 90 }).toBuffer();
  const progressive = await photo().jpeg({ quality: 90, progressive: true }).toBuffer();
  const cmyk = await photo().toColourspace('cmyk').jpeg().toBuffer();
  const p3 = await photo().withIccProfile('p3').jpeg().toBuffer();
  const behind = (...segments: readonly Buffer[]) =>
    Buffer.concat([whole.subarray(0, 2), ...segments, whole.subarray(2)]);
  const [end = 0] = placesOf(whole, EOI);
  const [scan = 0] = placesOf(whole, SOS);
  const junk = Array.from({ length: 18 }, (_, index) => index + 1);
  const twelve = Buffer.from(whole);
  const [frame = 0] = placesOf(whole, 0xc0);
  twelve[frame + 1] = 0xc1;
  twelve[frame + 4] = 12;
  const [table = 0] = placesOf(whole, 0xdb);
  const nonsense = Buffer.from(whole);
  for (let at = scan + 40, state = 7; at < end; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    nonsense[at] = (state >>> 16) % 255;
  }
  const lossless = Buffer.from(whole);
  lossless[frame + 1] = 0xc3;
  return [
    { name: 'turned by a SHORT', bytes: behind(exifSegment(6)), ends: 'done', size: turned },
    { name: 'turned by a LONG', bytes: behind(exifSegment(6, 4)), ends: 'done', size: turned },
    { name: 'turned by a BYTE', bytes: behind(exifSegment(6, 1)), ends: 'done', size: turned },
    {
      name: 'two Exif, the first turned',
      bytes: behind(exifSegment(6), exifSegment(1)),
      ends: 'done',
      size: turned,
    },
    {
      name: 'two Exif, the second turned',
      bytes: behind(exifSegment(1), exifSegment(6)),
      ends: 'done',
      size: upright,
    },
    {
      name: 'junk before Exif',
      bytes: behind(Buffer.from(junk), exifSegment(6)),
      ends: 'done',
      size: turned,
    },
    { name: 'junk before the scan', bytes: inserted(whole, [scan], junk), ends: 'done', size: upright },
    {
      name: 'bytes before the end',
      bytes: inserted(whole, [end], [0x12, 0x34]),
      ends: 'done',
      size: upright,
    },
    { name: 'no end marker', bytes: whole.subarray(0, end), ends: 'done', size: upright },
    {
      name: 'junk behind the end',
      bytes: Buffer.concat([whole, Buffer.from(junk)]),
      ends: 'done',
      size: upright,
    },
    { name: 'progressive, no end marker', bytes: progressive.subarray(0, -2), ends: 'done', size: upright },
    { name: 'cut', bytes: whole.subarray(0, scan + Math.floor((end - scan) / 2)), ends: 'TRUNCATED_IMAGE' },
    { name: 'CMYK', bytes: cmyk, ends: 'done', size: upright },
    { name: 'CMYK, cut', bytes: cmyk.subarray(0, Math.floor(cmyk.length * 0.7)), ends: 'TRUNCATED_IMAGE' },
    { name: 'Display P3', bytes: p3, ends: 'done', size: upright },
    { name: 'Display P3, no end marker', bytes: p3.subarray(0, -2), ends: 'done', size: upright },
    { name: 'a second beginning', bytes: behind(Buffer.from([0xff, 0xd8])), ends: 'done', size: upright },
    {
      name: 'bytes within a table',
      bytes: inserted(whole, [table + 20], [1, 2, 3]),
      ends: 'done',
      size: upright,
    },
    { name: 'a scan of nonsense', bytes: nonsense, ends: 'CORRUPT_IMAGE' },
    { name: 'samples of 12 bits', bytes: twelve, ends: 'UNSUPPORTED_IMAGE' },
    { name: 'lossless', bytes: lossless, ends: 'UNSUPPORTED_IMAGE' },
    { name: 'only its first bytes', bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0]), ends: 'TRUNCATED_IMAGE' },
  ].map((image) => ({ ...image, name: `${image.name}.jpg` }));
}

/** JPEG files with restart markers, of which one interval is lost or one marker has a wrong number. */
async function restarts(): Promise<OddImage[]> {
  const whole = await withRestarts();
  const [first = 0, second = 0, third = 0] = restartsOf(whole);
  const wrong = Buffer.from(whole);
  wrong[third + 1] = 0xd6;
  return [
    { name: 'an interval lost.jpg', bytes: without(whole, second, third), ends: 'CORRUPT_IMAGE' },
    { name: 'two intervals lost.jpg', bytes: without(whole, first, third), ends: 'CORRUPT_IMAGE' },
    { name: 'a wrong restart number.jpg', bytes: wrong, ends: 'done', size: '60x44' },
  ];
}

/** libjpeg-turbo as sharp brings it writes no restart markers: a baseline file is cut into intervals by hand. */
async function withRestarts(): Promise<Buffer> {
  // One row of MCUs in a file of its own codes each interval from DC 0, as a restart does (T.81, E.1.4).
  const strips = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      photo()
        .resize(176, 128, { fit: 'fill' })
        .extract({ left: 0, top: index * 16, width: 176, height: 16 })
        .jpeg({ quality: 90, optimiseCoding: false, mozjpeg: false })
        .toBuffer(),
    ),
  );
  const [first = Buffer.alloc(0)] = strips;
  const [frame = 0] = placesOf(first, 0xc0);
  const [scan = 0] = placesOf(first, SOS);
  const dataAt = scan + 2 + first.readUInt16BE(scan + 2);
  const head = Buffer.from(first.subarray(0, dataAt));
  head.writeUInt16BE(128, frame + 5);
  const dri = segment(0xdd, Buffer.from([0, 11]));
  const data = strips.flatMap((strip, index) => {
    const [end = 0] = placesOf(strip, EOI);
    const piece = strip.subarray(dataAt, end);
    return index === 7 ? [piece] : [piece, Buffer.from([0xff, 0xd0 + index])];
  });
  return Buffer.concat([head.subarray(0, scan), dri, head.subarray(scan), ...data, Buffer.from([0xff, EOI])]);
}

async function pngs(): Promise<OddImage[]> {
  const whole = await photo().png().toBuffer();
  const lateExif = Buffer.concat([
    whole.subarray(0, -12),
    pngChunk('eXIf', exifSegment(6).subarray(10)),
    whole.subarray(-12),
  ]);
  const earlyExif = Buffer.concat([
    whole.subarray(0, 33),
    pngChunk('eXIf', exifSegment(6).subarray(10)),
    whole.subarray(33),
  ]);
  const gamma = Buffer.concat([
    whole.subarray(0, 33),
    pngChunk('gAMA', Buffer.from([0, 1, 0x86, 0xa0])),
    whole.subarray(33),
  ]);
  return [
    { name: 'Exif behind the image.png', bytes: lateExif, ends: 'done', size: upright },
    { name: 'Exif before the image.png', bytes: earlyExif, ends: 'done', size: turned },
    { name: 'linear light.png', bytes: gamma, ends: 'done', size: upright },
    {
      name: 'interlaced.png',
      bytes: await photo().png({ progressive: true }).toBuffer(),
      ends: 'done',
      size: upright,
    },
    { name: 'no end.png', bytes: whole.subarray(0, -12), ends: 'done', size: upright },
    { name: 'cut.png', bytes: whole.subarray(0, Math.floor(whole.length / 2)), ends: 'TRUNCATED_IMAGE' },
    {
      name: 'sixteen bits.png',
      bytes: await photo().toColourspace('rgb16').png().toBuffer(),
      ends: 'done',
      size: upright,
    },
    {
      name: 'for iOS.png',
      bytes: Buffer.concat([
        whole.subarray(0, 8),
        pngChunk('CgBI', Buffer.alloc(4)),
        pngChunk('IDAT', deflateSync(Buffer.alloc(9))),
      ]),
      ends: 'UNSUPPORTED_IMAGE',
    },
  ];
}

async function others(): Promise<OddImage[]> {
  const webp = await noise(180, 120).webp().toBuffer();
  const avif = await noise(180, 120).avif().toBuffer();
  const gif = await photo().gif().toBuffer();
  const tiff = await photo().tiff({ compression: 'lzw' }).toBuffer();
  return [
    {
      name: 'turned.webp',
      bytes: await photo().withMetadata({ orientation: 6 }).webp().toBuffer(),
      ends: 'done',
      size: turned,
    },
    { name: 'cut.webp', bytes: webp.subarray(0, Math.floor(webp.length / 2)), ends: 'TRUNCATED_IMAGE' },
    { name: 'cut.avif', bytes: avif.subarray(0, Math.floor(avif.length / 2)), ends: 'TRUNCATED_IMAGE' },
    { name: 'whole.avif', bytes: avif, ends: 'done', size: upright },
    { name: 'whole.gif', bytes: gif, ends: 'done', size: upright },
    { name: 'cut.gif', bytes: gif.subarray(0, Math.floor(gif.length / 2)), ends: 'TRUNCATED_IMAGE' },
    {
      name: 'turned.tif',
      bytes: await photo().withMetadata({ orientation: 6 }).tiff().toBuffer(),
      ends: 'done',
      size: turned,
    },
    { name: 'cut.tif', bytes: tiff.subarray(0, Math.floor(tiff.length / 2)), ends: 'TRUNCATED_IMAGE' },
    {
      name: 'drawing.svg',
      bytes: Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 6"><rect width="9" height="6" fill="red"/></svg>',
      ),
      ends: 'done',
      size: upright,
    },
    {
      name: 'drawing in UTF-16.svg',
      bytes: Buffer.from(
        '\ufeff<?xml version="1.0" encoding="UTF-16"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 6"><rect width="9" height="6" fill="red"/></svg>',
        'utf16le',
      ),
      ends: 'done',
      size: upright,
    },
    {
      name: 'no drawing.svg',
      bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><g></svg>'),
      ends: 'CORRUPT_IMAGE',
    },
    {
      name: 'by brand.jpg',
      bytes: Buffer.from('\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'latin1'),
      ends: 'TRUNCATED_IMAGE',
    },
    { name: 'a letter.jpg', bytes: Buffer.from('Dear diary'), ends: 'NOT_AN_IMAGE' },
    {
      name: 'a page.png',
      bytes: Buffer.from('<!doctype html><html><svg></svg></html>'),
      ends: 'NOT_AN_IMAGE',
    },
  ];
}

/** Made anew for each test file that asks: none of them is large. */
export async function oddImages(): Promise<OddImage[]> {
  return [...(await jpegs()), ...(await restarts()), ...(await pngs()), ...(await others())];
}

import { expect, test } from 'vitest';
import { randomFrom } from '../../../../test/codecs/jpeg/samples.ts';
import { bmpRows, writeBmp } from '../../../../test/images/write-bmp.ts';
import { writePsd } from '../../../../test/images/write-psd.ts';
import { bytesInMemory } from '../../../codecs/headers/file-bytes.ts';
import { ItemError } from '../../../shared/failure.ts';
import { bmpReader } from './bmp/bmp-reader.ts';
import { iconReader } from './ico/icon-reader.ts';
import { readCodestream } from './jpeg2000/codestream.ts';
import { readJp2Boxes } from './jpeg2000/jp2-boxes.ts';
import { readJxlHeader } from './jxl/jxl-header.ts';
import type { PictureReader } from './picture-reader.ts';
import { psdReader } from './psd/psd-reader.ts';

/** `npm run test:fuzz` makes 100,000. */
const files = Number(process.env.SHOAL_FUZZ ?? 600);
const maxPixels = 200_000;
const name = 'a';

type Random = () => number;
const below = (random: Random, limit: number) => Math.floor(random() * limit);

/** Changes a few bytes, mostly near the beginning, to anything or to what lengths hurt by; cuts some files. */
function mutated(random: Random, seed: Buffer): Buffer {
  let file = Buffer.from(seed);
  for (let i = 1 + below(random, 5); i > 0 && file.length > 8; i--) {
    const at = below(random, random() < 0.7 ? Math.min(160, file.length - 4) : file.length - 4);
    const kind = below(random, 6);
    if (kind === 0) file[at] = below(random, 256);
    else if (kind === 1) file[at] = (file[at] ?? 0) ^ (1 << below(random, 8));
    else if (kind === 2)
      file.writeUInt32LE([0, 1, 0xffffffff, 0x7fffffff, 0x80000000][below(random, 5)] ?? 0, at);
    else if (kind === 3) file.writeUInt16BE(below(random, 65_536), at);
    else if (kind === 4 && random() < 0.2) file = file.subarray(0, at);
    else file = Buffer.concat([file.subarray(0, at), file.subarray(at + below(random, 4))]);
  }
  return file;
}

const palette = Array.from({ length: 16 }, (_, i) => [i, i, i] as const);
const [width, height] = [13, 7];
const rows = (bits: number) => bmpRows(width, height, bits, (x, y) => (x * y) % 2 ** Math.min(bits, 24));
const masks = [0xff0000, 0xff00, 0xff, 0xff000000];
const bmps = [
  ...[1, 4, 8].map((bits) => writeBmp({ width, height, bits, palette, data: rows(bits) })),
  ...[16, 24, 32, 64].map((bits) => writeBmp({ width, height, bits, data: rows(bits) })),
  writeBmp({ width, height, bits: 32, header: 124, compression: 3, masks, data: rows(32) }),
  writeBmp({ width, height, bits: 24, header: 12, data: rows(24) }),
  writeBmp({
    width,
    height,
    bits: 8,
    compression: 1,
    palette,
    data: Buffer.from([9, 3, 0, 0, 0, 4, 1, 2, 3, 4, 0, 2, 1, 1, 0, 1]),
  }),
  writeBmp({
    width,
    height,
    bits: 4,
    compression: 2,
    palette,
    data: Buffer.from([9, 3, 0, 0, 0, 4, 1, 2, 0, 2, 1, 1, 0, 1]),
  }),
];

function icon(...pictures: readonly Buffer[]): Buffer {
  let at = 6 + 16 * pictures.length;
  const entries = pictures.map((picture) => {
    const entry = Buffer.alloc(16);
    entry.writeUInt32LE(picture.length, 8);
    entry.writeUInt32LE(at, 12);
    at += picture.length;
    return entry;
  });
  return Buffer.concat([Buffer.from([0, 0, 1, 0, pictures.length, 0]), ...entries, ...pictures]);
}
const icons = [
  icon(...bmps.slice(0, 3).map((bmp) => bmp.subarray(14))),
  icon(...bmps.slice(5, 8).map((bmp) => bmp.subarray(14))),
];

const channels = (count: number, bytes = 1) =>
  Array.from({ length: count }, (_, i) => Buffer.alloc(width * height * bytes, 40 * i));
const told = [1036, 1039, 1057].map((id) => [id, Buffer.alloc(40, 1)] as const);
const psds = [
  writePsd({ width, height, mode: 3, channels: channels(4), layers: -1, resources: told }),
  writePsd({ width, height, mode: 3, channels: channels(3), packed: true }),
  writePsd({
    width,
    height,
    mode: 3,
    depth: 16,
    channels: channels(3, 2),
    packed: true,
    large: true,
    layers: 1,
  }),
  writePsd({ width, height, mode: 4, channels: channels(4), packed: true }),
  writePsd({ width, height, mode: 9, depth: 32, channels: channels(3, 4) }),
  writePsd({ width, height, mode: 2, channels: channels(1), table: Buffer.alloc(768, 9) }),
];

async function draw(reader: PictureReader, file: Buffer): Promise<void> {
  const picture = await reader.open(bytesInMemory(file), { name, maxPixels });
  try {
    if (picture.size.width * picture.size.height <= maxPixels) await picture.pixels(() => false);
  } finally {
    picture.close();
  }
}

/** Boxes with a length, a type and what they hold. */
function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}
const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
const codestream = hex(
  `ff4f ff51 002f 0000 0000000d 00000007 00000000 00000000 0000000d 00000007 00000000 00000000 0003 070101 070101 070101
   ff52 000c 00 00 0001 01 05 04 04 00 01 ff90 000a 0000 00000017 00 01 ff93 000000000000000000`,
);
const jp2s = [
  codestream,
  Buffer.concat([
    box('jP  ', hex('0d0a870a')),
    box('jp2h', box('ihdr', Buffer.alloc(14)), box('colr', hex('01 00 00 00000012'))),
    box('uuid', Buffer.alloc(40)),
    box('jp2c', codestream),
  ]),
];
const jxls = [
  hex('ff0a fa1f 8110 0880 0010 0000'),
  Buffer.concat([
    box('JXL ', hex('0d0a870a')),
    box('brob', Buffer.from('Exif'), Buffer.alloc(20)),
    box('jxlp', hex('00000000 ff0a fa1f 8110 0880')),
  ]),
];

const headerOnly = (read: (file: Buffer) => unknown) => async (file: Buffer) => void read(file);

test.each<[string, readonly Buffer[], (file: Buffer) => Promise<void>]>([
  ['BMP', bmps, (file) => draw(bmpReader, file)],
  ['icons', icons, (file) => draw(iconReader, file)],
  ['Photoshop', psds, (file) => draw(psdReader, file)],
  [
    'JPEG 2000',
    jp2s,
    headerOnly((file) =>
      readCodestream(bytesInMemory(file), readJp2Boxes(bytesInMemory(file), name).codestreamAt, name),
    ),
  ],
  ['JPEG XL', jxls, headerOnly((file) => readJxlHeader(bytesInMemory(file), name))],
])(
  `damaged files end with pixels or a code, soon: %s (${files} of them)`,
  async (_, seeds, read) => {
    const random = randomFrom(13);
    const counts = { read: 0, refused: 0 };
    for (const seed of seeds) await read(seed);
    for (let i = 0; i < files; i++) {
      const file = mutated(random, seeds[i % seeds.length] ?? Buffer.alloc(0));
      const before = process.threadCpuUsage();
      try {
        await read(file);
        counts.read += 1;
      } catch (error) {
        if (!(error instanceof ItemError))
          throw new Error(`File ${i}: ${file.toString('hex')}`, { cause: error });
        counts.refused += 1;
      }
      const { user, system } = process.threadCpuUsage(before);
      if (user + system > 1e6)
        throw new Error(`File ${i} took ${(user + system) / 1e6} s: ${file.toString('hex')}`);
    }
    expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(files / 20);
  },
  900_000,
);

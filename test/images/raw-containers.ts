import {
  arw,
  type Container,
  cr2,
  described,
  dng,
  exif,
  gps,
  iiq,
  losslessJpeg,
  nef,
  orf,
  pef,
  rw2,
  srw,
} from './raw-tiffs.ts';
import { tiffHeader, writeDirectories } from './write-directories.ts';

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

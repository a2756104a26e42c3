import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { formatOfExtension, sniffImage } from './shared/image-formats.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

/** A file type box: its major brand, a version, the other brands; then a box of another kind. */
function ftyp(major: string, ...others: string[]): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(16 + 4 * others.length);
  return Buffer.concat([length, bytes(`ftyp${major}\0\0\0\0${others.join('')}\0\0\0\x10meta`)]);
}

function bmp(header: number): Buffer {
  const head = Buffer.alloc(64);
  head.write('BM');
  head.writeUInt32LE(header, 14);
  return head;
}

describe('an image is told by its first bytes', () => {
  test.each<[string, string, Buffer]>([
    ['JPEG', 'a JPEG of JFIF', bytes('\xff\xd8\xff\xe0\0\x10JFIF\0')],
    ['JPEG', 'JPEG-LS', bytes('\xff\xd8\xff\xf7')],
    ['PNG', 'PNG', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
    ["Xcode's PNG (CgBI)", 'what Xcode makes of a PNG', bytes('\x89PNG\r\n\x1a\n\0\0\0\x04CgBI')],
    ['WebP', 'WebP', bytes('RIFF\x24\0\0\0WEBPVP8 ')],
    ['GIF', 'GIF', bytes('GIF89a')],
    ['TIFF', 'TIFF of Intel order', bytes('II*\0\x08\0\0\0')],
    ['TIFF', 'TIFF of Motorola order', bytes('MM\0*\0\0\0\x08')],
    ['TIFF', 'BigTIFF', bytes('II+\0\x08\0\0\0')],
    ['AVIF', 'AVIF', ftyp('avif', 'mif1', 'miaf')],
    ['AVIF', 'AVIF that names its structure first', ftyp('mif1', 'miaf', 'MA1B', 'avif')],
    ['AVIF', 'an AVIF sequence', ftyp('avis', 'msf1', 'iso8')],
    ['HEIC', 'HEIC', ftyp('heic', 'mif1')],
    ['HEIC', 'HEIC that names its structure first', ftyp('mif1', 'heic', 'hevc')],
    ['HEIC', 'HEIC of its structure only', ftyp('msf1')],
    ['HEIF', 'HEIF without compression', ftyp('mif2', 'unci')],
    ['camera raw', 'CR3', ftyp('crx ', 'isom')],
    ['camera raw', 'CR2', bytes('II*\0\x10\0\0\0CR\x02\0')],
    ['camera raw', 'RW2', bytes('IIU\0\x18\0\0\0')],
    ['camera raw', 'ORF', bytes('IIRO\x08\0\0\0')],
    ['camera raw', 'RAF', bytes('FUJIFILMCCD-RAW 0201')],
    ['camera raw', 'CRW', bytes('II\x1a\0\0\0HEAPCCDR')],
    ['camera raw', 'MRW', bytes('\0MRM\0\0')],
    ['JPEG XL', 'JPEG XL', bytes('\xff\x0a\xfa')],
    ['JPEG XL', 'JPEG XL in boxes', bytes('\0\0\0\x0cJXL \r\n\x87\n')],
    ['JPEG 2000', 'JPEG 2000', bytes('\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 ')],
    ['JPEG 2000', "JPEG 2000's codestream", bytes('\xff\x4f\xff\x51')],
    ['BMP', 'BMP', bmp(40)],
    ['icon', 'an icon', bytes('\0\0\x01\0\x01\0\x10\x10\0\0\x01\0')],
    ['Photoshop', 'PSB', bytes('8BPS\0\x02')],
    ['PDF', 'a PDF', bytes('%PDF-1.7')],
    ['video', 'MP4', ftyp('isom', 'avc1', 'mp41')],
    ['video', 'QuickTime', ftyp('qt  ')],
    ['video', 'QuickTime without a brand', bytes('\0\0\x01\0moov')],
    ['video', 'Matroska', bytes('\x1a\x45\xdf\xa3')],
    ['video', 'AVI', bytes('RIFF\x24\0\0\0AVI LIST')],
    ['video', 'MPEG', bytes('\0\0\x01\xba')],
    ['video', 'ASF', bytes('\x30\x26\xb2\x75\x8e\x66\xcf\x11')],
    ['AVIF', 'AVIF of a film’s brand', ftyp('isom', 'avif')],
    ['Netpbm', 'PPM', bytes('P6\n# by hand\n4 4 255\n')],
    ['OpenEXR', 'EXR', Buffer.from([0x76, 0x2f, 0x31, 0x01])],
    ['Radiance', 'Radiance', bytes('#?RADIANCE\n')],
    ['SVG', 'SVG', bytes('<svg xmlns="x">')],
    ['SVG', 'SVG with a prologue', bytes('\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a > b -->\n<svg:svg>')],
    ['SVG', 'SVG with a document type', bytes('<!DOCTYPE svg PUBLIC "-//W3C" [ <!ENTITY a "b"> ]><svg>')],
    ['SVG', 'SVG with entities only', bytes('<!DOCTYPE x [ <!ENTITY a "<b>"> ]>\n<svg>')],
    ['SVG', 'SVG in UTF-16', utf16('<?xml version="1.0"?><svg>')],
    ['SVG', 'SVG in UTF-16 of the other order', utf16('<svg>').swap16()],
  ])('%s: %s', (format, _, head) => {
    expect(sniffImage(head)?.name).toBe(format);
  });

  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(512)],
    ['a page', bytes('<!DOCTYPE html><html><svg></svg></html>')],
    ['a page in XML', bytes('<?xml version="1.0"?><html><svg/></html>')],
    ['a text that begins as a BMP', bytes('BM and other companies are known by two letters')],
    ['a text that begins as a PPM', bytes('P1 is what is done first')],
    ['a sound in boxes', ftyp('M4A ', 'isom')],
    ['an Ogg, which may be a sound', bytes('OggS\0')],
    ['brands behind the box', Buffer.concat([ftyp('abcd'), bytes('avif')])],
    ['a sound', bytes('RIFF\x24\0\0\0WAVEfmt ')],
    ['a compressed text', gzipSync('<svg>')],
    ['a TGA, which is told by its name only', bytes('\0\0\x02\0\0\0\0\0\0\0\0\0\x04\0\x04\0')],
  ])('no image: %s', (_, head) => {
    expect(sniffImage(head)).toBeUndefined();
  });

  test('the name counts where the bytes have two meanings', () => {
    const tiff = bytes('II*\0\x08\0\0\0');
    expect(sniffImage(tiff, 'nef')?.name).toBe('camera raw');
    expect(sniffImage(tiff, 'bmp')?.name).toBe('TIFF');
    expect(sniffImage(bytes('\xff\xd8\xff\xe1'), 'nef')?.name).toBe('JPEG');
    expect(sniffImage(gzipSync('<svg>'), 'svgz')?.name).toBe('SVG');
    expect(sniffImage(bytes('OggS\0'), 'ogv')?.name).toBe('video');
  });

  test('a 64-bit length of the first box is understood', () => {
    const long = bytes('\0\0\0\x01ftyp\0\0\0\0\0\0\0\x20mif1\0\0\0\0avifmiaf');
    expect(sniffImage(long)?.name).toBe('AVIF');
  });
});

test.each([
  ['jfi', 'JPEG'],
  ['mpo', 'JPEG'],
  ['apng', 'PNG'],
  ['avifs', 'AVIF'],
  ['svgz', 'SVG'],
  ['hif', 'HEIC'],
  ['srw', 'camera raw'],
])('.%s is %s', (extension, format) => {
  expect(formatOfExtension(extension)?.name).toBe(format);
});

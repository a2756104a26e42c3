import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bytesInMemory } from '../../../../codecs/headers/file-bytes.ts';
import { readJxlHeader } from './jxl-header.ts';

function box(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + data.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, data]);
}

const signature = box('JXL ', Buffer.from('\r\n\x87\n', 'latin1'));
/** Of 8×8 pixels. */
const codestream = box('jxlc', Buffer.concat([Buffer.of(0xff, 0x0a, 0x41), Buffer.alloc(40)]));
const packed = (type: string, data: Uint8Array) =>
  box('brob', Buffer.concat([Buffer.from(type, 'latin1'), brotliCompressSync(data)]));
const read = (...boxes: readonly Buffer[]) =>
  readJxlHeader(bytesInMemory(Buffer.concat([signature, ...boxes, codestream])), 'a.jxl');

test('packed metadata is told, the first of each kind', () => {
  const { exif, xmp } = read(
    packed('Exif', Buffer.from('\0\0\0\0II*\0')),
    packed('xml ', Buffer.from('<first/>')),
    box('xml ', Buffer.from('<second/>')),
  );
  expect([exif, xmp].map((bytes) => Buffer.from(bytes ?? []).toString())).toEqual(['II*\0', '<first/>']);
});

test('what else is packed, or comes again, is not unpacked', () => {
  const zeros = Buffer.alloc(16 * 1024 * 1024);
  const [other, again] = [packed('jbrd', zeros), packed('Exif', zeros)];
  expect(read(...Array.from({ length: 500 }, () => other)).size).toEqual({ width: 8, height: 8 });
  expect(read(...Array.from({ length: 500 }, () => again)).exif).toHaveLength(zeros.length - 4);
}, 3000);

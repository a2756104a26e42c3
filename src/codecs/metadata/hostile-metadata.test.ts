import { describe, expect, it } from 'vitest';
import { readOrientation } from '../common/exif-orientation.ts';
import { bytesInMemory } from '../headers/file-bytes.ts';
import { changedExif } from './exif-block.ts';
import { jpegMetadata } from './jpeg-metadata.ts';
import { tiffMetadata } from './tiff-metadata.ts';
import { changedXmp } from './xmp-packet.ts';

const change = { width: 75, height: 50, srgb: true, gps: true };

/** TIFF data of little endian whose one directory has these fields, of one LONG each. */
function tiffOf(fields: readonly (readonly [tag: number, value: number])[]): Buffer {
  const file = Buffer.alloc(8 + 2 + 12 * fields.length + 4);
  file.write('II*\0\x08\0\0\0', 'latin1');
  file.writeUInt16LE(fields.length, 8);
  fields.forEach(([tag, value], i) => {
    const at = 10 + 12 * i;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(4, at + 2);
    file.writeUInt32LE(1, at + 4);
    file.writeUInt32LE(value, at + 8);
  });
  return file;
}

/** A directory that refers to itself, again and again. */
const repeated = (tag: number, count: number) =>
  tiffOf([[0x112, 6], ...Array.from({ length: count }, () => [tag, 8] as const)]);

// Each of these took minutes, or for ever.
describe('metadata that was made to be slow', () => {
  it.each([0x8769, 0x8825, 0xa005])('EXIF whose directory refers to itself by many fields %i', (tag) => {
    for (const gps of [true, false]) {
      const changed = changedExif(repeated(tag, 400), { ...change, gps });
      if (changed) expect(readOrientation(changed)).toBe(1);
    }
  });

  it('TIFF whose directory refers to itself by many fields', () => {
    const { exif } = tiffMetadata(bytesInMemory(repeated(0x8769, 400)));
    expect(readOrientation(exif ?? new Uint8Array())).toBe(6);
    expect(exif?.length).toBeLessThan(1000);
  });

  it('comments of zeros with something behind them', () => {
    const comment = Buffer.alloc(4 + 65_533);
    comment.writeUInt32BE(0xfffeffff);
    comment.write('x', comment.length - 1);
    const jpeg = Buffer.concat([Buffer.of(0xff, 0xd8), ...Array.from({ length: 20 }, () => comment)]);
    expect(jpegMetadata(jpeg).texts).toHaveLength(20);
  });

  it('XMP of one long word', () => {
    const xmp = Buffer.from(`<a tiff:Orientation="6">${'gps'.repeat(300_000)}</a>`);
    expect(Buffer.from(changedXmp(xmp, { ...change, gps: false }) ?? []).toString()).toContain('="1">gpsgps');
  });
});

import { describe, expect, it } from 'vitest';
import { exifOf, makerMark, strayMark, thumbnailMark } from '../../../test/images/exif.ts';
import { readByExiftool, withExiftool } from '../../../test/images/exiftool.ts';
import { readOrientation } from '../common/exif-orientation.ts';
import { changedExif } from './exif-block.ts';

const change = { width: 75, height: 50, srgb: true, gps: true };
const textOf = (exif: Uint8Array | undefined) => Buffer.from(exif ?? []).toString('latin1');

describe.each(['II', 'MM'] as const)('EXIF of a thumbnail, in the byte order %s', (order) => {
  const exif = exifOf(order);

  it('is not turned, and has no picture of its own', () => {
    const changed = changedExif(exif, change);
    expect(readOrientation(exif)).toBe(6);
    expect(readOrientation(changed ?? new Uint8Array())).toBe(1);
    expect(textOf(exif)).toContain(thumbnailMark);
    expect(textOf(changed)).not.toContain(thumbnailMark);
    expect(changed?.length).toBeLessThan(1000);
  });

  it('has the notes of the maker where they were', () => {
    expect(textOf(changedExif(exif, change)).indexOf(makerMark)).toBe(
      exif.toString('latin1').indexOf(makerMark),
    );
  });

  it('without the place has neither its bytes, nor the notes, nor what nothing refers to', () => {
    const changed = textOf(changedExif(exif, { ...change, gps: false }));
    expect(changed).toContain('Acme Cameras');
    expect(changed).not.toContain(makerMark);
    expect(changed).not.toContain(strayMark);
    expect(changed).not.toContain('\0\0\0\x34');
    expect(changed).not.toContain('\x25\x88');
    expect(changed).not.toContain('\x88\x25');
  });

  withExiftool.test('is what another program reads', () => {
    const before = readByExiftool(exif);
    expect(before).toMatchObject({
      'GPS:GPSLatitude': expect.closeTo(52 + 52 / 60 + 52 / 3600),
      'IFD1:ThumbnailLength': 200,
    });
    const after = readByExiftool(changedExif(exif, change) ?? new Uint8Array());
    const { 'IFD1:ThumbnailLength': length, ...tags } = after;
    expect(length).toBeUndefined();
    expect(tags).toMatchObject({
      'IFD0:Make': 'Acme Cameras',
      'IFD0:Orientation': 1,
      'ExifIFD:ColorSpace': 1,
      'ExifIFD:ExifImageWidth': 75,
      'ExifIFD:ExifImageHeight': 50,
      'InteropIFD:InteropIndex': 'R98',
      'GPS:GPSLatitude': expect.closeTo(52 + 52 / 60 + 52 / 3600),
    });
  });

  it('in other colours says that nobody has calibrated it', () => {
    const at = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []);
    const wide = at(changedExif(exif, { ...change, srgb: false }));
    const narrow = at(changedExif(exif, change));
    // The value of the second field of the directory at 100.
    const space = (bytes: Buffer) => (order === 'II' ? bytes.readUInt16LE(122) : bytes.readUInt16BE(122));
    expect([space(wide), space(narrow)]).toEqual([0xffff, 1]);
    expect(textOf(wide)).toContain('R03');
  });
});

it('EXIF that cannot be read is not kept', () => {
  for (const bytes of [
    '',
    'II*\0',
    'JJ*\0\x08\0\0\0\0\0\0\0\0\0',
    'II*\0\xff\xff\xff\xff\0\0',
    'II*\0\x08\0\0\0\0\0\0\0\0\0',
  ]) {
    expect(changedExif(Buffer.from(bytes, 'latin1'), change)).toBeUndefined();
  }
});

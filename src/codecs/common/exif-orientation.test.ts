import { describe, expect, it } from 'vitest';
import { readOrientation } from './exif-orientation.ts';

/** TIFF data with the orientation as its one entry. */
function tiff(type: number, little: boolean, write: (view: DataView) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(26));
  view.setUint16(0, little ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, little);
  view.setUint32(4, 8, little);
  view.setUint16(8, 1, little);
  view.setUint16(10, 0x0112, little);
  view.setUint16(12, type, little);
  view.setUint32(14, 1, little);
  write(view);
  return new Uint8Array(view.buffer);
}

describe.each([true, false])('the orientation (little-endian: %s)', (little) => {
  it('is read as SHORT, LONG or BYTE', () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      expect(readOrientation(tiff(1, little, (view) => view.setUint8(18, orientation)))).toBe(orientation);
      expect(readOrientation(tiff(3, little, (view) => view.setUint16(18, orientation, little)))).toBe(
        orientation,
      );
      expect(readOrientation(tiff(4, little, (view) => view.setUint32(18, orientation, little)))).toBe(
        orientation,
      );
    }
  });

  it('is 1 where the number makes no sense, or is of another type', () => {
    for (const value of [0, 9, 65_535]) {
      expect(readOrientation(tiff(3, little, (view) => view.setUint16(18, value, little)))).toBe(1);
    }
    expect(readOrientation(tiff(4, little, (view) => view.setUint32(18, 0x0006_0006, little)))).toBe(1);
    for (const type of [0, 2, 5, 7, 9, 13]) {
      expect(readOrientation(tiff(type, little, (view) => view.setUint16(18, 6, little)))).toBe(1);
    }
  });
});

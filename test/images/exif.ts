/** Where pieces of `exifOf` stand. */
export const thumbnailMark = 'A PICTURE WITHIN';
export const makerMark = 'notes of the maker, as they are';
export const strayMark = 'a place before';

type Entry = readonly [tag: number, type: number, count: number, value: number | Buffer];

/**
 * EXIF as cameras write it: the picture's directory, the camera's with its maker's notes, the place, and a thumbnail;
 * and bytes that nothing refers to.
 */
export function exifOf(order: 'II' | 'MM'): Buffer {
  const little = order === 'II';
  const out = Buffer.alloc(1200);
  out.write(`${order}${little ? '*\0' : '\0*'}`, 'latin1');
  const put32 = (value: number, at: number) =>
    little ? out.writeUInt32LE(value, at) : out.writeUInt32BE(value, at);
  const put16 = (value: number, at: number) =>
    little ? out.writeUInt16LE(value, at) : out.writeUInt16BE(value, at);
  let heap = 500;
  const directory = (at: number, entries: readonly Entry[], next = 0) => {
    put16(entries.length, at);
    entries.forEach(([tag, type, count, value], i) => {
      const entry = at + 2 + 12 * i;
      put16(tag, entry);
      put16(type, entry + 2);
      put32(count, entry + 4);
      if (typeof value === 'number' && type === 3) put16(value, entry + 8);
      else if (typeof value === 'number') put32(value, entry + 8);
      else if (value.length <= 4) value.copy(out, entry + 8);
      else {
        put32(heap, entry + 8);
        value.copy(out, heap);
        heap += value.length + (value.length % 2);
      }
    });
    put32(next, at + 2 + 12 * entries.length);
  };
  const text = (words: string) => Buffer.from(`${words}\0`, 'latin1');
  const notes = text(makerMark);
  const make = text('Acme Cameras');
  const coordinates = Buffer.from('0000003400000001'.repeat(3), 'hex');
  put32(8, 4);
  const pointers: readonly Entry[] = [
    [0x8769, 4, 1, 100],
    [0x8825, 4, 1, 200],
  ];
  directory(8, [[0x10f, 2, make.length, make], [0x112, 3, 1, 6], ...pointers], 300);
  directory(100, [
    [0x927c, 7, notes.length, notes],
    [0xa001, 3, 1, 0xffff],
    [0xa002, 4, 1, 4000],
    [0xa003, 3, 1, 3000],
    [0xa005, 4, 1, 400],
  ]);
  directory(200, [
    [1, 2, 2, text('N')],
    [2, 5, 3, coordinates],
  ]);
  directory(400, [[1, 2, 4, text('R03')]]);
  out.write(strayMark, 800, 'latin1');
  out.write(thumbnailMark, 1000, 'latin1');
  directory(300, [
    [0x103, 3, 1, 6],
    [0x201, 4, 1, 1000],
    [0x202, 4, 1, 200],
  ]);
  return out;
}

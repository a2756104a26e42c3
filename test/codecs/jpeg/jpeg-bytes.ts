/** The markers of a JPEG file, for tests that damage it. Codes are the second bytes of markers (T.81 table B.1). */

export const SOF0 = 0xc0;
export const DHT = 0xc4;
export const EOI = 0xd9;
export const SOS = 0xda;

interface Marker {
  readonly code: number;
  readonly at: number;
}

/** All markers of an undamaged file up to EOI: those of segments, and the restart markers between. */
function markersOf(jpeg: Buffer): readonly Marker[] {
  const found: Marker[] = [];
  let at = 2;
  while (at + 1 < jpeg.length) {
    const code = jpeg[at + 1] ?? 0;
    if (jpeg[at] !== 0xff || code === 0 || code === 0xff) {
      at++;
      continue;
    }
    found.push({ code, at });
    if (code === EOI) break;
    at += isRestart(code) ? 2 : 2 + jpeg.readUInt16BE(at + 2);
  }
  return found;
}

function isRestart(code: number): boolean {
  return (code & 0xf8) === 0xd0;
}

/** Where the markers of these codes are. */
export function placesOf(jpeg: Buffer, ...codes: readonly number[]): readonly number[] {
  return markersOf(jpeg)
    .filter(({ code }) => codes.includes(code))
    .map(({ at }) => at);
}

export function restartsOf(jpeg: Buffer): readonly number[] {
  return markersOf(jpeg)
    .filter(({ code }) => isRestart(code))
    .map(({ at }) => at);
}

/** Puts bytes before each of these places. */
export function inserted(jpeg: Buffer, places: readonly number[], bytes: readonly number[]): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (const place of places) {
    pieces.push(jpeg.subarray(from, place), Buffer.from(bytes));
    from = place;
  }
  return Buffer.concat([...pieces, jpeg.subarray(from)]);
}

/** Leaves out the bytes from one place to another. */
export function without(jpeg: Buffer, from: number, to: number): Buffer {
  return Buffer.concat([jpeg.subarray(0, from), jpeg.subarray(to)]);
}

/** Where the first scan's data begins. */
export function dataOf(jpeg: Buffer): number {
  const [scan = 0] = placesOf(jpeg, SOS);
  return scan + 2 + jpeg.readUInt16BE(scan + 2);
}

/** A segment with its marker and its length. */
export function segment(code: number, data: Uint8Array): Buffer {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** An Exif segment with one entry in IFD0: the orientation, as one of TIFF's types (1 BYTE, 3 SHORT, 4 LONG). */
export function exifSegment(orientation: number, type = 3, tag = 0x0112): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(tag, 10);
  tiff.writeUInt16LE(type, 12);
  tiff.writeUInt32LE(1, 14);
  if (type === 4) tiff.writeUInt32LE(orientation, 18);
  else if (type === 1) tiff.writeUInt8(orientation, 18);
  else tiff.writeUInt16LE(orientation, 18);
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
}

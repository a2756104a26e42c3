export type Colour = readonly [red: number, green: number, blue: number];

export interface BmpSample {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  /** The bytes of the header behind the file's: 12 to 124. */
  readonly header?: number;
  readonly compression?: number;
  readonly topDown?: boolean;
  readonly palette?: readonly Colour[];
  /** What the header says of the number of colours. */
  readonly colours?: number;
  readonly masks?: readonly number[];
  /** The rows or runs as they are in the file. */
  readonly data: Uint8Array;
  /** Where the pixels are said to be. */
  readonly pixelsAt?: number;
  /** Changes further fields of the header. */
  readonly change?: (header: Buffer) => void;
  readonly behind?: Uint8Array;
}

/** Writes a BMP of Windows or OS/2, as right or as wrong as it is told. */
export function writeBmp(sample: BmpSample): Buffer {
  const {
    width,
    height,
    bits,
    header: length = 40,
    compression = 0,
    palette = [],
    masks = [],
    data,
  } = sample;
  const full = Buffer.alloc(124);
  full.writeUInt32LE(length);
  if (length === 12) {
    full.writeUInt16LE(width, 4);
    full.writeUInt16LE(height, 6);
    full.writeUInt16LE(1, 8);
    full.writeUInt16LE(bits, 10);
  } else {
    full.writeInt32LE(width, 4);
    full.writeInt32LE(sample.topDown ? -height : height, 8);
    full.writeUInt16LE(1, 12);
    full.writeUInt16LE(bits, 14);
    full.writeUInt32LE(compression, 16);
    full.writeUInt32LE(compression === 0 ? 0 : data.length, 20);
    full.writeUInt32LE(sample.colours ?? palette.length, 32);
  }
  const isInside = length >= 52 && length !== 64;
  const maskBytes = Buffer.alloc(4 * masks.length);
  for (const [i, mask] of masks.entries()) maskBytes.writeUInt32LE(mask >>> 0, 4 * i);
  if (isInside) maskBytes.copy(full, 40);
  sample.change?.(full);
  const behindHeader = isInside ? Buffer.alloc(0) : maskBytes;
  const colours = palette.flatMap(([red, green, blue]) => [blue, green, red, ...(length === 12 ? [] : [0])]);
  const before = Buffer.concat([full.subarray(0, length), behindHeader, Buffer.from(colours)]);
  const file = Buffer.alloc(14);
  file.write('BM');
  file.writeUInt32LE(14 + before.length + data.length, 2);
  file.writeUInt32LE(sample.pixelsAt ?? 14 + before.length, 10);
  return Buffer.concat([file, before, data, sample.behind ?? Buffer.alloc(0)]);
}

/** Rows of numbers of so many bits, from the bottom, each filled up to a multiple of four bytes. */
export function bmpRows(
  width: number,
  height: number,
  bits: number,
  valueAt: (x: number, y: number) => number | bigint,
  topDown = false,
): Buffer {
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const rows = Buffer.alloc(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(rowBytes * (topDown ? y : height - 1 - y));
    for (let x = 0; x < width; x++) {
      const value = BigInt(valueAt(x, y));
      if (bits >= 8)
        for (let i = 0; i < bits / 8; i++) row[(x * bits) / 8 + i] = Number((value >> BigInt(8 * i)) & 255n);
      else {
        const at = (x * bits) >> 3;
        row[at] = (row[at] ?? 0) | (Number(value) << (8 - bits - ((x * bits) & 7)));
      }
    }
  }
  return rows;
}

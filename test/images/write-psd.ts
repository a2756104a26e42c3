export interface PsdSample {
  readonly width: number;
  readonly height: number;
  /** Adobe's number: 0 bitmap, 1 grey, 2 indexed, 3 RGB, 4 CMYK, 9 Lab. */
  readonly mode: number;
  readonly depth?: number;
  /** The rows of each channel, one after the other. */
  readonly channels: readonly Buffer[];
  readonly packed?: boolean;
  readonly large?: boolean;
  readonly table?: Buffer;
  readonly resources?: readonly (readonly [id: number, data: Buffer])[];
  /** The number of layers, negative if the first channel more than the colours' is their transparency. */
  readonly layers?: number;
}

/** Writes a Photoshop file that has a flat picture only. */
export function writePsd(sample: PsdSample): Buffer {
  const { width, height, mode, depth = 8, channels, packed = false, large = false } = sample;
  const head = Buffer.alloc(26);
  head.write('8BPS');
  head.writeUInt16BE(large ? 2 : 1, 4);
  head.writeUInt16BE(channels.length, 12);
  head.writeUInt32BE(height, 14);
  head.writeUInt32BE(width, 18);
  head.writeUInt16BE(depth, 22);
  head.writeUInt16BE(mode, 24);
  const resources = (sample.resources ?? []).flatMap(([id, data]) => [
    Buffer.from([0x38, 0x42, 0x49, 0x4d, id >> 8, id & 255, 0, 0]),
    lengthOf(data.length),
    data,
    Buffer.alloc(data.length % 2),
  ]);
  const layers = Buffer.alloc(sample.layers === undefined ? 0 : 6);
  if (sample.layers !== undefined) layers.writeInt16BE(sample.layers, 0);
  const layerInfo = sample.layers === undefined ? [] : [lengthOf(2, large), layers];
  return Buffer.concat([
    head,
    ...withLength([sample.table ?? Buffer.alloc(0)]),
    ...withLength(resources),
    ...withLength(layerInfo, large),
    ...(packed ? runsOf(sample) : [Buffer.from([0, 0]), ...channels]),
  ]);
}

function withLength(parts: readonly Buffer[], large = false): Buffer[] {
  return [
    lengthOf(
      parts.reduce((sum, { length }) => sum + length, 0),
      large,
    ),
    ...parts,
  ];
}

function lengthOf(length: number, large = false): Buffer {
  const bytes = Buffer.alloc(large ? 8 : 4);
  bytes.writeUInt32BE(length, large ? 4 : 0);
  return bytes;
}

/** PackBits: equal bytes as runs, others as they are. */
function runsOf({ width, height, depth = 8, channels, large = false }: PsdSample): Buffer[] {
  const rowBytes = Math.ceil((width * depth) / 8);
  const rows = channels.flatMap((channel) =>
    Array.from({ length: height }, (_, y) => packBits(channel.subarray(y * rowBytes, (y + 1) * rowBytes))),
  );
  const counts = rows.map(({ length }) => {
    const bytes = Buffer.alloc(large ? 4 : 2);
    bytes.writeUIntBE(length, 0, bytes.length);
    return bytes;
  });
  return [Buffer.from([0, 1]), ...counts, ...rows];
}

function packBits(row: Buffer): Buffer {
  const out: number[] = [];
  for (let at = 0; at < row.length; ) {
    let run = 1;
    while (run < 128 && row[at + run] === row[at]) run += 1;
    out.push(run === 1 ? 0 : 257 - run, row[at] ?? 0);
    at += run;
  }
  return Buffer.from(out);
}

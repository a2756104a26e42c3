/** A square PNG file. */
export interface Png {
  readonly size: number;
  readonly bytes: Buffer;
}

/** The file of Windows: a directory of entries, each a whole PNG. */
export function icoOf(pngs: readonly Png[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pngs.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pngs.length, 4);
  let offset = head.length;
  for (const [place, { size, bytes }] of pngs.entries()) {
    const entry = 6 + 16 * place;
    // One byte a side, in which 256 is 0.
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(bytes.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += bytes.length;
  }
  return Buffer.concat([head, ...pngs.map(({ bytes }) => bytes)]);
}

/** The types of macOS whose data are PNG, by their pixels. Several are the same, for screens with twice the pixels. */
export const icnsTypes = {
  ic07: 128,
  ic08: 256,
  ic09: 512,
  ic10: 1024,
  ic11: 32,
  ic12: 64,
  ic13: 256,
  ic14: 512,
} as const;

/** The file of macOS. */
export function icnsOf(pngs: readonly Png[]): Buffer {
  const blocks = Object.entries(icnsTypes).map(([type, wanted]) => {
    const png = pngs.find(({ size }) => size === wanted);
    if (png === undefined) throw new Error(`icon.icns needs a PNG of ${wanted} pixels.`);
    return block(type, png.bytes);
  });
  return block('icns', Buffer.concat(blocks));
}

function block(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}

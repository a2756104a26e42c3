const headerBytes = 12;
const chunkHeaderBytes = 8;
/** The chunks that an image is decoded from (RFC 9649, 2.5 to 2.7). */
const imageChunks = new Set(['VP8X', 'ALPH', 'VP8 ', 'VP8L']);

const pixelChunks = new Set(['VP8 ', 'VP8L']);

interface Chunk {
  readonly type: string;
  /** Where it begins and ends in the file, with its header and its padding. */
  readonly begin: number;
  readonly end: number;
}

/**
 * A WebP file without what does not make the image: if bytes follow the image's, a decoder that reads too far because of
 * damage finds them there and does not notice.
 * @returns `undefined` if the chunks do not fill the file as they should.
 */
export function imageOnly(file: Uint8Array): Uint8Array | undefined {
  const chunks = chunksOf(file);
  if (!chunks) return undefined;
  const kept = chunks.filter(({ type }) => imageChunks.has(type));
  const last = kept.at(-1);
  // Of two images nobody knows which one is meant.
  if (last === undefined || kept.filter(({ type }) => pixelChunks.has(type)).length !== 1) return undefined;
  if (kept.length === chunks.length && last.end === file.length) return file;
  const parts = kept.map(({ begin, end }) => file.subarray(begin, end));
  const image = Buffer.concat([file.subarray(0, headerBytes), ...parts]);
  image.writeUInt32LE(image.length - chunkHeaderBytes, 4);
  return image;
}

/** The chunks of a whole file, `undefined` if it ends within one of them. What follows the file is passed over. */
function chunksOf(file: Uint8Array): Chunk[] | undefined {
  if (file.length < headerBytes) return undefined;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const fileEnd = chunkHeaderBytes + view.getUint32(4, true);
  if (fileEnd > file.length) return undefined;
  const chunks: Chunk[] = [];
  let at = headerBytes;
  while (at + chunkHeaderBytes <= fileEnd) {
    const size = view.getUint32(at + 4, true);
    const end = at + chunkHeaderBytes + size + (size % 2);
    if (end > fileEnd) return undefined;
    chunks.push({ type: Buffer.from(file.subarray(at, at + 4)).toString('latin1'), begin: at, end });
    at = end;
  }
  return at === fileEnd ? chunks : undefined;
}

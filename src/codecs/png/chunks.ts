import { crc32 } from 'node:zlib';

/** The PNG signature, 5.2. */
export const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export interface Chunk {
  /** Four letters; a capital first letter means that the chunk is critical (5.4). */
  readonly type: string;
  readonly data: Uint8Array;
}

export interface Chunks {
  readonly chunks: readonly Chunk[];
  /** Why reading ended before IEND. */
  readonly fault?: string;
}

/** More chunks than any encoder writes: a bound on the time that a file can take. */
const mostChunks = 100_000;

export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

/** Splits a datastream into chunks up to IEND (5.3) and checks every CRC (5.5). */
export function readChunks(bytes: Uint8Array): Chunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = signature.length; chunks.length < mostChunks; ) {
    if (at + 12 > bytes.length) return { chunks, fault: 'it ends before IEND' };
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > bytes.length) return { chunks, fault: 'it ends within a chunk' };
    if (crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) {
      return { chunks, fault: 'a CRC does not match' };
    }
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, data: bytes.subarray(at + 8, end) });
    if (type === 'IEND') return { chunks };
    at = end + 4;
  }
  return { chunks, fault: 'it has too many chunks' };
}

/** The bytes of a chunk, in parts. */
export function chunkParts(type: string, data: Uint8Array): readonly Uint8Array[] {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(type, 4, 'latin1');
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(data, crc32(head.subarray(4))));
  return [head, data, crc];
}

import { crc32, deflateSync } from 'node:zlib';
import { type FileBytes, holdsText, viewAt } from '../headers/file-bytes.ts';

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

/** Larger chunks, in bytes, before the image data are passed over: none of those that count is as large. */
const mostBytesBeforeImage = 16 * 1024 * 1024;

/** The chunks before the first IDAT, as far as they can be read, without those whose CRC does not match. */
export function readChunksBeforeImage(file: FileBytes): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = signature.length, read = 0; read < mostChunks; read++) {
    const head = viewAt(file, at, 8);
    const length = head?.getUint32(0) ?? 0;
    if (!head || holdsText(head, 'IDAT', 4) || holdsText(head, 'IEND', 4)) break;
    if (length <= mostBytesBeforeImage) {
      const chunk = viewAt(file, at + 4, length + 8);
      if (!chunk) break;
      const typed = new Uint8Array(chunk.buffer, chunk.byteOffset, length + 4);
      if (crc32(typed) === chunk.getUint32(length + 4)) {
        chunks.push({ type: String.fromCharCode(...typed.subarray(0, 4)), data: typed.subarray(4) });
      }
    }
    at += length + 12;
  }
  return chunks;
}

/**
 * The same file with this profile (11.3.2.3) in the place of all chunks that tell colours, in parts. Nothing else
 * changes; what cannot be read stays as it is.
 */
export function withProfile(png: Uint8Array, profile: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const iccp = chunkParts(
    'iCCP',
    Buffer.concat([Buffer.from('by the image\0\0', 'latin1'), deflateSync(profile)]),
  );
  // The signature and IHDR: iCCP has to stand before PLTE.
  const parts: Uint8Array[] = [png.subarray(0, 33), ...iccp];
  for (let at = 33; ; ) {
    const type = at + 8 <= png.length ? String.fromCharCode(...png.subarray(at + 4, at + 8)) : 'IDAT';
    const end = type === 'IDAT' ? png.length : Math.min(png.length, at + 12 + view.getUint32(at));
    if (!tellsColours.has(type)) parts.push(png.subarray(at, end));
    if (end === png.length) return parts;
    at = end;
  }
}

const tellsColours: ReadonlySet<string> = new Set(['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM']);

/** The bytes of a chunk, in parts. */
export function chunkParts(type: string, data: Uint8Array): readonly Uint8Array[] {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(type, 4, 'latin1');
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(data, crc32(head.subarray(4))));
  return [head, data, crc];
}

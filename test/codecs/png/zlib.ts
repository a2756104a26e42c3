import { inflateRawSync, inflateSync } from 'node:zlib';

/** What zlib inflates a datastream to; `undefined` if it refuses it, or if there are not exactly `length` bytes. */
export function zlibInflate(datastream: Uint8Array, length: number): Buffer | undefined {
  const most = length + 1;
  try {
    const inflated = inflateSync(datastream, { chunkSize: Math.max(most, 64), maxOutputLength: most });
    return inflated.length === length ? inflated : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A zlib datastream of deflated data that may be damaged, with the checksum of what they inflate to, so that damage has
 * to be found in them.
 */
export function withChecksum(deflated: Uint8Array): {
  readonly datastream: Buffer;
  readonly length: number;
  /** Whether zlib inflates it. */
  readonly isWhole: boolean;
} {
  const head = Buffer.of(0x78, 0x9c);
  const most = 100_000;
  try {
    // With `info`, the types do not know what comes back.
    const { buffer, engine } = inflateRawSync(deflated, {
      info: true,
      maxOutputLength: most,
      chunkSize: most,
    }) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
    const end = deflated.subarray(0, engine.bytesWritten);
    return { datastream: Buffer.concat([head, end, adler32(buffer)]), length: buffer.length, isWhole: true };
  } catch {
    // Room for whatever a decoder that does not notice the damage would make of it.
    return { datastream: Buffer.concat([head, deflated, Buffer.alloc(4)]), length: most, isWhole: false };
  }
}

/** RFC 1950, 8.2, as it is written there. */
export function adler32(bytes: Uint8Array): Buffer {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  const sums = Buffer.alloc(4);
  sums.writeUInt16BE(b);
  sums.writeUInt16BE(a, 2);
  return sums;
}

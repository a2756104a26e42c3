/** A zlib datastream (RFC 1950, 2.2) of deflate blocks (RFC 1951, 3.2.3), inflated at once and checked. */
import { Outcome } from '../format/outcome';
import { adler32 } from './adler';
import { bits, isPastEnd, openBits, refill, take, toByte } from './bits';
import { fixedCodes, readCodes } from './codes';
import { decodeSymbols } from './symbols';

/**
 * Inflates to exactly `length` bytes. READ_MARGIN bytes behind the datastream are read, and WRITE_MARGIN behind `to`
 * plus `length` written. What follows the datastream is passed over, as zlib does.
 * Refused is what zlib refuses, and another length.
 */
export function inflate(datastream: usize, bytes: i32, to: usize, length: i32): Outcome {
  openBits(datastream, bytes);
  if (!readHeader()) return Outcome.DAMAGED_DATASTREAM;
  const last = to + <usize>length;
  let sums: u32 = 1;
  let out = to;
  for (let isLast = false; !isLast; ) {
    refill();
    isLast = take(1) === 1;
    const begin = out;
    out = readBlock(take(2), to, out, last);
    if (out === 0 || isPastEnd()) return Outcome.DAMAGED_DATASTREAM;
    // Now, while the bytes are still in the cache.
    sums = adler32(sums, begin, out - begin);
  }
  const checksum = toByte();
  if (checksum + 4 > bits.end) return Outcome.DAMAGED_DATASTREAM;
  if (out !== last) return Outcome.DAMAGED_LENGTH;
  return bswap(load<u32>(checksum)) === sums ? Outcome.OK : Outcome.DAMAGED_CHECKSUM;
}

/** Compression method 8 with a window of at most 32 KiB, a checksum of five bits, and no preset dictionary. */
function readHeader(): bool {
  refill();
  const methodAndWindow = take(8);
  const flags = take(8);
  if ((methodAndWindow & 15) !== 8 || methodAndWindow >> 4 > 7) return false;
  return (methodAndWindow * 256 + flags) % 31 === 0 && (flags & 0x20) === 0;
}

/** Returns the address behind the last byte of the block; 0 if it is damaged. */
function readBlock(type: u32, first: usize, out: usize, last: usize): usize {
  if (type === 0) return copyStored(out, last);
  if (type === 1) fixedCodes();
  else if (type !== 2 || !readCodes()) return 0;
  return decodeSymbols(first, out, last);
}

/** 3.2.4. */
function copyStored(out: usize, last: usize): usize {
  const at = toByte();
  if (at + 4 > bits.end) return 0;
  const length = <usize>load<u16>(at);
  if ((length ^ <usize>load<u16>(at, 2)) !== 0xffff) return 0;
  const from = at + 4;
  if (length > bits.end - from || length > last - out) return 0;
  memory.copy(out, from, length);
  bits.next = from + length;
  return out + length;
}

/**
 * Decodes the literals, lengths and distances of a block (RFC 1951, 3.2.3 and 3.2.5). Nearly all of the time goes here,
 * so the state is in local variables, and what would be a function with results is written out.
 *
 * Both ends are checked once a turn: within one, at most three times eight bytes are read, and WRITE_MARGIN written.
 */
import { bits } from './bits';
import { codes } from './codes';
import { END_OF_BLOCK, EXCEPTIONAL, LINK } from './tables';

/** The most bytes that are written behind the last: four literals, the longest match, and 15 bytes of the last copy. */
export const WRITE_MARGIN: u64 = 288;

/**
 * Writes what the block tells from `out` on; what it refers to may begin at `first`.
 * @returns the address behind the last byte; 0 if the block is damaged, reads too much or tells more than up to `last`.
 */
export function decodeSymbols(first: usize, out: usize, last: usize): usize {
  const literals = codes.literals;
  const distances = codes.distances;
  const literalMask = ((<u64>1) << (<u64>codes.literalBits)) - 1;
  const distanceMask = ((<u64>1) << (<u64>codes.distanceBits)) - 1;
  // Up to seven whole bytes are read ahead.
  const readEnd = bits.end + 8;
  let next = bits.next;
  let buffer = bits.buffer;
  // Of `count` only the lowest six bits count, and shifts use no others: so a whole entry can be shifted by.
  let count = bits.count;
  while (next <= readEnd && out <= last) {
    buffer |= load<u64>(next) << (<u64>count);
    next += (~count >> 3) & 7;
    count |= 56;
    let entry = load<u32>(literals + ((<usize>(buffer & literalMask)) << 2));
    // 56 bits are enough for five codewords that need no subtable.
    if (<i32>entry < 0) {
      buffer >>= <u64>entry;
      count -= entry;
      store<u8>(out++, <u8>(entry >> 16));
      entry = load<u32>(literals + ((<usize>(buffer & literalMask)) << 2));
      if (<i32>entry < 0) {
        buffer >>= <u64>entry;
        count -= entry;
        store<u8>(out++, <u8>(entry >> 16));
        entry = load<u32>(literals + ((<usize>(buffer & literalMask)) << 2));
        if (<i32>entry < 0) {
          buffer >>= <u64>entry;
          count -= entry;
          store<u8>(out++, <u8>(entry >> 16));
          entry = load<u32>(literals + ((<usize>(buffer & literalMask)) << 2));
          if (<i32>entry < 0) {
            buffer >>= <u64>entry;
            count -= entry;
            store<u8>(out++, <u8>(entry >> 16));
            entry = load<u32>(literals + ((<usize>(buffer & literalMask)) << 2));
            if (<i32>entry < 0) {
              buffer >>= <u64>entry;
              count -= entry;
              store<u8>(out++, <u8>(entry >> 16));
              continue;
            }
          }
        }
      }
      buffer |= load<u64>(next) << (<u64>count);
      next += (~count >> 3) & 7;
      count |= 56;
    }
    // A length takes up to 20 bits, a distance 28.
    let before = buffer;
    buffer >>= <u64>entry;
    count -= entry;
    if (entry & EXCEPTIONAL) {
      if (entry & LINK) {
        const index = (entry >> 16) + (<u32>buffer & (((<u32>1) << ((entry >> 8) & 15)) - 1));
        entry = load<u32>(literals + ((<usize>index) << 2));
        before = buffer;
        buffer >>= <u64>entry;
        count -= entry;
        if (<i32>entry < 0) {
          store<u8>(out++, <u8>(entry >> 16));
          continue;
        }
      }
      if (entry & EXCEPTIONAL) {
        bits.next = next;
        bits.buffer = buffer;
        bits.count = count & 63;
        return entry & END_OF_BLOCK && out <= last ? out : 0;
      }
    }
    const length = (entry >> 16) + <u32>((before & (((<u64>1) << (<u64>entry)) - 1)) >> (<u64>(entry >> 8)));
    entry = load<u32>(distances + ((<usize>(buffer & distanceMask)) << 2));
    before = buffer;
    buffer >>= <u64>entry;
    count -= entry;
    if (entry & EXCEPTIONAL) {
      if (!(entry & LINK)) return 0;
      const index = (entry >> 16) + (<u32>buffer & (((<u32>1) << ((entry >> 8) & 15)) - 1));
      entry = load<u32>(distances + ((<usize>index) << 2));
      if (entry & EXCEPTIONAL) return 0;
      before = buffer;
      buffer >>= <u64>entry;
      count -= entry;
    }
    const distance = (entry >> 16) + <u32>((before & (((<u64>1) << (<u64>entry)) - 1)) >> (<u64>(entry >> 8)));
    if (<usize>distance > out - first) return 0;
    copyMatch(out, distance, length);
    out += length;
  }
  return 0;
}

/** For distances below 16: which of 16 bytes stands where when the first `distance` of them are repeated. */
const patterns = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1,
  0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0,
  0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
  0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0,
  0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3,
  0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1,
  0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 6,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 1, 2, 3, 4,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 1, 2,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 0, 1,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0,
]);

/** The largest multiple of each distance that is not above 16. */
const steps = memory.data<u8>([0, 16, 16, 15, 16, 15, 12, 14, 16, 9, 10, 11, 12, 13, 14, 15]);

/** Repeats what is `distance` bytes before `to`; a match may overlap itself (3.2.3). */
@inline
function copyMatch(to: usize, distance: u32, length: u32): void {
  const end = to + <usize>length;
  let from = to - <usize>distance;
  if (distance >= 16) {
    do {
      v128.store(to, v128.load(from));
      to += 16;
      from += 16;
    } while (to < end);
  } else {
    const pattern = i8x16.swizzle(v128.load(from), v128.load(patterns + ((<usize>distance) << 4)));
    const step = <usize>load<u8>(steps + <usize>distance);
    do {
      v128.store(to, pattern);
      to += step;
    } while (to < end);
  }
}

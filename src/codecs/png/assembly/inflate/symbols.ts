/**
 * Decodes the literals, lengths and distances of a block (RFC 1951, 3.2.3 and 3.2.5). Nearly all of the time goes here,
 * so the state is in local variables, and what would be a function with results is written out.
 *
 * Both ends are checked once a turn: within one, at most twice eight bytes are read, and WRITE_MARGIN written. The next
 * entry is looked up before a match is copied, so that the processor does both at once.
 */
import { bits } from './bits';
import { DISTANCE_BITS, distanceTable, LITERAL_BITS, literalTable } from './codes';
import { copyMatch } from './match';
import { END_OF_BLOCK, EXCEPTIONAL, LINK } from './tables';

const LITERAL_MASK: usize = (1 << LITERAL_BITS) - 1;
const DISTANCE_MASK: usize = (1 << DISTANCE_BITS) - 1;

/** The most bytes that are written behind the last: four literals, the longest match, and 15 bytes of the last copy. */
export const WRITE_MARGIN: u64 = 288;

/**
 * Writes what the block tells from `out` on; what it refers to may begin at `first`.
 * @returns the address behind the last byte; 0 if the block is damaged, reads too much or tells more than up to `last`.
 */
export function decodeSymbols(first: usize, out: usize, last: usize): usize {
  // Up to seven whole bytes are read ahead.
  const readEnd = bits.end + 8;
  let next = bits.next;
  let buffer = bits.buffer;
  // Of `count` only the lowest six bits count, and shifts use no others: so a whole entry can be shifted by.
  let count = bits.count;
  buffer |= load<u64>(next) << (<u64>count);
  next += (~count >> 3) & 7;
  count |= 56;
  let entry = load<u32>(literalTable + ((<usize>buffer & LITERAL_MASK) << 2));
  while (next <= readEnd && out <= last) {
    // 56 bits are enough for five codewords that need no subtable.
    if (<i32>entry < 0) {
      buffer >>= <u64>entry;
      count -= entry;
      store<u8>(out++, <u8>(entry >> 16));
      entry = load<u32>(literalTable + ((<usize>buffer & LITERAL_MASK) << 2));
      if (<i32>entry < 0) {
        buffer >>= <u64>entry;
        count -= entry;
        store<u8>(out++, <u8>(entry >> 16));
        entry = load<u32>(literalTable + ((<usize>buffer & LITERAL_MASK) << 2));
        if (<i32>entry < 0) {
          buffer >>= <u64>entry;
          count -= entry;
          store<u8>(out++, <u8>(entry >> 16));
          entry = load<u32>(literalTable + ((<usize>buffer & LITERAL_MASK) << 2));
          if (<i32>entry < 0) {
            buffer >>= <u64>entry;
            count -= entry;
            store<u8>(out++, <u8>(entry >> 16));
            entry = load<u32>(literalTable + ((<usize>buffer & LITERAL_MASK) << 2));
            if (<i32>entry < 0) {
              buffer >>= <u64>entry;
              count -= entry;
              store<u8>(out++, <u8>(entry >> 16));
              buffer |= load<u64>(next) << (<u64>count);
              next += (~count >> 3) & 7;
              count |= 56;
              entry = load<u32>(literalTable + ((<usize>buffer & LITERAL_MASK) << 2));
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
        entry = load<u32>(literalTable + ((<usize>index) << 2));
        before = buffer;
        buffer >>= <u64>entry;
        count -= entry;
        if (<i32>entry < 0) {
          store<u8>(out++, <u8>(entry >> 16));
          buffer |= load<u64>(next) << (<u64>count);
          next += (~count >> 3) & 7;
          count |= 56;
          entry = load<u32>(literalTable + ((<usize>buffer & LITERAL_MASK) << 2));
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
    const length = (entry >> 16) + <u32>((before & (((<u64>1) << (<u64>entry)) - 1)) >> <u64>(entry >> 8));
    entry = load<u32>(distanceTable + ((<usize>buffer & DISTANCE_MASK) << 2));
    before = buffer;
    buffer >>= <u64>entry;
    count -= entry;
    if (entry & EXCEPTIONAL) {
      if (!(entry & LINK)) return 0;
      const index = (entry >> 16) + (<u32>buffer & (((<u32>1) << ((entry >> 8) & 15)) - 1));
      entry = load<u32>(distanceTable + ((<usize>index) << 2));
      if (entry & EXCEPTIONAL) return 0;
      before = buffer;
      buffer >>= <u64>entry;
      count -= entry;
    }
    const distance = (entry >> 16) + <u32>((before & (((<u64>1) << (<u64>entry)) - 1)) >> <u64>(entry >> 8));
    if (<usize>distance > out - first) return 0;
    buffer |= load<u64>(next) << (<u64>count);
    next += (~count >> 3) & 7;
    count |= 56;
    entry = load<u32>(literalTable + ((<usize>buffer & LITERAL_MASK) << 2));
    copyMatch(out, distance, length);
    out += length;
  }
  return 0;
}

/**
 * The look-up for AC coefficients that are skipped (T.81 F.2.2.2): an entry covers as many symbols as its bits contain.
 * Its 16 bits are: the number of bits to consume in the low six, ready for a shift; the number of zig-zag indices to
 * advance in seven; the end of the block. Codes must lie within the look-up's bits, the last value's bits need not: at
 * most 11 + 15 bits.
 */
import { codesOfLength, fill, valueAt } from './huffman-tables';

/** How many bits the look-up sees. */
export const PASSED_BITS: i32 = 11;
export const PASSED_END: i32 = 0x2000;
const ADVANCE_SHIFT: i32 = 6;
export const ONE_INDEX: i32 = 1 << ADVANCE_SHIFT;
/** Past the end of any block: the look-up has no answer. */
export const UNKNOWN: i32 = 127 << ADVANCE_SHIFT;
const MOST_ADVANCE: i32 = 63;

/** The same look-up for fewer bits: entries 2^m to 2^(m + 1) are for m bits. They belong to the table made last. */
const narrower = memory.data(2 * 2048 + 16, 16);

export function passedAdvance(entry: i32): i32 {
  return (entry >> ADVANCE_SHIFT) & 127;
}

/** The entry for `count` bits, fewer than PASSED_BITS, of the table made last. */
export function passedOf(bits: i32, count: i32): i32 {
  return count === 0 ? UNKNOWN : load<u16>(narrower + ((<usize>((1 << count) | bits)) << 1));
}

/** Whether the entry is the end of the block and nothing else. */
export function isEnd(entry: i32): bool {
  return (entry & (PASSED_END | UNKNOWN)) === PASSED_END;
}

/** Whether two consecutive entries stay within a block. */
export function joins(next: i32, first: i32): bool {
  return passedAdvance(next) + passedAdvance(first) <= MOST_ADVANCE;
}

/** Builds narrow windows first: an entry is its first symbol, followed by the entry of the narrower window left. */
export function buildPassed(to: usize, table: usize): void {
  for (let bits = 1; bits < PASSED_BITS; bits++) buildWindow(narrower + ((<usize>2) << bits), bits, table);
  buildWindow(to, PASSED_BITS, table);
}

function buildWindow(to: usize, bits: i32, table: usize): void {
  const end = to + ((<usize>2) << bits);
  let index = 0;
  for (let length = 1; length <= bits; length++) {
    for (let i = codesOfLength(table, length); i > 0; i--) {
      const first = entryOf(length, valueAt(table, index));
      to = fillAfter(to, 1 << (bits - length), first, bits - (first & 63));
      index++;
    }
  }
  fill(to, <i32>((end - to) >> 1), i16x8.splat(<i16>UNKNOWN));
}

/** The entry of one symbol, RRRRSSSS. */
function entryOf(length: i32, symbol: i32): i32 {
  const size = symbol & 15;
  if (size === 0 && symbol !== 0xf0) return length | PASSED_END;
  return (length + size) | (((symbol >> 4) + 1) << ADVANCE_SHIFT);
}

/** Writes `count` entries that begin with `first` and continue with the symbols in the `left` further bits. */
function fillAfter(to: usize, count: i32, first: i32, left: i32): usize {
  if ((first & PASSED_END) !== 0 || left <= 0) return fill(to, count, i16x8.splat(<i16>first));
  const next = narrower + ((<usize>2) << left);
  if (left === 1) return fill(to, count, after(first, v128.load32_splat(next)));
  if (left === 2) return fill(to, count, after(first, v128.load64_splat(next)));
  // The value's bits come before the ones left, so each value repeats the same entries.
  const end = to + ((<usize>count) << 1);
  const period = (<usize>2) << left;
  for (let i: usize = 0; i < period; i += 16) {
    const entries = after(first, v128.load(next + i));
    for (let at = to + i; at < end; at += period) v128.store(at, entries);
  }
  return end;
}

/** `first` and `next` combined if they stay within a block, otherwise `first` alone. */
function after(first: i32, next: v128): v128 {
  const advances = v128.and(next, i16x8.splat(<i16>UNKNOWN));
  const most = (MOST_ADVANCE - passedAdvance(first)) << ADVANCE_SHIFT;
  const tooFar = i16x8.gt_s(advances, i16x8.splat(<i16>most));
  const alone = i16x8.splat(<i16>first);
  return v128.bitselect(alone, i16x8.add(next, alone), tooFar);
}

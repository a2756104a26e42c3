/**
 * The look-up of AC coefficients that are passed over (T.81 F.2.2.2): as many symbols an entry as its bits tell. An
 * entry has 16 bits: how many bits to go on in its low six, as a shift wants them; how many zig-zag indices to go on in
 * seven; the end of the block. Codes are seen whole, the bits of the last value need not be: at most 11 + 15 bits.
 */
import { codesOfLength, fill, valueAt } from './huffman-tables';

/** How many bits the look-up sees. */
export const PASSED_BITS: i32 = 11;
export const PASSED_END: i32 = 0x2000;
const ADVANCE_SHIFT: i32 = 6;
export const ONE_INDEX: i32 = 1 << ADVANCE_SHIFT;
/** Past the end of any block: what the look-up does not tell. */
export const UNKNOWN: i32 = 127 << ADVANCE_SHIFT;
const MOST_ADVANCE: i32 = 63;

/** The same for fewer bits, from one on: the entries 2^m to 2^(m + 1) are of m bits. Of the table made last. */
const narrower = memory.data(2 * 2048 + 16, 16);

export function passedAdvance(entry: i32): i32 {
  return (entry >> ADVANCE_SHIFT) & 127;
}

/** The entry for `count` bits, fewer than PASSED_BITS, of the table made last. */
export function passedOf(bits: i32, count: i32): i32 {
  return count === 0 ? UNKNOWN : load<u16>(narrower + ((<usize>((1 << count) | bits)) << 1));
}

/** The entry is the end of the block and nothing before it. */
export function isEnd(entry: i32): bool {
  return (entry & (PASSED_END | UNKNOWN)) === PASSED_END;
}

/** Two entries after each other stay within a block. */
export function joins(next: i32, first: i32): bool {
  return passedAdvance(next) + passedAdvance(first) <= MOST_ADVANCE;
}

/** Those of a window are its first symbol and those of the narrower window left. */
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

/** Of one symbol, RRRRSSSS. */
function entryOf(length: i32, symbol: i32): i32 {
  const size = symbol & 15;
  if (size === 0 && symbol !== 0xf0) return length | PASSED_END;
  return (length + size) | (((symbol >> 4) + 1) << ADVANCE_SHIFT);
}

/** `count` entries that begin with `first` and go on with what `left` further bits tell. */
function fillAfter(to: usize, count: i32, first: i32, left: i32): usize {
  if ((first & PASSED_END) !== 0 || left <= 0) return fill(to, count, i16x8.splat(<i16>first));
  const next = narrower + ((<usize>2) << left);
  if (left === 1) return fill(to, count, after(first, v128.load32_splat(next)));
  if (left === 2) return fill(to, count, after(first, v128.load64_splat(next)));
  // The bits of the value come before those left: the same entries for each value.
  const end = to + ((<usize>count) << 1);
  const period = (<usize>2) << left;
  for (let i: usize = 0; i < period; i += 16) {
    const entries = after(first, v128.load(next + i));
    for (let at = to + i; at < end; at += period) v128.store(at, entries);
  }
  return end;
}

/** `first` and `next` together where they stay within a block, else `first` alone. */
function after(first: i32, next: v128): v128 {
  const advances = v128.and(next, i16x8.splat(<i16>UNKNOWN));
  const most = (MOST_ADVANCE - passedAdvance(first)) << ADVANCE_SHIFT;
  const tooFar = i16x8.gt_s(advances, i16x8.splat(<i16>most));
  const alone = i16x8.splat(<i16>first);
  return v128.bitselect(alone, i16x8.add(next, alone), tooFar);
}

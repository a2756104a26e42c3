/**
 * What decoding a block of one component takes, side by side, so that one address finds all of it: where its
 * coefficients go, and three look-ups of the next bits, for DC, for AC coefficients that are kept and for those that
 * are passed over. An entry holds as much of what comes next as its bits tell: DC with the end of the block, two
 * kept coefficients with their values, several that are passed over.
 */
import { PLACEMENT_BYTES } from './dequantise';
import { codesOfLength, extend, fill, valueAt, versionOf } from './huffman-tables';

/** How many bits a look-up sees. */
export const DC_BITS: i32 = 10;
export const KEPT_BITS: i32 = 11;
export const PASSED_BITS: i32 = 11;

/* DC, 32 bits, and PASSED, their low 16: how many bits to go on, as a shift wants them in the low six; how many zig-zag
   indices; the end of the block; DC has its value on top. */
const ADVANCE_SHIFT: i32 = 6;
export const PASSED_END: i32 = 0x2000;
/** Past the end of any block: what the look-up does not tell. */
const UNKNOWN: i32 = 127 << ADVANCE_SHIFT;
const MOST_ADVANCE: i32 = 63;
/** Two entries, one after the other, take what one refill gives: 56 bits. */
const MOST_BITS: i32 = 28;

/* KEPT, 32 bits: how many bits to go on; the run before a coefficient (8 to 11); how much further the second is, 0
   for none (12 to 15); the second's value (16 to 19), the first's on top. */
/** Only the run and, on top, SSSS are told: the value is longer than the look-up; or, with no bits to go on, nothing. */
export const KEPT_PART: i32 = 0x40;
/** An index past any block's. */
export const KEPT_END: i32 = 0x80;
const MOST_SECOND: i32 = 15;

export const PLACEMENT: usize = 32;
export const DC: usize = PLACEMENT + PLACEMENT_BYTES;
export const KEPT: usize = DC + (<usize>4 << DC_BITS);
export const PASSED: usize = KEPT + (<usize>4 << KEPT_BITS);
/** A vector more: `fill` writes whole ones. */
const BYTES: usize = PASSED + (<usize>2 << PASSED_BITS) + 16;

@unmanaged
class Made {
  /** What the look-ups were made from. */
  dcVersion: u32;
  acVersion: u32;
  keeping: bool;
}

const tables = memory.data(3 * (32 + 256 + 4096 + 8192 + 4096 + 16), 16);
/** PASSED for windows of fewer bits, from one bit on: entries 2^m to 2^(m + 1) are of m bits. */
const narrower = memory.data(2 * 2048 + 16, 16);
/** KEPT with one symbol an entry. */
const single = memory.data(4 * 2048 + 16, 16);

export function blockTables(index: i32): usize {
  return tables + <usize>index * BYTES;
}

export function passedAdvance(entry: i32): i32 {
  return (entry >> ADVANCE_SHIFT) & 127;
}

/** Makes the look-ups of block tables `at`, unless they were made from the same. `keeping`: some AC is kept. */
export function buildLookUps(at: usize, dcTable: usize, acTable: usize, keeping: bool): void {
  const made = changetype<Made>(at);
  const dcVersion = versionOf(dcTable);
  const acVersion = versionOf(acTable);
  if (made.dcVersion === dcVersion && made.acVersion === acVersion && made.keeping === keeping) return;
  buildPassed(at + PASSED, acTable);
  if (keeping) buildKept(at + KEPT, acTable);
  buildDc(at + DC, dcTable, keeping);
  made.dcVersion = dcVersion;
  made.acVersion = acVersion;
  made.keeping = keeping;
}

/** PASSED of a code `length` bits long, or without the code where `length` is 0: symbols RRRRSSSS of F.1.2.2. */
function passedEntry(length: i32, symbol: i32): i32 {
  const size = symbol & 15;
  if (size === 0 && symbol !== 0xf0) return length | PASSED_END;
  return (length + size) | (((symbol >> 4) + 1) << ADVANCE_SHIFT);
}

/** As many symbols a look-up as can be told: those of a window are its first and those of the narrower window left. */
function buildPassed(to: usize, table: usize): void {
  for (let bits = 1; bits < PASSED_BITS; bits++) buildWindow(narrower + ((<usize>2) << bits), bits, table);
  buildWindow(to, PASSED_BITS, table);
}

function buildWindow(to: usize, bits: i32, table: usize): void {
  const end = to + ((<usize>2) << bits);
  let index = 0;
  for (let length = 1; length <= bits; length++) {
    for (let i = codesOfLength(table, length); i > 0; i--) {
      const first = passedEntry(length, valueAt(table, index));
      to = fillAfter(to, 1 << (bits - length), first, bits - (first & 63));
      index++;
    }
  }
  fill(to, <i32>((end - to) >> 1), i16x8.splat(<i16>UNKNOWN));
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

/** `first` and `next` together where they fit into an entry, else `first` alone. */
function after(first: i32, next: v128): v128 {
  const advances = v128.and(next, i16x8.splat(<i16>UNKNOWN));
  const tooFar = i16x8.gt_s(advances, i16x8.splat(<i16>((MOST_ADVANCE - passedAdvance(first)) << ADVANCE_SHIFT)));
  const bits = v128.and(next, i16x8.splat(63));
  const tooMany = i16x8.gt_s(bits, i16x8.splat(<i16>(MOST_BITS - (first & 63))));
  const alone = i16x8.splat(<i16>first);
  return v128.bitselect(alone, i16x8.add(next, alone), v128.or(tooFar, tooMany));
}

/** After `buildPassed`. Where no AC is kept, DC is followed by what is passed over; else at most by the end. */
function buildDc(to: usize, table: usize, keeping: bool): void {
  const end = to + ((<usize>4) << DC_BITS);
  let index = 0;
  for (let length = 1; length <= DC_BITS; length++) {
    for (let i = codesOfLength(table, length); i > 0; i--) {
      const size = valueAt(table, index);
      const left = DC_BITS - length - size;
      index++;
      if (size > 15 || left < 0) {
        for (let j = 1 << (DC_BITS - length); j > 0; j--, to += 4) store<u32>(to, UNKNOWN);
        continue;
      }
      for (let bits = 0; bits < 1 << size; bits++) {
        const value = size === 0 ? 0 : extend(bits, size);
        const first = (value << 16) | (1 << ADVANCE_SHIFT) | (length + size);
        for (let j = 0; j < 1 << left; j++, to += 4) {
          const next = left === 0 ? UNKNOWN : <i32>load<u16>(narrower + ((<usize>((1 << left) + j)) << 1));
          const follows = keeping
            ? (next & (PASSED_END | UNKNOWN)) === PASSED_END
            : passedAdvance(next) < MOST_ADVANCE;
          store<u32>(to, first + (follows ? next : 0));
        }
      }
    }
  }
  for (; to < end; to += 4) store<u32>(to, UNKNOWN);
}

function buildKept(to: usize, table: usize): void {
  buildSingle(table);
  const mask = (1 << KEPT_BITS) - 1;
  for (let i = 0; i <= mask; i++) {
    let entry = load<i32>(single + ((<usize>i) << 2));
    let used = entry & 63;
    if ((entry & (KEPT_PART | KEPT_END)) === 0) {
      let next = load<i32>(single + ((<usize>((i << used) & mask)) << 2));
      const step = ((next >> 8) & 15) + 1;
      const value = next >> 20;
      const fits = used + (next & 63) <= KEPT_BITS;
      if (fits && (next & (KEPT_PART | KEPT_END)) === 0 && step <= MOST_SECOND && value >= -8 && value <= 7) {
        entry = (entry & ~63) | (used + (next & 63)) | (step << 12) | ((value & 15) << 16);
        used = entry & 63;
        next = load<i32>(single + ((<usize>((i << used) & mask)) << 2));
      }
      if ((next & KEPT_END) !== 0 && used + (next & 63) <= KEPT_BITS) {
        entry = (entry + (next & 63)) | KEPT_END;
      }
    }
    store<i32>(to + ((<usize>i) << 2), entry);
  }
}

function buildSingle(table: usize): void {
  let to = single;
  const end = single + ((<usize>4) << KEPT_BITS);
  let index = 0;
  for (let length = 1; length <= KEPT_BITS; length++) {
    for (let i = codesOfLength(table, length); i > 0; i--) {
      const symbol = valueAt(table, index);
      const size = symbol & 15;
      const left = KEPT_BITS - length - size;
      const run = (symbol >> 4) << 8;
      index++;
      if (size === 0) {
        const entry = symbol === 0xf0 ? length | run : length | KEPT_END;
        to = fill(to, 2 << left, i32x4.splat(entry));
      } else if (left < 0) {
        const entry = (length + size) | KEPT_PART | run | (size << 20);
        to = fill(to, 2 << (KEPT_BITS - length), i32x4.splat(entry));
      } else {
        for (let bits = 0; bits < 1 << size; bits++) {
          to = fill(to, 2 << left, i32x4.splat((length + size) | run | (extend(bits, size) << 20)));
        }
      }
    }
  }
  fill(to, <i32>((end - to) >> 1), i32x4.splat(KEPT_PART));
}

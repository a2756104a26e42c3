/**
 * The look-up for AC coefficients that are kept (T.81 F.2.2.2): an entry has up to two of them with their values, and
 * the end of the block. Its 32 bits are: the number of bits to consume (bits 0 to 5); the run before the first
 * coefficient (8 to 11); the distance in indices to the second one, 0 if there is none (12 to 15); the second's value
 * (16 to 19); the first's value (above).
 */
import { codesOfLength, extend, fill, valueAt } from './huffman-tables';

/** How many bits the look-up sees. */
export const KEPT_BITS: i32 = 11;
/**
 * The value is longer than the look-up: the entry has only the run and SSSS. With 0 bits to consume, it has nothing.
 */
export const KEPT_PART: i32 = 0x40;
/** Larger than any zig-zag index. */
export const KEPT_END: i32 = 0x80;
const MOST_STEP: i32 = 15;
const WINDOW: i32 = (1 << KEPT_BITS) - 1;

/** The same look-up with only one symbol in each entry. */
const single = memory.data(4 * 2048 + 16, 16);

export function buildKept(to: usize, table: usize): void {
  buildSingle(table);
  for (let bits = 0; bits <= WINDOW; bits++) {
    store<i32>(to, withNext(singleOf(bits), bits));
    to += 4;
  }
}

function singleOf(bits: i32): i32 {
  return load<i32>(single + ((<usize>bits) << 2));
}

/** Adds to `first` the coefficient after it and the end of the block after that, as far as `bits` contain them. */
function withNext(first: i32, bits: i32): i32 {
  if ((first & (KEPT_PART | KEPT_END)) !== 0) return first;
  let entry = first;
  let used = first & 63;
  let next = singleOf((bits << used) & WINDOW);
  const step = ((next >> 8) & 15) + 1;
  const value = next >> 20;
  const whole = (next & (KEPT_PART | KEPT_END)) === 0 && used + (next & 63) <= KEPT_BITS;
  if (whole && step <= MOST_STEP && value >= -8 && value <= 7) {
    entry += (next & 63) | (step << 12) | ((value & 15) << 16);
    used += next & 63;
    next = singleOf((bits << used) & WINDOW);
  }
  const ends = (next & KEPT_END) !== 0 && used + (next & 63) <= KEPT_BITS;
  return ends ? (entry + (next & 63)) | KEPT_END : entry;
}

function buildSingle(table: usize): void {
  let to = single;
  const end = single + ((<usize>4) << KEPT_BITS);
  let index = 0;
  for (let length = 1; length <= KEPT_BITS; length++) {
    for (let i = codesOfLength(table, length); i > 0; i--) {
      to = fillSymbol(to, length, valueAt(table, index));
      index++;
    }
  }
  fill(to, <i32>((end - to) >> 1), i32x4.splat(KEPT_PART));
}

/** Writes the entries that begin with a code of `length` bits for the symbol RRRRSSSS. */
function fillSymbol(to: usize, length: i32, symbol: i32): usize {
  const size = symbol & 15;
  const run = (symbol >> 4) << 8;
  const left = KEPT_BITS - length - size;
  if (size === 0) {
    return fill(to, 2 << left, i32x4.splat(symbol === 0xf0 ? length | run : length | KEPT_END));
  }
  if (left < 0) {
    const part = (length + size) | KEPT_PART | run | (size << 20);
    return fill(to, 2 << (KEPT_BITS - length), i32x4.splat(part));
  }
  for (let bits = 0; bits < 1 << size; bits++) {
    to = fill(to, 2 << left, i32x4.splat((length + size) | run | (extend(bits, size) << 20)));
  }
  return to;
}

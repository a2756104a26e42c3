/**
 * Decoding tables of prefix codes (RFC 1951, 3.2.2). A table is indexed by the next bits of the datastream. Codewords
 * that are longer than its index continue in a subtable behind it, indexed by the bits that follow. An entry:
 *
 *   bits  0 to  7  bits to take: the codeword (in a subtable, its rest) and the extra bits; below 64
 *   bits  8 to 11  the bits of the codeword alone; in a LINK, those that index the subtable
 *   bits 13 to 15  END_OF_BLOCK, LINK; with both, or alone for no symbol, EXCEPTIONAL
 *   bits 16 to 30  the literal, the base of the length or distance, or where the subtable begins
 *   bit  31        LITERAL
 */
export const LITERAL: u32 = 0x8000_0000;
export const EXCEPTIONAL: u32 = 0x8000;
export const LINK: u32 = 0x4000;
export const END_OF_BLOCK: u32 = 0x2000;
/** No symbol, or one that never occurs (3.2.6). */
export const INVALID: u32 = EXCEPTIONAL;

/** The length of the longest codeword (3.2.7). */
const LONGEST: i32 = 15;

/** The number of codewords of each length, the place of the next of each, and the symbols in the order of codewords. */
const counts = memory.data(16 * 4);
const places = memory.data(16 * 4);
const sorted = memory.data(288 * 2);

function countOf(length: i32): i32 {
  return load<i32>(counts + ((<usize>length) << 2));
}

/**
 * Makes the table of the code whose symbols have `lengths`, a byte each. The first `literals` symbols stand for
 * themselves, of the others `entries` has the entry without a codeword. `incomplete`: a code of one codeword of one
 * bit, or of none, is allowed (3.2.7); what zlib allows, too.
 * `bits`: how many index the table.
 * @returns false for a code that does not exist.
 */
export function makeTable(
  table: usize,
  bits: i32,
  lengths: usize,
  symbols: i32,
  literals: i32,
  entries: usize,
  incomplete: bool,
): bool {
  const longest = countLengths(lengths, symbols);
  const unused = unusedCodewords();
  if (unused < 0) return false;
  sortSymbols(lengths, symbols);
  if (unused > 0) {
    if (!incomplete || longest > 1) return false;
    const only = longest === 0 ? INVALID : entryOf(0, literals, entries, 1);
    for (let i = 0; i < 1 << bits; i += 2) {
      store<u32>(table + ((<usize>i) << 2), only);
      store<u32>(table + ((<usize>i) << 2), INVALID, 4);
    }
    return true;
  }
  let codeword: u32 = 0;
  let index = 0;
  for (let length = 1; length <= bits; length++) {
    // What is there for shorter codewords counts whatever the next bit is; gaps are filled by longer codewords.
    const half = (<usize>1) << (length - 1);
    memory.copy(table + (half << 2), table, half << 2);
    for (let n = countOf(length); n > 0; n--) {
      store<u32>(table + ((<usize>codeword) << 2), entryOf(index++, literals, entries, length));
      codeword = following(codeword, length);
    }
  }
  if (longest > bits) makeSubtables(table, bits, longest, codeword, index, literals, entries);
  return true;
}

/** Returns the length of the longest codeword. */
function countLengths(lengths: usize, symbols: i32): i32 {
  memory.fill(counts, 0, 16 * 4);
  for (let i = 0; i < symbols; i++) {
    const at = counts + ((<usize>load<u8>(lengths + <usize>i)) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
  let longest = LONGEST;
  while (longest > 0 && countOf(longest) === 0) longest--;
  return longest;
}

/** How many codewords of the greatest length are left; below 0, there are too many. */
function unusedCodewords(): i32 {
  let left = 1;
  for (let length = 1; length <= LONGEST; length++) {
    left = (left << 1) - countOf(length);
    if (left < 0) break;
  }
  return left;
}

/** By the length of their codewords; of the same length, codewords are in the order of symbols (3.2.2). */
function sortSymbols(lengths: usize, symbols: i32): void {
  let place = 0;
  for (let length = 1; length <= LONGEST; length++) {
    store<i32>(places + ((<usize>length) << 2), place);
    place += countOf(length);
  }
  for (let symbol = 0; symbol < symbols; symbol++) {
    const length = <usize>load<u8>(lengths + <usize>symbol);
    if (length === 0) continue;
    const at = places + (length << 2);
    const to = load<i32>(at);
    store<u16>(sorted + ((<usize>to) << 1), <u16>symbol);
    store<i32>(at, to + 1);
  }
}

/** `length`: the bits of the codeword that are looked up in this table. */
function entryOf(index: i32, literals: i32, entries: usize, length: i32): u32 {
  const symbol = <i32>load<u16>(sorted + ((<usize>index) << 1));
  const entry =
    symbol < literals
      ? LITERAL | ((<u32>symbol) << 16)
      : load<u32>(entries + ((<usize>(symbol - literals)) << 2));
  return entry + <u32>length * 0x101;
}

/** The next codeword of a length. Its first bit is the lowest here, as in the datastream: so counting carries down. */
function following(codeword: u32, length: i32): u32 {
  const zeros = codeword ^ ((1 << length) - 1);
  // The last one is all ones.
  if (zeros === 0) return codeword;
  const highest = (<u32>1) << (31 - clz(zeros));
  return (codeword & (highest - 1)) | highest;
}

/** For the codewords from `codeword` on, which are longer than the table's index of `bits` bits. */
function makeSubtables(
  table: usize,
  bits: i32,
  longest: i32,
  codeword: u32,
  index: i32,
  literals: i32,
  entries: usize,
): void {
  const mask = ((<u32>1) << bits) - 1;
  let prefix: u32 = mask + 1;
  let begin: u32 = 0;
  let size: u32 = 0;
  let free: u32 = mask + 1;
  for (let length = bits + 1; length <= longest; length++) {
    for (let n = countOf(length); n > 0; n--) {
      if ((codeword & mask) !== prefix) {
        prefix = codeword & mask;
        const more = subtableBits(bits, length, n);
        begin = free;
        size = (<u32>1) << more;
        free += size;
        const link = EXCEPTIONAL | LINK | (begin << 16) | ((<u32>more) << 8) | <u32>bits;
        store<u32>(table + ((<usize>prefix) << 2), link);
      }
      const entry = entryOf(index++, literals, entries, length - bits);
      for (let i = codeword >> bits; i < size; i += (<u32>1) << (length - bits)) {
        store<u32>(table + ((<usize>(begin + i)) << 2), entry);
      }
      codeword = following(codeword, length);
    }
  }
}

/** The index bits of a subtable that begins with the last `n` codewords of a length: as many as fill it. */
function subtableBits(bits: i32, length: i32, n: i32): i32 {
  let more = length - bits;
  for (let used = n; used < 1 << more; ) {
    more++;
    used = (used << 1) + countOf(bits + more);
  }
  return more;
}

/**
 * Huffman tables (T.81 Annex C, F.2.2.3) as look-ups of LOOK_BITS bits. Most files of a folder carry the same
 * tables, so a table is rebuilt only when the bytes of its DHT differ from those it was built from.
 */
import { tableLength } from './tables';

export const LOOK_BITS: i32 = 11;
const LOOK_SIZE: i32 = 1 << LOOK_BITS;

/** Flags of a `take` entry, beside the number of bits in its low five. */
export const EXTEND: u32 = 0x20;
export const END_OF_BLOCK: u32 = 0x40;
export const LONG: u32 = 0x80;
export const SPECIAL: u32 = EXTEND | END_OF_BLOCK | LONG;
/** What the end of a block adds to the advance of a `skip` entry. */
export const SKIP_END: i32 = 128;

@unmanaged
export class HuffmanTable {
  /** Defined by a DHT of this image; the contents may be those of an image before. */
  defined: bool;
  /** The contents match `bits`. */
  built: bool;
  takeBuilt: bool;
  skipBuilt: bool;
}
/* The parts of a table, from its start. */
const BITS: usize = 16;
const VALUES: usize = BITS + 16;
const MAX_CODE: usize = 288;
const VALUE_OFFSET: usize = MAX_CODE + 17 * 4;
/** u16: code length << 8 | value, 0 where the code is longer than LOOK_BITS or does not exist. */
export const LOOK: usize = 448;
/** u32: one symbol with its extra bits: bits | flags | (run + 1) << 8 | value << 16. With EXTEND: size << 16. */
export const TAKE: usize = LOOK + <usize>LOOK_SIZE * 2;
/** u16: as many symbols as can be told from LOOK_BITS bits: bits | coefficients advanced << 5. */
export const SKIP: usize = TAKE + <usize>LOOK_SIZE * 4;
const TABLE_BYTES: usize = SKIP + <usize>LOOK_SIZE * 2;

/** Four DC tables, then four AC tables. */
const tables = memory.data(8 * (448 + 2048 * 8));

export function huffmanTable(tableClass: i32, destination: i32): usize {
  return tables + <usize>((tableClass << 2) + destination) * TABLE_BYTES;
}

export function undefineTables(): void {
  for (let i = 0; i < 8; i++) changetype<HuffmanTable>(tables + <usize>i * TABLE_BYTES).defined = false;
}

export function isDefined(table: usize): bool {
  return changetype<HuffmanTable>(table).defined;
}

/** `bits` points at the sixteen counts of a DHT; at most 256 values follow, as the caller checked. False: no such code. */
export function defineTable(table: usize, bits: usize): bool {
  const state = changetype<HuffmanTable>(table);
  const length = tableLength(bits);
  if (!state.built || memory.compare(table + BITS, bits, <usize>length) !== 0) {
    state.built = false;
    memory.copy(table + BITS, bits, <usize>length);
    if (!buildCodes(table)) return false;
    state.built = true;
    state.takeBuilt = false;
    state.skipBuilt = false;
  }
  state.defined = true;
  return true;
}

/** Annex C: codes in order of length; F.2.2.3: MAXCODE and VALPTR, here less the first code of that length. */
function buildCodes(table: usize): bool {
  memory.fill(table + LOOK, 0, <usize>LOOK_SIZE * 2);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    const count = <i32>load<u8>(table + BITS + <usize>(length - 1));
    store<i32>(table + VALUE_OFFSET + ((<usize>length) << 2), index - code);
    for (let i = 0; i < count; i++) {
      if (code >= 1 << length) return false;
      if (length <= LOOK_BITS) {
        const entry = <u16>((length << 8) | <i32>load<u8>(table + VALUES + <usize>index));
        const from = code << (LOOK_BITS - length);
        const to = (code + 1) << (LOOK_BITS - length);
        for (let at = from; at < to; at++) store<u16>(table + LOOK + ((<usize>at) << 1), entry);
      }
      code++;
      index++;
    }
    store<i32>(table + MAX_CODE + ((<usize>length) << 2), count > 0 ? code - 1 : -1);
    code <<= 1;
  }
  return true;
}

/** Code length << 8 | value of the symbol at the head of `bits`, 0 when there is no such code (F.2.2.3, DECODE). */
export function symbolAt(table: usize, bits: u64): i32 {
  const entry = load<u16>(table + LOOK + ((<usize>(bits >> (64 - LOOK_BITS))) << 1));
  if (entry !== 0) return entry;
  for (let length = LOOK_BITS + 1; length <= 16; length++) {
    const code = <i32>(bits >> (64 - length));
    if (code <= load<i32>(table + MAX_CODE + ((<usize>length) << 2))) {
      const index = code + load<i32>(table + VALUE_OFFSET + ((<usize>length) << 2));
      return (length << 8) | <i32>load<u8>(table + VALUES + <usize>(index & 255));
    }
  }
  return 0;
}

/** EXTEND of F.2.2.1: the value that `size` bits stand for. */
export function extend(value: i32, size: i32): i32 {
  return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
}

/** Builds the entries that give a symbol together with the bits after it. `ac`: the symbol is RS, else SSSS. */
export function buildTake(table: usize, ac: bool): void {
  const state = changetype<HuffmanTable>(table);
  if (state.takeBuilt) return;
  for (let i = 0; i < LOOK_SIZE; i++) {
    const symbol = <i32>load<u16>(table + LOOK + ((<usize>i) << 1));
    store<u32>(table + TAKE + ((<usize>i) << 2), takeEntry(i, symbol >> 8, symbol & 255, ac));
  }
  state.takeBuilt = true;
}

function takeEntry(bits: i32, length: i32, value: i32, ac: bool): u32 {
  if (length === 0) return LONG;
  const run = ac ? value >> 4 : 0;
  const size = ac ? value & 15 : value;
  // A DC difference has at most 11 bits (table F.1), or 15 in a file of 12-bit samples: none of ours.
  if (size > 15) return LONG;
  const advance = (<u32>(run + 1)) << 8;
  if (size === 0) {
    const ends = ac && run !== 15;
    return <u32>length | advance | (ends ? END_OF_BLOCK : 0);
  }
  const total = length + size;
  if (total > LOOK_BITS) return <u32>total | EXTEND | advance | ((<u32>size) << 16);
  const extra = (bits >> (LOOK_BITS - total)) & ((1 << size) - 1);
  return <u32>total | advance | ((<u32>extend(extra, size)) << 16);
}

/** Builds the entries that pass over AC coefficients nobody needs, several at a time. After `buildTake`. */
export function buildSkip(table: usize): void {
  const state = changetype<HuffmanTable>(table);
  if (state.skipBuilt) return;
  for (let i = 0; i < LOOK_SIZE; i++) {
    store<u16>(table + SKIP + ((<usize>i) << 1), skipEntry(table, i));
  }
  state.skipBuilt = true;
}

function skipEntry(table: usize, bits: i32): u16 {
  let used = 0;
  let advance = 0;
  while (used < LOOK_BITS) {
    const at = (bits << used) & (LOOK_SIZE - 1);
    const symbol = <i32>load<u16>(table + LOOK + ((<usize>at) << 1));
    // Only a code that is seen whole is known; the value bits after it need not be seen to be passed over.
    if (symbol === 0 || symbol >> 8 > LOOK_BITS - used) break;
    const run = (symbol >> 4) & 15;
    const size = symbol & 15;
    const total = used + (symbol >> 8) + size;
    if (size === 0 && run !== 15) {
      return <u16>(total | ((advance + SKIP_END) << 5));
    }
    if (total > 28 || advance + run + 1 > 63) break;
    used = total;
    advance += run + 1;
  }
  return <u16>(used | (advance << 5));
}

/**
 * Huffman tables (T.81 Annex C, F.2.2.3). The files of a folder often have the same tables, so a table is rebuilt only
 * if the bytes of its DHT differ from those that it was built from.
 */
import { tableLength } from '../format/tables';

/** How many bits a look-up sees. Longer codes are searched by length. */
export const LOOK_BITS: i32 = 11;
export const LOOK_SIZE: i32 = 1 << LOOK_BITS;

@unmanaged
export class HuffmanTable {
  /** Whether a DHT of this image defines the table; otherwise its contents may be a previous image's. */
  defined: bool;
  /** Whether the look-up matches `bits`. */
  built: bool;
  /** Changes with the contents, so that tables derived from this one can tell whether they are up to date. */
  version: u32;
}
/* The parts of a table, from its start. */
const BITS: usize = 16;
const VALUES: usize = BITS + 16;
const MAX_CODE: usize = 288;
const VALUE_OFFSET: usize = MAX_CODE + 17 * 4;
/** u16: code length << 8 | value; 0 if the code is longer than LOOK_BITS or does not exist. */
export const LOOK: usize = 432;
/** With room for one more vector, because `fill` writes whole ones. */
const TABLE_BYTES: usize = LOOK + <usize>LOOK_SIZE * 2 + 16;

/** Four DC tables, then four AC tables. */
const tables = memory.data(8 * (432 + 2048 * 2 + 16), 16);
let versions: u32 = 0;

export function huffmanTable(tableClass: i32, destination: i32): usize {
  return tables + <usize>((tableClass << 2) + destination) * TABLE_BYTES;
}

export function undefineTables(): void {
  for (let i = 0; i < 8; i++) changetype<HuffmanTable>(tables + <usize>i * TABLE_BYTES).defined = false;
}

export function isDefined(table: usize): bool {
  return changetype<HuffmanTable>(table).defined;
}

export function versionOf(table: usize): u32 {
  return changetype<HuffmanTable>(table).version;
}

/**
 * `bits` points at the sixteen counts of a DHT; the caller has checked that at most 256 values follow. False if
 * invalid.
 */
export function defineTable(table: usize, bits: usize): bool {
  const state = changetype<HuffmanTable>(table);
  const length = tableLength(bits);
  if (!state.built || memory.compare(table + BITS, bits, <usize>length) !== 0) {
    state.built = false;
    memory.copy(table + BITS, bits, <usize>length);
    if (!buildCodes(table)) return false;
    state.built = true;
    versions++;
    state.version = versions;
  }
  state.defined = true;
  return true;
}

/** BITS of B.2.4.2: the number of codes with this length. */
export function codesOfLength(table: usize, length: i32): i32 {
  return load<u8>(table + BITS + <usize>(length - 1));
}

/** HUFFVAL of B.2.4.2. */
export function valueAt(table: usize, index: i32): i32 {
  return load<u8>(table + VALUES + <usize>index);
}

/** Annex C: codes in order of length. F.2.2.3: MAXCODE and VALPTR; here VALPTR has the first code subtracted. */
function buildCodes(table: usize): bool {
  let code = 0;
  let index = 0;
  let to = table + LOOK;
  for (let length = 1; length <= 16; length++) {
    const count = codesOfLength(table, length);
    store<i32>(table + VALUE_OFFSET + ((<usize>length) << 2), index - code);
    if (code + count > 1 << length) return false;
    if (length <= LOOK_BITS) {
      for (let i = 0; i < count; i++) {
        to = fill(
          to,
          1 << (LOOK_BITS - length),
          i16x8.splat(<i16>((length << 8) | valueAt(table, index + i))),
        );
      }
    }
    code += count;
    index += count;
    store<i32>(table + MAX_CODE + ((<usize>length) << 2), count > 0 ? code - 1 : -1);
    code <<= 1;
  }
  memory.fill(to, 0, table + LOOK + <usize>LOOK_SIZE * 2 - to);
  return true;
}

/**
 * Writes `entries` repeatedly, `count` times two bytes; returns the address after them. Whole vectors are written, up
 * to fourteen bytes too many: look-ups are filled in the order of their codes, so that the next entries overwrite
 * these.
 */
export function fill(to: usize, count: i32, entries: v128): usize {
  const end = to + ((<usize>count) << 1);
  for (let at = to; at < end; at += 16) v128.store(at, entries);
  return end;
}

/** Code length << 8 | value of the symbol at the head of `bits`; 0 if the code does not exist (F.2.2.3, DECODE). */
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

/** EXTEND of F.2.2.1: the value that `size` bits encode. */
export function extend(value: i32, size: i32): i32 {
  return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
}

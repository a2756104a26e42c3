/**
 * Everything needed to decode a block of one component, side by side, so that one address finds all of it: where its
 * coefficients go, and three look-up tables for the next bits: for DC, for AC coefficients that are kept, and for AC
 * coefficients that are skipped. An entry covers as many symbols as its bits contain: DC with the skipped coefficients
 * after it, two kept coefficients with their values, several skipped ones, the end of the block.
 */
import { PLACEMENT_BYTES } from './dequantise';
import { codesOfLength, extend, fill, valueAt, versionOf } from './entropy/huffman-tables';
import { buildKept, KEPT_BITS } from './entropy/kept-table';
import { buildPassed, isEnd, joins, ONE_INDEX, PASSED_BITS, passedOf, UNKNOWN } from './entropy/passed-table';

/**
 * How many bits the DC look-up sees. Its entries are those of passed-table.ts, with the difference in the upper half.
 */
export const DC_BITS: i32 = 10;

export const PLACEMENT: usize = 16;
export const DC: usize = PLACEMENT + PLACEMENT_BYTES;
export const KEPT: usize = DC + ((<usize>4) << DC_BITS) + 16;
export const PASSED: usize = KEPT + ((<usize>4) << KEPT_BITS) + 16;
/** Each table has room for one more vector, because `fill` writes whole ones. */
const BYTES: usize = PASSED + ((<usize>2) << PASSED_BITS) + 16;

@unmanaged
class Made {
  /** The versions of the Huffman tables that the look-ups were made from, and whether AC is kept. */
  dcVersion: u32;
  acVersion: u32;
  keeping: bool;
}

const tables = memory.data(4 * (16 + 256 + 4096 + 16 + 8192 + 16 + 4096 + 16), 16);

/** The tables of the scan's component `index`. */
export function blockTables(index: i32): usize {
  return tables + <usize>index * BYTES;
}

/** Builds the look-ups of block tables `at`, unless they are up to date. `keeping`: whether any AC is kept. */
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

/** Call after `buildPassed`. Without kept AC, a DC entry includes skipped coefficients; otherwise at most the end. */
function buildDc(to: usize, table: usize, keeping: bool): void {
  const end = to + ((<usize>4) << DC_BITS);
  let index = 0;
  for (let length = 1; length <= DC_BITS; length++) {
    for (let i = codesOfLength(table, length); i > 0; i--) {
      const size = valueAt(table, index);
      const left = DC_BITS - length - size;
      index++;
      if (left < 0) {
        to = fill(to, 2 << (DC_BITS - length), i32x4.splat(UNKNOWN));
        continue;
      }
      for (let bits = 0; bits < 1 << size; bits++) {
        const difference = size === 0 ? 0 : extend(bits, size);
        to = fillDc(to, (difference << 16) | ONE_INDEX | (length + size), left, keeping);
      }
    }
  }
  fill(to, <i32>((end - to) >> 1), i32x4.splat(UNKNOWN));
}

/** Writes the entries that begin with `first` and continue with the symbols in the `left` further bits. */
function fillDc(to: usize, first: i32, left: i32, keeping: bool): usize {
  for (let bits = 0; bits < 1 << left; bits++) {
    const next = passedOf(bits, left);
    const follows = keeping ? isEnd(next) : joins(next, first);
    store<u32>(to, follows ? first + next : first);
    to += 4;
  }
  return to;
}

/** The codes of a block: fixed (RFC 1951, 3.2.6), or told at its beginning (3.2.7). */
import { bits, isPastEnd, refill, take } from './bits';
import { END_OF_BLOCK, EXCEPTIONAL, INVALID, makeTable } from './tables';

/** The bits that index a table. More are rarely needed; the same for all blocks, so that they are constants. */
export const LITERAL_BITS: i32 = 11;
export const DISTANCE_BITS: i32 = 8;
const LENGTH_BITS: i32 = 7;

/**
 * Of literals, lengths and the end of the block, and of distances. With their subtables, tables of that many bits never
 * have more entries: zlib's `examples/enough.c` counts them, for 288 symbols and for 32.
 */
export const literalTable = memory.data(2342 * 4);
export const distanceTable = memory.data(402 * 4);

/** Whether the tables are those of the fixed codes. */
let areFixed: bool = false;

/** The entries of symbols 256 to 287: base << 16 | extra bits (3.2.5). The last two never occur. */
// biome-ignore format: eight a row
const lengthEntries = memory.data<u32>([
  EXCEPTIONAL | END_OF_BLOCK,
  0x30000, 0x40000, 0x50000, 0x60000, 0x70000, 0x80000, 0x90000, 0xa0000,
  0xb0001, 0xd0001, 0xf0001, 0x110001, 0x130002, 0x170002, 0x1b0002, 0x1f0002,
  0x230003, 0x2b0003, 0x330003, 0x3b0003, 0x430004, 0x530004, 0x630004, 0x730004,
  0x830005, 0xa30005, 0xc30005, 0xe30005, 0x1020000,
  INVALID, INVALID,
]);

/** The same of distances. */
// biome-ignore format: eight a row
const distanceEntries = memory.data<u32>([
  0x10000, 0x20000, 0x30000, 0x40000, 0x50001, 0x70001, 0x90002, 0xd0002,
  0x110003, 0x190003, 0x210004, 0x310004, 0x410005, 0x610005, 0x810006, 0xc10006,
  0x1010007, 0x1810007, 0x2010008, 0x3010008, 0x4010009, 0x6010009, 0x801000a, 0xc01000a,
  0x1001000b, 0x1801000b, 0x2001000c, 0x3001000c, 0x4001000d, 0x6001000d,
  INVALID, INVALID,
]);

/** The lengths of codewords. The last of a run may reach behind those that there are, by at most 138. */
const lengths = memory.data(286 + 30 + 138);

/** 3.2.6. */
export function fixedCodes(): void {
  if (areFixed) return;
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  makeTable(literalTable, LITERAL_BITS, lengths, 288, 256, lengthEntries, false);
  memory.fill(lengths, 5, 32);
  makeTable(distanceTable, DISTANCE_BITS, lengths, 32, 0, distanceEntries, false);
  areFixed = true;
}

/** Reads the codes of a block (3.2.7). Returns false if they are none. */
export function readCodes(): bool {
  areFixed = false;
  refill();
  const literals = <i32>take(5) + 257;
  const distances = <i32>take(5) + 1;
  const codeLengths = <i32>take(4) + 4;
  if (literals > 286 || distances > 30) return false;
  if (!readLengths(codeLengths, literals + distances)) return false;
  // Without an end, a block could not end.
  if (load<u8>(lengths + 256) === 0) return false;
  if (!makeTable(literalTable, LITERAL_BITS, lengths, literals, 256, lengthEntries, true)) return false;
  const last = lengths + <usize>literals;
  return makeTable(distanceTable, DISTANCE_BITS, last, distances, 0, distanceEntries, true);
}

/** The order in which the lengths of the code for lengths are told. */
const order = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
const lengthTable = memory.data((1 << LENGTH_BITS) * 4);
const LENGTH_MASK: usize = (1 << LENGTH_BITS) - 1;

function readLengths(codeLengths: i32, count: i32): bool {
  memory.fill(lengths, 0, 19);
  for (let i = 0; i < codeLengths; i++) {
    refill();
    store<u8>(lengths + <usize>load<u8>(order + <usize>i), <u8>take(3));
  }
  if (!makeTable(lengthTable, LENGTH_BITS, lengths, 19, 19, 0, false)) return false;
  let have = 0;
  while (have < count) {
    refill();
    const entry = load<u32>(lengthTable + ((<usize>bits.buffer & LENGTH_MASK) << 2));
    take(entry & 0xff);
    const symbol = (entry >> 16) & 0xff;
    const at = lengths + <usize>have;
    if (symbol < 16) {
      store<u8>(at, <u8>symbol);
      have++;
    } else {
      // 16: the one before, 3 to 6 times; 17 and 18: 3 to 10 and 11 to 138 zeros.
      if (symbol === 16 && have === 0) return false;
      const repeated: u8 = symbol === 16 ? load<u8>(at - 1) : 0;
      const run = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7);
      memory.fill(at, repeated, <usize>run);
      have += <i32>run;
    }
    if (isPastEnd()) return false;
  }
  return have === count;
}

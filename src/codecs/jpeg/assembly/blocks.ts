/** Decodes the blocks of a row of MCUs one after the other (T.81 F.2.2), with the reader's state in local variables. */
import { DC, DC_BITS, KEPT, PASSED, PLACEMENT } from './block-tables';
import { lowest, reader } from './entropy/entropy-bytes';
import { extend, symbolAt } from './entropy/huffman-tables';
import { KEPT_BITS, KEPT_END, KEPT_PART } from './entropy/kept-table';
import { PASSED_BITS, PASSED_END, passedAdvance } from './entropy/passed-table';
import { Component } from './format/frame';

@unmanaged
export class Block {
  /** Where the block's coefficients go. */
  to: usize;
  /** The tables of the block's component; see block-tables.ts. */
  tables: usize;
  /** The last zig-zag index that is kept. */
  last: i32;
  component: Component;
}

/** Larger than any zig-zag index: the block has ended. */
const ENDED: i32 = KEPT_END;
/** Marks an error: a code that does not exist, or a run past the end of the block. */
const FAULT: i32 = 65;

function put(to: usize, tables: usize, k: i32, value: i32): void {
  const place = load<u32>(tables + ((<usize>k) << 2), PLACEMENT);
  store<i16>(to + <usize>(place >> 16), <i16>(value * <i32>(place & 0xffff)));
}

/** The value that `readSymbol` read after its symbol. */
let received: i32 = 0;
/** Whether `readSymbol` found a code that does not exist, and whether DC has it: how `decodeBlocks` broke off. */
let isMissing: bool = false;
let atDc: bool = false;

/**
 * The plain algorithm of the standard: DECODE (F.2.2.3) for a symbol, RECEIVE and EXTEND (F.2.2.1) for its value.
 * Returns the symbol, or -1 if the code does not exist. Used where the look-ups have no answer. The reader's state is
 * passed in memory, so that callers can otherwise keep it in local variables.
 */
function readSymbol(table: usize): i32 {
  const acc = reader.acc | (load<u64>(reader.at) >> <u64>reader.bits);
  const bits = reader.bits | 56;
  reader.at -= <usize>((63 - reader.bits) >> 3);
  const code = symbolAt(table, acc);
  const size = code & 15;
  const length = code >> 8;
  const rest = acc << (<u64>length);
  received = size === 0 ? 0 : extend(<i32>(rest >> <u64>(64 - size)), size);
  reader.acc = rest << (<u64>size);
  reader.bits = bits - length - size;
  isMissing = code === 0;
  return isMissing ? -1 : code & 255;
}

/** F.2.2.2: the zig-zag index after one symbol of AC; the symbol's coefficient has the index before it. */
function afterSymbol(symbol: i32, k: i32): i32 {
  if (symbol < 0) return FAULT;
  if ((symbol & 15) === 0 && symbol !== 0xf0) return ENDED;
  const next = k + (symbol >> 4) + 1;
  return next > 64 ? FAULT : next;
}

/**
 * Decodes `count` blocks from `block` on. Returns the number of blocks left undone: because of a code that does not
 * exist, a run past the end of a block, or the end of the data.
 *
 * The reader's state is in `acc`, `bits` and `at`; it is in memory only while `readSymbol` runs. A refill gives at
 * least 56 bits: enough for a symbol, which takes at most 31, or for two entries of 26 each.
 */
export function decodeBlocks(block: usize, count: i32): i32 {
  const end = block + <usize>count * offsetof<Block>();
  const stop = lowest;
  let acc = reader.acc;
  let bits = reader.bits;
  let at = reader.at;
  for (; block < end; block += offsetof<Block>()) {
    if (at < stop) break;
    const tables = changetype<Block>(block).tables;
    const to = changetype<Block>(block).to;
    const last = changetype<Block>(block).last;
    const c = changetype<Block>(block).component;

    // F.2.2.1: DC.
    acc |= load<u64>(at) >> <u64>bits;
    at -= <usize>((63 - bits) >> 3);
    bits |= 56;
    let entry = load<i32>(tables + ((<usize>(acc >> (64 - DC_BITS))) << 2), DC);
    let difference = entry >> 16;
    let k = passedAdvance(entry);
    if (k < 64) {
      acc <<= <u64>entry;
      bits -= entry & 63;
    } else {
      reader.acc = acc;
      reader.bits = bits;
      reader.at = at;
      // SSSS: a larger category, or a code that does not exist.
      if (<u32>readSymbol(c.dcTable) > 15) {
        atDc = true;
        break;
      }
      acc = reader.acc;
      bits = reader.bits;
      at = reader.at;
      difference = received;
      entry = 0;
      k = 1;
    }
    const dc = c.prediction + difference;
    c.prediction = dc;

    // F.2.2.2: AC.
    if ((entry & PASSED_END) === 0) {
      while (k <= last) {
        acc |= load<u64>(at) >> <u64>bits;
        at -= <usize>((63 - bits) >> 3);
        bits |= 56;
        entry = load<i32>(tables + ((<usize>(acc >> (64 - KEPT_BITS))) << 2), KEPT);
        const first = k + ((entry >> 8) & 15);
        if ((entry & KEPT_PART) === 0) {
          const second = first + ((entry >> 12) & 15);
          if (second < 63) {
            acc <<= <u64>entry;
            bits -= entry & 63;
            // If there is no second coefficient, the first is written to the same place.
            put(to, tables, second, (entry << 12) >> 28);
            put(to, tables, first, entry >> 20);
            k = (second + 1) | (entry & KEPT_END);
            continue;
          }
        } else if ((entry & 63) !== 0 && first < 64) {
          const size = entry >> 20;
          const value = extend(<i32>((acc << (<u64>((entry & 63) - size))) >> <u64>(64 - size)), size);
          acc <<= <u64>entry;
          bits -= entry & 63;
          put(to, tables, first, value);
          k = first + 1;
          continue;
        }
        // The code is too long for the look-up, or the block ends within the entry, whose rest belongs to the next
        // block.
        reader.acc = acc;
        reader.bits = bits;
        reader.at = at;
        k = afterSymbol(readSymbol(c.acTable), k);
        acc = reader.acc;
        bits = reader.bits;
        at = reader.at;
        if (k <= 64) put(to, tables, k - 1, received);
      }
      while (k < 64) {
        acc |= load<u64>(at) >> <u64>bits;
        at -= <usize>((63 - bits) >> 3);
        bits |= 56;
        entry = load<u16>(tables + ((<usize>(acc >> (64 - PASSED_BITS))) << 1), PASSED);
        let next = k + passedAdvance(entry);
        if (next < 64) {
          acc <<= <u64>entry;
          bits -= entry & 63;
          k = next;
          if ((entry & PASSED_END) !== 0) break;
          entry = load<u16>(tables + ((<usize>(acc >> (64 - PASSED_BITS))) << 1), PASSED);
          next = k + passedAdvance(entry);
          if (next < 64) {
            acc <<= <u64>entry;
            bits -= entry & 63;
            k = next;
            if ((entry & PASSED_END) !== 0) break;
            continue;
          }
        }
        reader.acc = acc;
        reader.bits = bits;
        reader.at = at;
        k = afterSymbol(readSymbol(c.acTable), k);
        acc = reader.acc;
        bits = reader.bits;
        at = reader.at;
      }
      if (k === FAULT) {
        atDc = false;
        break;
      }
    }
    // DC is written last, because coefficients that are not kept were written to its place.
    store<i16>(to, <i16>(dc * <i32>(load<u32>(tables, PLACEMENT) & 0xffff)));
  }
  reader.acc = acc;
  reader.bits = bits;
  reader.at = at;
  return <i32>((end - block) / offsetof<Block>());
}

/** How many bits libjpeg takes for a code that does not exist, before it goes on with symbol 0. */
const MISSING_BITS: u32 = 17;

function passMissingCode(): void {
  reader.acc = (reader.acc | (load<u64>(reader.at) >> <u64>reader.bits)) << (<u64>MISSING_BITS);
  reader.at -= <usize>((63 - reader.bits) >> 3);
  reader.bits = (reader.bits | 56) - MISSING_BITS;
}

/** A value past the end of its block: libjpeg takes it for the last one's. */
function putLast(block: Block): void {
  if (block.last === 63) put(block.to, block.tables, 63, received);
}

/** AC after a code for DC that does not exist. */
function decodeAcPlainly(block: Block): void {
  let k = 1;
  while (k < 64) {
    const next = afterSymbol(readSymbol(block.component.acTable), k);
    if (isMissing) passMissingCode();
    else if (next === FAULT) putLast(block);
    if (next > 64) return;
    if (next - 1 <= block.last) put(block.to, block.tables, next - 1, received);
    k = next;
  }
}

/** Finishes the block in which `decodeBlocks` found a fault as libjpeg would: what follows is often right again. */
export function finishFaultyBlock(block: Block): void {
  if (atDc) {
    passMissingCode();
    decodeAcPlainly(block);
  } else if (isMissing) {
    passMissingCode();
  } else {
    putLast(block);
  }
  const step = <i32>(load<u32>(block.tables, PLACEMENT) & 0xffff);
  store<i16>(block.to, <i16>(block.component.prediction * step));
}

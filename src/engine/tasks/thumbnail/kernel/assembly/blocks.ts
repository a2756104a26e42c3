/** The blocks of a row of MCUs, decoded one after the other (T.81 F.2.2) with the state of the reader at hand. */
import {
  DC,
  DC_BITS,
  KEPT,
  KEPT_BITS,
  KEPT_END,
  KEPT_PART,
  PASSED,
  PASSED_BITS,
  PASSED_END,
  PLACEMENT,
  passedAdvance,
} from './block-tables';
import { lowest, reader } from './entropy-bytes';
import { Component } from './frame';
import { extend, symbolAt } from './huffman-tables';

@unmanaged
export class Block {
  /** Where its coefficients go. */
  to: usize;
  /** Of its component; see block-tables.ts. */
  tables: usize;
  /** The last zig-zag index that is kept. */
  last: i32;
  component: Component;
}

/** Past any zig-zag index: the block has ended. */
const ENDED: i32 = KEPT_END;

// @ts-ignore: decorator
@inline
function put(to: usize, tables: usize, k: i32, value: i32): void {
  const place = load<u32>(tables + ((<usize>k) << 2), PLACEMENT);
  store<i16>(to + <usize>(place >> 16), <i16>(value * <i32>(place & 0xffff)));
}

/** RECEIVE and EXTEND of F.2.2.1: the last `size` of the next `bits` bits as a value. */
function valueOf(acc: u64, bits: i32, size: i32): i32 {
  if (size === 0) return 0;
  return extend(<i32>((acc << <u64>(bits - size)) >> <u64>(64 - size)), size);
}

/**
 * Decodes `count` blocks from `block` on. Gives those left undone: because of a code that does not exist, a run past
 * the end of a block, or because there is no more to read.
 *
 * A refill gives at least 56 bits. A symbol takes at most 31, an entry of a look-up 28.
 */
export function decodeBlocks(block: usize, count: i32): i32 {
  const end = block + <usize>count * offsetof<Block>();
  const stop = lowest;
  let acc = reader.acc;
  let bits = reader.bits;
  let at = reader.at;
  for (; block < end && at >= stop; block += offsetof<Block>()) {
    const tables = changetype<Block>(block).tables;
    const to = changetype<Block>(block).to;
    const last = changetype<Block>(block).last;
    const c = changetype<Block>(block).component;

    acc |= load<u64>(at) >> <u64>bits;
    at -= <usize>((63 - bits) >> 3);
    bits |= 56;
    let entry = load<i32>(tables + ((<usize>(acc >> (64 - DC_BITS))) << 2), DC);
    let k = passedAdvance(entry);
    let difference = entry >> 16;
    if (k > 64) {
      const symbol = symbolAt(c.dcTable, acc);
      const size = symbol & 255;
      if (symbol === 0 || size > 15) break;
      entry = (symbol >> 8) + size;
      difference = valueOf(acc, entry, size);
      k = 1;
    }
    acc <<= <u64>entry;
    bits -= entry & 63;
    const dc = c.prediction + difference;
    c.prediction = dc;
    if ((entry & PASSED_END) === 0) {
      while (k <= last) {
        acc |= load<u64>(at) >> <u64>bits;
        at -= <usize>((63 - bits) >> 3);
        bits |= 56;
        entry = load<i32>(tables + ((<usize>(acc >> (64 - KEPT_BITS))) << 2), KEPT);
        let first = k + ((entry >> 8) & 15);
        const second = first + ((entry >> 12) & 15);
        if ((entry & KEPT_PART) === 0 && second < 63) {
          acc <<= <u64>entry;
          bits -= entry & 63;
          // Where there is no second, the first takes its place.
          put(to, tables, second, (entry << 12) >> 28);
          put(to, tables, first, entry >> 20);
          k = (second + 1) | (entry & KEPT_END);
          continue;
        }
        let size = entry >> 20;
        let used = entry & 63;
        if ((entry & KEPT_PART) === 0 || used === 0) {
          const symbol = symbolAt(c.acTable, acc);
          size = symbol & 15;
          used = (symbol >> 8) + size;
          first = k + ((symbol >> 4) & 15);
          if (symbol === 0 || first > 63) {
            first = 99;
          } else if (size === 0 && (symbol & 0xf0) !== 0xf0) {
            acc <<= <u64>used;
            bits -= used;
            k = ENDED;
            break;
          }
        }
        if (first > 63) {
          k = 65;
          break;
        }
        put(to, tables, first, valueOf(acc, used, size));
        acc <<= <u64>used;
        bits -= used;
        k = first + 1;
      }
      while (k < 64) {
        acc |= load<u64>(at) >> <u64>bits;
        at -= <usize>((63 - bits) >> 3);
        bits |= 56;
        entry = load<u16>(tables + ((<usize>(acc >> (64 - PASSED_BITS))) << 1), PASSED);
        let next = k + passedAdvance(entry);
        if (next < 64) {
          k = next;
          acc <<= <u64>entry;
          bits -= entry & 63;
          if ((entry & PASSED_END) !== 0) {
            k = ENDED;
            break;
          }
          entry = load<u16>(tables + ((<usize>(acc >> (64 - PASSED_BITS))) << 1), PASSED);
          next = k + passedAdvance(entry);
          if (next < 64) {
            k = next;
            acc <<= <u64>entry;
            bits -= entry & 63;
            if ((entry & PASSED_END) !== 0) {
              k = ENDED;
              break;
            }
            continue;
          }
          acc |= load<u64>(at) >> <u64>bits;
          at -= <usize>((63 - bits) >> 3);
          bits |= 56;
        }
        // The code is long, or the block ends inside the entry and what follows belongs to another: one symbol.
        const symbol = symbolAt(c.acTable, acc);
        const size = symbol & 15;
        const used = (symbol >> 8) + size;
        acc <<= <u64>used;
        bits -= used;
        const run = (symbol >> 4) & 15;
        k = symbol === 0 ? 65 : size === 0 && run !== 15 ? ENDED : k + run + 1;
      }
      if (k !== 64 && k < ENDED) break;
    }
    // Last: what is not kept was put where DC goes.
    store<i16>(to, <i16>(dc * <i32>(load<u32>(tables, PLACEMENT) & 0xffff)));
  }
  reader.acc = acc;
  reader.bits = bits;
  reader.at = at;
  return <i32>((end - block) / offsetof<Block>());
}

/** Sequential DCT, Huffman coded: T.81 F.2. Coefficients the thumbnail does not need are passed over, not decoded. */
import { buildPlacement } from './dequantise';
import {
  endSegment,
  endsAtMarker,
  faultAtEnd,
  faultInside,
  overrun,
  reader,
  startSegment,
} from './entropy-bytes';
import { Component, component, frame } from './frame';
import {
  buildSkip,
  buildTake,
  END_OF_BLOCK,
  extend,
  LONG,
  LOOK_BITS,
  SKIP,
  SKIP_END,
  SPECIAL,
  symbolAt,
  TAKE,
} from './huffman-tables';
import { Outcome } from './outcome';
import { finishBlockRow, shows } from './rows';
import { scan } from './scan';

const LOOK_SHIFT: u64 = 64 - LOOK_BITS;

/** The zig-zag index after an end of block. */
const ENDED: i32 = 128;

/** Fails, and tells where, so that a file cut short is told from a damaged one. */
function leave(at: usize, bits: u32): bool {
  reader.at = at;
  reader.bits = bits;
  return false;
}

/**
 * F.2.2: one block. Keeps coefficients up to `last`, passes over the rest. False: no such code, or a run past the
 * end of the block. Reads no more than 64 x 31 bits.
 *
 * The refill keeps at least 56 bits, a symbol takes at most 31: one refill a symbol is enough whatever its length.
 */
function decodeBlock(c: Component, to: usize, last: i32): bool {
  let acc = reader.acc;
  let bits = reader.bits;
  let at = reader.at;

  // F.2.2.1: DC.
  acc |= load<u64>(at) >> <u64>bits;
  at -= <usize>((63 - bits) >> 3);
  bits |= 56;
  let entry = load<u32>(c.dcTable + TAKE + ((<usize>(acc >> LOOK_SHIFT)) << 2));
  let used = entry & 31;
  let value = <i32>entry >> 16;
  if ((entry & SPECIAL) !== 0) {
    let size = value;
    if ((entry & LONG) !== 0) {
      const symbol = symbolAt(c.dcTable, acc);
      size = symbol & 255;
      if (symbol === 0 || size > 15) return leave(at, bits);
      used = <u32>((symbol >> 8) + size);
    }
    value = size === 0 ? 0 : extend(<i32>((acc << (<u64>(used - <u32>size))) >> <u64>(64 - size)), size);
  }
  acc <<= <u64>used;
  bits -= used;
  c.prediction += value;

  // F.2.2.2: AC, those that are kept.
  const placement = c.placement;
  const take = c.acTable + TAKE;
  let k = 1;
  while (k <= last) {
    acc |= load<u64>(at) >> <u64>bits;
    at -= <usize>((63 - bits) >> 3);
    bits |= 56;
    entry = load<u32>(take + ((<usize>(acc >> LOOK_SHIFT)) << 2));
    used = entry & 31;
    value = <i32>entry >> 16;
    let advance = <i32>(entry >> 8) & 31;
    if ((entry & SPECIAL) !== 0) {
      let size = value;
      if ((entry & LONG) !== 0) {
        const symbol = symbolAt(c.acTable, acc);
        if (symbol === 0) return leave(at, bits);
        size = symbol & 15;
        advance = ((symbol >> 4) & 15) + 1;
        used = <u32>((symbol >> 8) + size);
        if (size === 0 && advance !== 16) entry |= END_OF_BLOCK;
      }
      if ((entry & END_OF_BLOCK) !== 0) {
        acc <<= <u64>used;
        bits -= used;
        k = ENDED;
        break;
      }
      value = size === 0 ? 0 : extend(<i32>((acc << (<u64>(used - <u32>size))) >> <u64>(64 - size)), size);
    }
    acc <<= <u64>used;
    bits -= used;
    k += advance;
    const place = load<u32>(placement + ((<usize>(k - 1)) << 2));
    store<i16>(to + <usize>(place >> 16), <i16>(value * <i32>(place & 0xffff)));
  }

  // AC, those that are not.
  const skip = c.acTable + SKIP;
  while (k < 64) {
    acc |= load<u64>(at) >> <u64>bits;
    at -= <usize>((63 - bits) >> 3);
    bits |= 56;
    let several = <u32>load<u16>(skip + ((<usize>(acc >> LOOK_SHIFT)) << 1));
    used = several & 31;
    let next = k + <i32>(several >> 5);
    if (next < 64 && used !== 0) {
      acc <<= <u64>used;
      bits -= used;
      k = next;
      // An entry has at most 28 bits: there are enough for another.
      several = <u32>load<u16>(skip + ((<usize>(acc >> LOOK_SHIFT)) << 1));
      used = several & 31;
      next = k + <i32>(several >> 5);
      if (next < 64 && used !== 0) {
        acc <<= <u64>used;
        bits -= used;
        k = next;
        continue;
      }
    }
    if (used !== 0 && (next === 64 || (next >= SKIP_END && next < SKIP_END + 64))) {
      acc <<= <u64>used;
      bits -= used;
      k = ENDED;
      break;
    }
    // The block ends inside the entry, and what follows belongs to another; or the code is long: one symbol.
    acc |= load<u64>(at) >> <u64>bits;
    at -= <usize>((63 - bits) >> 3);
    bits |= 56;
    const symbol = symbolAt(c.acTable, acc);
    if (symbol === 0) return leave(at, bits);
    const size = symbol & 15;
    used = <u32>((symbol >> 8) + size);
    const run = (symbol >> 4) & 15;
    acc <<= <u64>used;
    bits -= used;
    k = size === 0 && run !== 15 ? ENDED : k + run + 1;
  }
  if (k !== 64 && k !== ENDED) return leave(at, bits);

  store<i16>(to, <i16>(c.prediction * <i32>(load<u32>(placement) & 0xffff)));
  reader.acc = acc;
  reader.bits = bits;
  reader.at = at;
  return true;
}

/** One MCU (A.2.2, A.2.3), its blocks to where they lie in the components' rows. */
function decodeMcu(column: i32, row: i32): bool {
  if (scan.count === 1) {
    const c = component(scan.component(0));
    return decodePlaced(c, column, 0, row);
  }
  for (let i = 0; i < scan.count; i++) {
    const c = component(scan.component(i));
    for (let v = 0; v < c.v; v++) {
      for (let h = 0; h < c.h; h++) {
        if (!decodePlaced(c, column * c.h + h, v, row * c.v + v)) return false;
      }
    }
  }
  return true;
}

function decodePlaced(c: Component, column: i32, line: i32, blockRow: i32): bool {
  const to = c.coefficients + ((<usize>(line * c.paddedWide + column) * <usize>(c.size * c.size)) << 1);
  const shown = column >= c.firstColumn && column < c.endColumn && shows(c, blockRow);
  return decodeBlock(c, to, shown ? c.lastIndex : 0);
}

function forgetPredictions(): void {
  for (let i = 0; i < scan.count; i++) component(scan.component(i)).prediction = 0;
}

function prepare(): void {
  for (let i = 0; i < scan.count; i++) {
    const c = component(scan.component(i));
    buildPlacement(c);
    buildTake(c.dcTable, false);
    buildTake(c.acTable, true);
    buildSkip(c.acTable);
  }
  forgetPredictions();
}

function clearRow(): void {
  for (let i = 0; i < scan.count; i++) {
    const c = component(scan.component(i));
    memory.fill(c.coefficients, 0, (<usize>(c.v * c.paddedWide) * <usize>(c.size * c.size)) << 1);
  }
}

/** Whether a later MCU row than `row` is shown. */
function moreToShow(row: i32): bool {
  for (let i = 0; i < scan.count; i++) {
    const c = component(scan.component(i));
    if ((scan.count === 1 ? row : row * c.v) < c.endRow) return true;
  }
  return false;
}

function finishRow(row: i32): void {
  for (let i = 0; i < scan.count; i++) {
    const index = scan.component(i);
    const c = component(index);
    const lines = scan.count === 1 ? 1 : c.v;
    for (let line = 0; line < lines; line++) finishBlockRow(c, index, line, row * lines + line);
  }
}

/** The scan whose bytes `readEntropy` laid ready: E.2.4, E.2.5. Rows below the last one shown are not decoded. */
export function decodeSequentialScan(): Outcome {
  prepare();
  const interval = frame.restartInterval;
  let segment = 0;
  let left = interval;
  // Tolerant: MCUs that are passed over, to the next restart interval or the end. Their blocks stay grey.
  let lost = 0;
  let fault = Outcome.OK;
  let row = 0;
  startSegment(0);
  for (; row < scan.mcusHigh && moreToShow(row); row++) {
    clearRow();
    for (let column = 0; column < scan.mcusWide; column++) {
      if (interval !== 0 && left === 0) {
        if (lost === 0) fault = endSegment(segment, false);
        if (fault !== Outcome.OK && !tolerate(fault)) return fault;
        lost = 0;
        segment++;
        left = interval;
        forgetPredictions();
        if (!startSegment(segment)) {
          fault = endsAtMarker() ? Outcome.CORRUPT_RESTART : Outcome.TRUNCATED;
          if (!tolerate(fault)) return fault;
          lost = i32.MAX_VALUE;
        }
      }
      left--;
      if (lost !== 0) continue;
      fault = Outcome.OK;
      if (!decodeMcu(column, row)) fault = faultInside(segment);
      else if (overrun()) fault = faultAtEnd(segment);
      if (fault !== Outcome.OK) {
        if (!tolerate(fault)) return fault;
        lost = i32.MAX_VALUE;
      }
    }
    finishRow(row);
  }
  if (row < scan.mcusHigh || lost !== 0) return Outcome.OK;
  fault = endSegment(segment, true);
  return tolerate(fault) ? Outcome.OK : fault;
}

/** Notes the fault where faults are tolerated. */
export function tolerate(fault: Outcome): bool {
  if (fault === Outcome.OK) return true;
  if (!frame.tolerant) return false;
  if (frame.warning === 0) frame.warning = fault;
  return true;
}

/**
 * One block of a progressive scan (T.81 G.1.2): DC and bands of AC, their first scans and their refining scans.
 * Coefficients stay as coded until the last scan is read; see `historyBytes`.
 */
import { reader } from './entropy/entropy-bytes';
import { extend, LOOK, LOOK_BITS, symbolAt } from './entropy/huffman-tables';
import { Component } from './format/frame';
import { scan } from './format/scan';

/**
 * A block's history: bits by zig-zag index that tell which coefficients are not zero, then the values of those that the
 * thumbnail needs. Of the others no value is needed: a later scan has a bit for each one that is not zero, whatever its
 * value. A component whose scans of AC are passed over has only DC and no bits.
 */
export const VALUES: usize = 8;

export function historyBytes(c: Component): i32 {
  return c.onlyDc ? 2 : (<i32>VALUES + ((c.lastIndex + 1) << 1) + 7) & -8;
}

/** EOBRUN of G.1.2.2: the number of further blocks whose band has ended. */
let endOfBandRun: i32 = 0;

export function forgetEndOfBand(): void {
  endOfBandRun = 0;
}

/**
 * How many bits libjpeg takes for a code that does not exist. It goes on behind them with symbol 0, and so do these
 * functions before they return false: where damage is tolerated, most of what follows is often right.
 */
const MISSING_BITS: u32 = 17;

/** G.1.2.1: the first scan of DC. */
function firstDc(c: Component, to: usize): bool {
  let acc = reader.acc;
  let bits = reader.bits;
  let at = reader.at;
  acc |= load<u64>(at) >> <u64>bits;
  at -= <usize>((63 - bits) >> 3);
  bits |= 56;
  const symbol = symbolAt(c.dcTable, acc);
  const isKnown = symbol !== 0 && (symbol & 255) <= 15;
  const length = isKnown ? <u32>(symbol >> 8) : MISSING_BITS;
  const size = isKnown ? symbol & 15 : 0;
  acc <<= <u64>length;
  if (size > 0) c.prediction += extend(<i32>(acc >> <u64>(64 - size)), size);
  store<i16>(to, <i16>(c.prediction << scan.low));
  reader.acc = acc << (<u64>size);
  reader.bits = bits - length - size;
  reader.at = at;
  return isKnown;
}

/** G.1.2.1: one more bit of DC. */
function refineDc(to: usize): void {
  if (reader.bits === 0) {
    reader.acc = load<u64>(reader.at);
    reader.at -= 7;
    reader.bits = 56;
  }
  store<i16>(to, <i16>(<i32>load<i16>(to) | ((<i32>(reader.acc >> 63)) << scan.low)));
  reader.acc <<= 1;
  reader.bits--;
}

const LOOK_SHIFT: u64 = 64 - LOOK_BITS;

/** G.1.2.2: the first scan of a band of AC. */
function firstAc(c: Component, block: usize): bool {
  if (endOfBandRun > 0) {
    endOfBandRun--;
    return true;
  }
  let acc = reader.acc;
  let bits = reader.bits;
  let at = reader.at;
  let present = load<u64>(block);
  const look = c.acTable + LOOK;
  const last = scan.end;
  const low = scan.low;
  let k = scan.start;
  let isSound = true;
  while (k <= last) {
    acc |= load<u64>(at) >> <u64>bits;
    at -= <usize>((63 - bits) >> 3);
    bits |= 56;
    let symbol = <i32>load<u16>(look + ((<usize>(acc >> LOOK_SHIFT)) << 1));
    if (symbol === 0) symbol = symbolAt(c.acTable, acc);
    if (symbol === 0) {
      // As the end of the band.
      acc <<= <u64>MISSING_BITS;
      bits -= MISSING_BITS;
      isSound = false;
      break;
    }
    const size = symbol & 15;
    const run = (symbol >> 4) & 15;
    acc <<= <u64>(symbol >> 8);
    bits -= symbol >> 8;
    // RECEIVE of F.2.2.4: the bits after the code are those of a value or of a run.
    const count = size === 0 && run < 15 ? run : size;
    const extra = count === 0 ? 0 : <i32>(acc >> <u64>(64 - count));
    acc <<= <u64>count;
    bits -= count;
    if (size === 0) {
      if (run < 15) {
        endOfBandRun = (1 << run) - 1 + extra;
        break;
      }
      k += 16;
      continue;
    }
    k += run;
    if (k > last) {
      k = min(k, 63);
      isSound = false;
    }
    present |= (<u64>1) << (<u64>k);
    if (k <= c.lastIndex) store<i16>(block + VALUES + ((<usize>k) << 1), <i16>(extend(extra, size) << low));
    k = isSound ? k + 1 : 64;
  }
  store<u64>(block, present);
  reader.acc = acc;
  reader.bits = bits;
  reader.at = at;
  return isSound;
}

/**
 * G.1.2.3: one more bit of a band of AC, and the coefficients that become non-zero with it. Each turn of the loop reads
 * a symbol: it skips a number of coefficients that are zero, and reads a bit for each one on the way that is not.
 */
function refineAc(c: Component, block: usize): bool {
  let present = load<u64>(block);
  let rest = bandFrom(scan.start);
  if (endOfBandRun > 0 && (present & rest) === 0) {
    endOfBandRun--;
    return true;
  }
  let acc = reader.acc;
  let bits = reader.bits;
  let at = reader.at;
  const low = scan.low;
  const table = c.acTable;
  const lastIndex = c.lastIndex;
  const keptMask = c.keptMask;
  let isSound = true;
  for (;;) {
    let value = 0;
    // The coefficients that this symbol covers, and the position of the one that it makes non-zero: none by default.
    let passed = rest;
    let place = 64;
    let last = false;
    if (endOfBandRun > 0) {
      endOfBandRun--;
      last = true;
    } else {
      acc |= load<u64>(at) >> <u64>bits;
      at -= <usize>((63 - bits) >> 3);
      bits |= 56;
      let symbol = <i32>load<u16>(table + LOOK + ((<usize>(acc >> LOOK_SHIFT)) << 1));
      if (symbol === 0) symbol = symbolAt(table, acc);
      // A value has one bit, whatever its category says; a code that does not exist ends the band.
      if (symbol === 0) symbol = MISSING_BITS << 8;
      if (symbol === MISSING_BITS << 8 || (symbol & 15) > 1) isSound = false;
      const size = min(symbol & 15, 1);
      let run = (symbol >> 4) & 15;
      acc <<= <u64>(symbol >> 8);
      bits -= symbol >> 8;
      const count = size === 0 && run < 15 ? run : size;
      const extra = count === 0 ? 0 : <i32>(acc >> <u64>(64 - count));
      acc <<= <u64>count;
      bits -= count;
      if (size === 0 && run < 15) {
        endOfBandRun = (1 << run) - 1 + extra;
        last = true;
      } else {
        if (size === 1) value = extra !== 0 ? 1 << low : -1 << low;
        let zeros = rest & ~present;
        for (; run > 0; run--) zeros &= zeros - 1;
        if (zeros !== 0) {
          place = <i32>ctz(zeros);
          passed = rest & (((<u64>1) << (<u64>place)) - 1);
        }
      }
    }

    // One bit each, in order: the coefficients that are kept come first.
    passed &= present;
    let kept = passed & keptMask;
    while (kept !== 0) {
      const at16 = block + VALUES + ((<usize>ctz(kept)) << 1);
      kept &= kept - 1;
      if (bits === 0) {
        acc |= load<u64>(at);
        at -= 7;
        bits = 56;
      }
      // Moves the value away from zero by the bit, without a branch, because the bit is unpredictable.
      const old = <i32>load<i16>(at16);
      const sign = old >> 31;
      store<i16>(at16, <i16>(old + ((((<i32>(acc >> 63)) << low) ^ sign) - sign)));
      acc <<= 1;
      bits--;
    }
    let unkept = <u32>popcnt(passed & ~keptMask);
    while (unkept !== 0) {
      acc |= load<u64>(at) >> <u64>bits;
      at -= <usize>((63 - bits) >> 3);
      bits |= 56;
      const some = min(unkept, bits);
      acc <<= <u64>some;
      bits -= some;
      unkept -= some;
    }

    if (last) break;
    if (place === 64) {
      if (value === 0) break;
      isSound = false;
      place = min(scan.end + 1, 63);
    }
    if (value !== 0) {
      present |= (<u64>1) << (<u64>place);
      if (place <= lastIndex) store<i16>(block + VALUES + ((<usize>place) << 1), <i16>value);
    }
    rest = bandFrom(place + 1);
    if (rest === 0) break;
  }
  store<u64>(block, present);
  reader.acc = acc;
  reader.bits = bits;
  reader.at = at;
  return isSound;
}

/** The indices of the scan's band from `k` on, as bits. */
function bandFrom(k: i32): u64 {
  if (k > scan.end) return 0;
  return (u64.MAX_VALUE << (<u64>k)) & (u64.MAX_VALUE >> <u64>(63 - scan.end));
}

/** Returns false for a code that does not exist, or a run past the end of the band: see MISSING_BITS. */
export function decodeBlock(c: Component, column: i32, row: i32): bool {
  const block = c.history + <usize>(row * c.paddedWide + column) * <usize>c.historyBytes;
  if (scan.start === 0) {
    const at = c.onlyDc ? block : block + VALUES;
    if (scan.high === 0) return firstDc(c, at);
    refineDc(at);
    return true;
  }
  return scan.high === 0 ? firstAc(c, block) : refineAc(c, block);
}

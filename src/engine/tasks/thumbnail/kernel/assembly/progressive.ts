/** Progressive DCT, Huffman coded: T.81 G.1.2 and G.2. Coefficients are kept as coded until the last scan is read. */
import { buildPlacement, dequantiseBlock } from './dequantise';
import { endSegment, endsAtMarker, faultAtEnd, faultInside, overrun, reader, startSegment } from './entropy-bytes';
import { Component, component, frame } from './frame';
import { extend, symbolAt } from './huffman-tables';
import { Outcome } from './outcome';
import { finishBlockRow, shows } from './rows';
import { scan } from './scan';
import { tolerate } from './sequential';

/** EOBRUN of G.1.2.2: blocks whose band has ended, this one not counted. */
let endOfBandRun: i32 = 0;

/** At least 56 bits after this, enough for a code and its extra bits, or for many single bits. */
function refill(): void {
  reader.acc |= load<u64>(reader.at) >> <u64>reader.bits;
  reader.at -= <usize>((63 - reader.bits) >> 3);
  reader.bits |= 56;
}

/** RECEIVE of F.2.2.4, at most 16 bits. */
function receive(count: i32): i32 {
  if (count == 0) return 0;
  if (reader.bits < 32) refill();
  const value = <i32>(reader.acc >> <u64>(64 - count));
  reader.acc <<= <u64>count;
  reader.bits -= count;
  return value;
}

/** DECODE of F.2.2.3; -1 when there is no such code. */
function decode(table: usize): i32 {
  if (reader.bits < 32) refill();
  const symbol = symbolAt(table, reader.acc);
  if (symbol == 0) return -1;
  reader.acc <<= <u64>(symbol >> 8);
  reader.bits -= symbol >> 8;
  return symbol & 255;
}

/** G.1.2.1: the first scan of DC. */
function firstDc(c: Component, at: usize): bool {
  const size = decode(c.dcTable);
  if (size < 0 || size > 15) return false;
  if (size > 0) c.prediction += extend(receive(size), size);
  store<i16>(at, <i16>(c.prediction << scan.low));
  return true;
}

/** G.1.2.1: one more bit of DC. */
function refineDc(at: usize): void {
  if (receive(1) != 0) store<i16>(at, <i16>(<i32>load<i16>(at) | (1 << scan.low)));
}

/** G.1.2.2: the first scan of a band of AC. */
function firstAc(c: Component, at: usize): bool {
  if (endOfBandRun > 0) {
    endOfBandRun--;
    return true;
  }
  let k = scan.start;
  while (k <= scan.end) {
    const symbol = decode(c.acTable);
    if (symbol < 0) return false;
    const run = symbol >> 4;
    const size = symbol & 15;
    if (size == 0) {
      if (run < 15) {
        endOfBandRun = (1 << run) - 1 + receive(run);
        return true;
      }
      k += 16;
    } else {
      k += run;
      if (k > scan.end) return false;
      store<i16>(at + (<usize>k << 1), <i16>(extend(receive(size), size) << scan.low));
      k++;
    }
  }
  return true;
}

/** G.1.2.3: one more bit of what is not zero yet. */
function correct(at: usize): void {
  const value = <i32>load<i16>(at);
  if (receive(1) == 0) return;
  const bit = 1 << scan.low;
  if ((value & bit) == 0 || value < 0) store<i16>(at, <i16>(value >= 0 ? value + bit : value - bit));
}

/** G.1.2.3: one more bit of a band of AC, and the coefficients that it makes other than zero. */
function refineAc(c: Component, at: usize): bool {
  let k = scan.start;
  if (endOfBandRun == 0) {
    while (k <= scan.end) {
      const symbol = decode(c.acTable);
      if (symbol < 0) return false;
      let run = symbol >> 4;
      const size = symbol & 15;
      let value = 0;
      if (size == 0) {
        if (run < 15) {
          // This block's own rest of the band is corrected below.
          endOfBandRun = (1 << run) + receive(run);
          break;
        }
      } else if (size == 1) {
        value = receive(1) != 0 ? 1 << scan.low : -1 << scan.low;
      } else {
        return false;
      }
      // Passes over `run` zeros, correcting whatever is not zero on the way.
      for (; k <= scan.end; k++) {
        const place = at + (<usize>k << 1);
        if (load<i16>(place) != 0) {
          correct(place);
        } else if (run == 0) {
          if (value != 0) store<i16>(place, <i16>value);
          break;
        } else {
          run--;
        }
      }
      if (k > scan.end && value != 0) return false;
      k++;
    }
  }
  if (endOfBandRun > 0) {
    for (; k <= scan.end; k++) {
      const place = at + (<usize>k << 1);
      if (load<i16>(place) != 0) correct(place);
    }
    endOfBandRun--;
  }
  return true;
}

function decodeBlock(c: Component, column: i32, row: i32): bool {
  const at = c.history + ((<usize>(row * c.paddedWide + column) * <usize>c.historyStride) << 1);
  if (scan.start == 0) {
    if (scan.high == 0) return firstDc(c, at);
    refineDc(at);
    return true;
  }
  return scan.high == 0 ? firstAc(c, at) : refineAc(c, at);
}

function decodeMcu(column: i32, row: i32): bool {
  if (scan.count == 1) return decodeBlock(component(scan.component(0)), column, row);
  for (let i = 0; i < scan.count; i++) {
    const c = component(scan.component(i));
    for (let v = 0; v < c.v; v++) {
      for (let h = 0; h < c.h; h++) {
        if (!decodeBlock(c, column * c.h + h, row * c.v + v)) return false;
      }
    }
  }
  return true;
}

function startInterval(index: i32): bool {
  endOfBandRun = 0;
  for (let i = 0; i < scan.count; i++) component(scan.component(i)).prediction = 0;
  return startSegment(index);
}

/** Whether the thumbnail needs this scan: a component decoded to one sample a block needs no AC. */
export function needsScan(): bool {
  return scan.start == 0 || component(scan.first).size > 1;
}

/** One scan, whose bytes `readEntropy` laid ready: E.2.4 with G.2's blocks. */
export function decodeProgressiveScan(): Outcome {
  const interval = frame.restartInterval;
  let segment = 0;
  let left = interval;
  let lost = false;
  let fault = Outcome.OK;
  startInterval(0);
  for (let row = 0; row < scan.mcusHigh; row++) {
    for (let column = 0; column < scan.mcusWide; column++) {
      if (interval != 0 && left == 0) {
        if (!lost) fault = endSegment(segment, false);
        if (!tolerate(fault)) return fault;
        lost = false;
        segment++;
        left = interval;
        if (!startInterval(segment)) {
          fault = endsAtMarker() ? Outcome.CORRUPT_RESTART : Outcome.TRUNCATED;
          return tolerate(fault) ? Outcome.OK : fault;
        }
      }
      left--;
      if (lost) continue;
      fault = Outcome.OK;
      if (!decodeMcu(column, row)) fault = faultInside(segment);
      else if (overrun()) fault = faultAtEnd(segment);
      if (!tolerate(fault)) return fault;
      if (fault != Outcome.OK) {
        if (interval == 0) return Outcome.OK;
        lost = true;
      }
    }
  }
  if (lost) return Outcome.OK;
  fault = endSegment(segment, true);
  return tolerate(fault) ? Outcome.OK : fault;
}

/** After the last scan: all rows that are shown, dequantised and transformed. */
export function finishProgressive(): void {
  for (let index = 0; index < frame.componentCount; index++) {
    const c = component(index);
    buildPlacement(c);
    const blockBytes = <usize>(c.size * c.size) << 1;
    for (let row = c.firstRow; row < c.endRow; row++) {
      if (!shows(c, row)) continue;
      memory.fill(c.coefficients, 0, <usize>c.paddedWide * blockBytes);
      for (let column = c.firstColumn; column < c.endColumn; column++) {
        const block = <usize>(row * c.paddedWide + column) * <usize>c.historyStride;
        dequantiseBlock(c, c.history + (block << 1), c.coefficients + <usize>column * blockBytes);
      }
      finishBlockRow(c, index, 0, row);
    }
  }
}

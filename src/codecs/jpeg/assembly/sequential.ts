/** Sequential DCT, Huffman coded: T.81 F.2, one row of MCUs at a time. */
import { allocate } from '../../common/assembly/arena';
import { blockTables, buildLookUps, PLACEMENT } from './block-tables';
import { Block, decodeBlocks, finishFaultyBlock } from './blocks';
import { buildPlacement } from './dequantise';
import { BitReader, exhausted, overrun, reader } from './entropy/entropy-bytes';
import {
  endInterval,
  endScan,
  faultAtEnd,
  faultInside,
  faultOfLoss,
  startNext,
  startScan,
} from './entropy/intervals';
import { Component, component, frame, quantisation } from './format/frame';
import { Outcome } from './format/outcome';
import { scan } from './format/scan';
import { tolerate } from './format/verdict';
import { finishBlockRow, shows } from './rows';

/** The blocks of a row of MCUs in the order in which they are coded (A.2), plus one. */
let blocks: usize = 0;
let blocksInMcu: i32 = 0;

function forgetPredictions(): void {
  for (let i = 0; i < scan.count; i++) component(scan.component(i)).prediction = 0;
}

function prepare(): bool {
  blocksInMcu = 0;
  for (let i = 0; i < scan.count; i++) {
    const c = component(scan.component(i));
    c.tables = tablesFor(c, i);
    blocksInMcu += scan.count === 1 ? 1 : c.h * c.v;
  }
  forgetPredictions();
  blocks = allocate(<u64>(scan.mcusWide * blocksInMcu + 1) * offsetof<Block>());
  return blocks !== 0;
}

/** Components with the same coding share their tables, which leaves more room in the processor's cache. */
function tablesFor(c: Component, index: i32): usize {
  for (let i = 0; i < index; i++) {
    const other = component(scan.component(i));
    const alike = other.dcTable === c.dcTable && other.acTable === c.acTable;
    if (alike && other.tq === c.tq && other.size === c.size) return other.tables;
  }
  const tables = blockTables(index);
  buildPlacement(c, tables + PLACEMENT);
  buildLookUps(tables, c.dcTable, c.acTable, c.lastIndex > 0);
  return tables;
}

/** Lists the blocks of MCU row `row`. Blocks that are not shown keep only DC, because it predicts the next block's. */
function listBlocks(row: i32): void {
  let to = blocks;
  for (let column = 0; column < scan.mcusWide; column++) {
    for (let i = 0; i < scan.count; i++) {
      const c = component(scan.component(i));
      const high = scan.count === 1 ? 1 : c.v;
      const wide = scan.count === 1 ? 1 : c.h;
      for (let v = 0; v < high; v++) {
        const rowShown = shows(c, row * high + v);
        for (let h = 0; h < wide; h++) {
          const x = column * wide + h;
          const shown = rowShown && x >= c.firstColumn && x < c.endColumn;
          const block = changetype<Block>(to);
          block.to = c.coefficients + <usize>(v * c.paddedWide + x) * c.blockBytes;
          block.tables = c.tables;
          block.last = shown ? c.lastIndex : 0;
          block.component = c;
          to += offsetof<Block>();
        }
      }
    }
  }
}

/** Which block rows of an MCU row are shown: rows with equal results have equal lists. */
function shownLines(row: i32): u32 {
  let lines: u32 = 0;
  for (let i = 0; i < scan.count; i++) {
    const c = component(scan.component(i));
    const high = scan.count === 1 ? 1 : c.v;
    for (let v = 0; v < high; v++) lines = (lines << 1) | u32(shows(c, row * high + v));
  }
  return lines;
}

/**
 * Decodes `count` MCUs of the row from `column` on, all of one restart interval.
 * @returns a fault, also where it is tolerated.
 */
function decodeMcus(column: i32, count: i32): Outcome {
  const first = blocks + <usize>(column * blocksInMcu) * offsetof<Block>();
  const wanted = count * blocksInMcu;
  if (frame.tolerant) keepPlace();
  const left = decodeBlocks(first, wanted);
  if (left === 0 && !exhausted()) return Outcome.OK;
  const fault = left === 0 || overrun() ? faultAtEnd() : faultInside();
  if (tolerate(fault)) decodeAgain(first, count);
  return fault;
}

/** The reader and the predictions before the MCUs being decoded. */
const kept: BitReader = changetype<BitReader>(memory.data(32));
const keptPredictions = memory.data(4 * 4);

function keepPlace(): void {
  memory.copy(changetype<usize>(kept), changetype<usize>(reader), offsetof<BitReader>());
  for (let i = 0; i < scan.count; i++) {
    store<i32>(keptPredictions + ((<usize>i) << 2), component(scan.component(i)).prediction);
  }
}

/** Decodes MCUs anew after a fault in them, one by one: as libjpeg does, which goes on until the data ends. */
function decodeAgain(first: usize, count: i32): void {
  memory.copy(changetype<usize>(reader), changetype<usize>(kept), offsetof<BitReader>());
  for (let i = 0; i < scan.count; i++) {
    component(scan.component(i)).prediction = load<i32>(keptPredictions + ((<usize>i) << 2));
  }
  const end = first + <usize>(count * blocksInMcu) * offsetof<Block>();
  for (let at = first; at < end; at += offsetof<Block>()) {
    const block = changetype<Block>(at);
    memory.fill(block.to, 0, block.component.blockBytes);
  }
  const mcu = <usize>blocksInMcu * offsetof<Block>();
  for (; first < end && !exhausted(); first += mcu) {
    for (let at = first; at < first + mcu; at += offsetof<Block>()) {
      if (decodeBlocks(at, 1) !== 0 && !overrun()) finishFaultyBlock(changetype<Block>(at));
    }
  }
}

function clearRow(): void {
  for (let i = 0; i < scan.count; i++) {
    const c = component(scan.component(i));
    const end = c.coefficients + <usize>(c.v * c.paddedWide) * c.blockBytes;
    // Cleared by whole vectors, for which there is room: for so few bytes a call would take longer.
    for (let at = c.coefficients; at < end; at += 16) v128.store(at, i32x4.splat(0));
  }
}

/** Whether MCU row `row` or a later one is needed. */
function moreToRead(row: i32): bool {
  if (frame.thorough) return true;
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
    // Twice what 8 bits can give (F.1.1.5): garbage gets there soon, because each block's DC adds to it.
    const step = <i32>load<u16>(quantisation + ((<usize>c.tq) << 7));
    if (abs(c.prediction) * step > 2048) frame.doubtful = true;
    if (frame.dry) continue;
    const lines = scan.count === 1 ? 1 : c.v;
    for (let line = 0; line < lines; line++) finishBlockRow(c, index, line, row * lines + line);
  }
}

/** The number of restart intervals in the scan. */
export function intervalsInScan(): i32 {
  const mcus = scan.mcusWide * scan.mcusHigh;
  return frame.restartInterval === 0 ? 1 : (mcus + frame.restartInterval - 1) / frame.restartInterval;
}

/** Decodes the scan that `readEntropy` has prepared: E.2.4, E.2.5. Rows below the last one shown are not decoded. */
export function decodeSequentialScan(): Outcome {
  if (!prepare()) return Outcome.REFUSED_MEMORY;
  const interval = frame.restartInterval;
  let index = 0;
  let left = interval;
  // Tolerant: the interval's data is missing, or has ended. The blocks of its further MCUs stay grey.
  let lost = false;
  let listed: u32 = u32.MAX_VALUE;
  let fault = Outcome.OK;
  let row = 0;
  startScan(intervalsInScan());
  for (; row < scan.mcusHigh && moreToRead(row); row++) {
    clearRow();
    const lines = shownLines(row);
    if (lines !== listed) listBlocks(row);
    listed = lines;
    let column = 0;
    while (column < scan.mcusWide) {
      if (interval !== 0 && left === 0) {
        if (!lost) fault = endInterval();
        if (!tolerate(fault)) return fault;
        index++;
        left = interval;
        forgetPredictions();
        lost = !startNext(index);
        fault = lost ? faultOfLoss() : Outcome.OK;
        if (!tolerate(fault)) return fault;
      }
      let count = scan.mcusWide - column;
      if (interval !== 0) {
        count = min(count, left);
        left -= count;
      }
      if (!lost) {
        fault = decodeMcus(column, count);
        if (!tolerate(fault)) return fault;
        lost = exhausted();
      }
      column += count;
    }
    finishRow(row);
  }
  if (row < scan.mcusHigh) {
    frame.partial = true;
    return Outcome.OK;
  }
  if (!lost) {
    fault = endInterval();
    if (!tolerate(fault)) return fault;
  }
  endScan();
  return Outcome.OK;
}

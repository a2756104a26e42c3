/** Sequential DCT, Huffman coded: T.81 F.2, one row of MCUs at a time. */
import { allocate } from '../../common/assembly/arena';
import { blockTables, buildLookUps, PLACEMENT } from './block-tables';
import { Block, decodeBlocks } from './blocks';
import { buildPlacement } from './dequantise';
import {
  endSegment,
  endsAtMarker,
  faultAtEnd,
  faultInside,
  overrun,
  startSegment,
} from './entropy/entropy-bytes';
import { Component, component, frame } from './format/frame';
import { Outcome } from './format/outcome';
import { scan } from './format/scan';
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

/** Decodes `count` MCUs of the row from `column` on, all of one restart interval. */
function decodeMcus(column: i32, count: i32, segment: i32): Outcome {
  const first = blocks + <usize>(column * blocksInMcu) * offsetof<Block>();
  const wanted = count * blocksInMcu;
  const left = decodeBlocks(first, wanted);
  if (left === 0) return overrun() ? faultAtEnd(segment) : Outcome.OK;
  const broken = changetype<Block>(first + <usize>(wanted - left) * offsetof<Block>());
  memory.fill(broken.to, 0, broken.component.blockBytes);
  return overrun() ? faultAtEnd(segment) : faultInside(segment);
}

function clearRow(): void {
  for (let i = 0; i < scan.count; i++) {
    const c = component(scan.component(i));
    const end = c.coefficients + <usize>(c.v * c.paddedWide) * c.blockBytes;
    // Cleared by whole vectors, for which there is room: for so few bytes a call would take longer.
    for (let at = c.coefficients; at < end; at += 16) v128.store(at, i32x4.splat(0));
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

/** Decodes the scan that `readEntropy` has prepared: E.2.4, E.2.5. Rows below the last one shown are not decoded. */
export function decodeSequentialScan(): Outcome {
  if (!prepare()) return Outcome.REFUSED_MEMORY;
  const interval = frame.restartInterval;
  let segment = 0;
  let left = interval;
  // Tolerant: after a fault, MCUs up to the next restart interval or the end are skipped. Their blocks stay grey.
  let lost = false;
  let listed: u32 = u32.MAX_VALUE;
  let fault = Outcome.OK;
  let row = 0;
  startSegment(0);
  for (; row < scan.mcusHigh && moreToShow(row); row++) {
    clearRow();
    const lines = shownLines(row);
    if (lines !== listed) listBlocks(row);
    listed = lines;
    let column = 0;
    while (column < scan.mcusWide) {
      if (interval !== 0 && left === 0) {
        if (!lost) fault = endSegment(segment, false);
        if (!tolerate(fault)) return fault;
        lost = false;
        segment++;
        left = interval;
        forgetPredictions();
        if (!startSegment(segment)) {
          fault = endsAtMarker() ? Outcome.CORRUPT_RESTART : Outcome.TRUNCATED;
          if (!tolerate(fault)) return fault;
          lost = true;
        }
      }
      let count = scan.mcusWide - column;
      if (interval !== 0) {
        count = min(count, left);
        left -= count;
      }
      if (!lost) {
        fault = decodeMcus(column, count, segment);
        if (!tolerate(fault)) return fault;
        lost = fault !== Outcome.OK;
      }
      column += count;
    }
    finishRow(row);
  }
  if (row < scan.mcusHigh || lost) return Outcome.OK;
  fault = endSegment(segment, true);
  return tolerate(fault) ? Outcome.OK : fault;
}

/** Returns whether faults are tolerated, and if so, records this one. */
export function tolerate(fault: Outcome): bool {
  if (fault === Outcome.OK) return true;
  if (!frame.tolerant) return false;
  if (frame.warning === 0) frame.warning = fault;
  return true;
}

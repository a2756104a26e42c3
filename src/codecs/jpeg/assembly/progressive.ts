/**
 * Progressive DCT with Huffman coding, T.81 G.2: its scans, and the processing of the coefficients after the last one.
 */
import { buildPlacement, dequantiseBlock } from './dequantise';
import {
  endSegment,
  endsAtMarker,
  faultAtEnd,
  faultInside,
  overrun,
  startSegment,
} from './entropy/entropy-bytes';
import { component, frame } from './format/frame';
import { Outcome } from './format/outcome';
import { scan } from './format/scan';
import { decodeBlock, forgetEndOfBand, VALUES } from './progressive-blocks';
import { finishBlockRow, shows } from './rows';
import { tolerate } from './sequential';

function decodeMcu(column: i32, row: i32): bool {
  if (scan.count === 1) return decodeBlock(component(scan.component(0)), column, row);
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
  forgetEndOfBand();
  for (let i = 0; i < scan.count; i++) component(scan.component(i)).prediction = 0;
  return startSegment(index);
}

/** Whether the thumbnail needs this scan: a component decoded to one sample a block needs no AC. */
export function needsScan(): bool {
  return scan.start === 0 || component(scan.first).size > 1;
}

/** Decodes one scan, whose bytes `readEntropy` has prepared: E.2.4 with the blocks of G.2. */
export function decodeProgressiveScan(): Outcome {
  const interval = frame.restartInterval;
  let segment = 0;
  let left = interval;
  let lost = false;
  let fault = Outcome.OK;
  startInterval(0);
  for (let row = 0; row < scan.mcusHigh; row++) {
    for (let column = 0; column < scan.mcusWide; column++) {
      if (interval !== 0 && left === 0) {
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
      if (fault !== Outcome.OK) {
        if (interval === 0) return Outcome.OK;
        lost = true;
      }
    }
  }
  if (lost) return Outcome.OK;
  fault = endSegment(segment, true);
  return tolerate(fault) ? Outcome.OK : fault;
}

/** After the last scan: dequantises and transforms all rows that are shown. */
export function finishProgressive(): void {
  for (let index = 0; index < frame.componentCount; index++) {
    const c = component(index);
    buildPlacement(c, c.placement);
    for (let row = c.firstRow; row < c.endRow; row++) {
      if (!shows(c, row)) continue;
      memory.fill(c.coefficients, 0, <usize>c.paddedWide * c.blockBytes);
      for (let column = c.firstColumn; column < c.endColumn; column++) {
        const block = c.history + <usize>(row * c.paddedWide + column) * <usize>c.historyBytes;
        dequantiseBlock(
          c,
          c.size === 1 ? block : block + VALUES,
          c.coefficients + <usize>column * c.blockBytes,
        );
      }
      finishBlockRow(c, index, 0, row);
    }
  }
}

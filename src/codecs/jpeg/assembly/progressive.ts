/**
 * Progressive DCT with Huffman coding, T.81 G.2: its scans, and the processing of the coefficients after the last one.
 */
import { buildPlacement, dequantiseBlock } from './dequantise';
import { exhausted, overrun } from './entropy/entropy-bytes';
import {
  endInterval,
  endScan,
  faultAtEnd,
  faultInside,
  faultOfLoss,
  startNext,
  startScan,
} from './entropy/intervals';
import { component, frame } from './format/frame';
import { Outcome } from './format/outcome';
import { scan } from './format/scan';
import { tolerate } from './format/verdict';
import { decodeBlock, forgetEndOfBand, VALUES } from './progressive-blocks';
import { finishBlockRow, shows } from './rows';
import { intervalsInScan } from './sequential';

/** Returns false for a fault, after which the rest of the MCU is decoded only where damage is tolerated. */
function decodeMcu(column: i32, row: i32): bool {
  if (scan.count === 1) return decodeBlock(component(scan.component(0)), column, row);
  let isSound = true;
  for (let i = 0; i < scan.count; i++) {
    const c = component(scan.component(i));
    for (let v = 0; v < c.v; v++) {
      for (let h = 0; h < c.h; h++) {
        if (decodeBlock(c, column * c.h + h, row * c.v + v)) continue;
        if (!frame.tolerant) return false;
        isSound = false;
      }
    }
  }
  return isSound;
}

function forgetCoding(): void {
  forgetEndOfBand();
  for (let i = 0; i < scan.count; i++) component(scan.component(i)).prediction = 0;
}

/** Whether the thumbnail needs this scan: a component decoded to one sample a block needs no AC. */
export function needsScan(): bool {
  return scan.start === 0 || !component(scan.first).onlyDc;
}

/** Decodes one scan, whose bytes `readEntropy` has prepared: E.2.4 with the blocks of G.2. */
export function decodeProgressiveScan(): Outcome {
  const interval = frame.restartInterval;
  const tolerant = frame.tolerant;
  let index = 0;
  let left = interval;
  let lost = false;
  let fault = Outcome.OK;
  forgetCoding();
  startScan(intervalsInScan());
  for (let row = 0; row < scan.mcusHigh; row++) {
    for (let column = 0; column < scan.mcusWide; column++) {
      if (interval !== 0 && left === 0) {
        if (!lost) fault = endInterval();
        if (!tolerate(fault)) return fault;
        index++;
        left = interval;
        forgetCoding();
        lost = !startNext(index);
        fault = lost ? faultOfLoss() : Outcome.OK;
        if (!tolerate(fault)) return fault;
      }
      left--;
      if (lost) continue;
      fault = Outcome.OK;
      if (!decodeMcu(column, row)) fault = faultInside();
      // What is tolerated must not take bits for its own that are the next interval's.
      else if (tolerant ? exhausted() : overrun()) fault = faultAtEnd();
      if (!tolerate(fault)) return fault;
      if (fault !== Outcome.OK) lost = exhausted();
    }
  }
  if (!lost) {
    fault = endInterval();
    if (!tolerate(fault)) return fault;
  }
  endScan();
  return Outcome.OK;
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
        dequantiseBlock(c, c.onlyDc ? block : block + VALUES, c.coefficients + <usize>column * c.blockBytes);
      }
      finishBlockRow(c, index, 0, row);
    }
  }
}

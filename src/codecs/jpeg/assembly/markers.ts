/** The markers and segments of T.81 Annex B. Every length is checked against the file before it is used. */

import { defineTable, huffmanTable, isDefined } from './entropy/huffman-tables';
import { SOF0, SOF1, SOF2 } from './format/codes';
import { Component, component, divideUp, frame, MAX_COMPONENTS, quantisation } from './format/frame';
import { Outcome } from './format/outcome';
import { scan } from './format/scan';
import { tableLength } from './format/tables';
import { noteHarmless } from './format/verdict';

/** Reads a 16-bit number: big-endian, like everything in Annex B. */
export function word(at: usize): i32 {
  return ((<i32>load<u8>(at)) << 8) | <i32>load<u8>(at + 1);
}

/** T.81 B.2.4.1. Reads from `at` to `end`. */
export function readQuantisationTables(at: usize, end: usize): Outcome {
  while (at < end) {
    const precision = load<u8>(at) >> 4;
    const destination = <i32>load<u8>(at) & 15;
    const bytes: usize = precision !== 0 ? 128 : 64;
    if (precision > 1 || destination > 3 || at + 1 + bytes > end) return Outcome.CORRUPT_QUANTISATION_TABLE;
    at++;
    const steps = quantisation + ((<usize>destination) << 7);
    for (let k: usize = 0; k < 64; k++) {
      const step = precision !== 0 ? word(at + (k << 1)) : <i32>load<u8>(at + k);
      if (step === 0) return Outcome.CORRUPT_QUANTISATION_TABLE;
      store<u16>(steps + (k << 1), <u16>step);
    }
    frame.quantisationTables |= 1 << destination;
    at += bytes;
  }
  return Outcome.OK;
}

/** T.81 B.2.4.2. */
export function readHuffmanTables(at: usize, end: usize): Outcome {
  while (at < end) {
    if (at + 17 > end) return Outcome.CORRUPT_HUFFMAN_TABLE;
    const tableClass = <i32>load<u8>(at) >> 4;
    const destination = <i32>load<u8>(at) & 15;
    at++;
    const length = tableLength(at);
    if (tableClass > 1 || destination > 3 || length > 16 + 256) return Outcome.CORRUPT_HUFFMAN_TABLE;
    if (at + <usize>length > end) return Outcome.CORRUPT_HUFFMAN_TABLE;
    if (!defineTable(huffmanTable(tableClass, destination), at)) return Outcome.CORRUPT_HUFFMAN_TABLE;
    at += <usize>length;
  }
  return Outcome.OK;
}

/** T.81 B.2.4.4. */
export function readRestartInterval(at: usize, end: usize): Outcome {
  if (at + 2 !== end) return Outcome.CORRUPT_MARKER;
  frame.restartInterval = word(at);
  return Outcome.OK;
}

/** T.81 B.2.2, for the processes of F.1 (baseline, extended with 8 bits) and G.1 with Huffman coding. */
export function readFrameHeader(code: i32, at: usize, end: usize): Outcome {
  if (code !== SOF0 && code !== SOF1 && code !== SOF2) return Outcome.REFUSED_PROCESS;
  if (at + 6 > end || frame.componentCount !== 0) return Outcome.CORRUPT_FRAME;
  if (load<u8>(at) !== 8) return Outcome.REFUSED_PRECISION;
  frame.progressive = code === SOF2;
  frame.height = word(at + 1);
  frame.width = word(at + 3);
  const count = <i32>load<u8>(at + 5);
  if (frame.width === 0) return Outcome.CORRUPT_FRAME;
  // Zero lines: a DNL marker after the first scan would give the number (B.2.5).
  if (frame.height === 0) return Outcome.REFUSED_NO_LINES;
  if (count !== 1 && count !== 3 && !(count === MAX_COMPONENTS && frame.dry)) {
    return Outcome.REFUSED_COMPONENTS;
  }
  at += 6;
  if (at + <usize>count * 3 !== end) return Outcome.CORRUPT_FRAME;
  for (let i = 0; i < count; i++) {
    const c = component(i);
    c.id = load<u8>(at);
    c.h = load<u8>(at + 1) >> 4;
    c.v = <i32>load<u8>(at + 1) & 15;
    c.tq = load<u8>(at + 2);
    if (c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4 || c.tq > 3) return Outcome.CORRUPT_FRAME;
    frame.maxH = max(frame.maxH, c.h);
    frame.maxV = max(frame.maxV, c.v);
    at += 3;
  }
  frame.componentCount = count;
  frame.mcusWide = divideUp(frame.width, frame.maxH * 8);
  frame.mcusHigh = divideUp(frame.height, frame.maxV * 8);
  for (let i = 0; i < count; i++) layOut(component(i));
  return Outcome.OK;
}

/** A.1.1 and A.2.4. */
function layOut(c: Component): void {
  c.width = divideUp(frame.width * c.h, frame.maxH);
  c.height = divideUp(frame.height * c.v, frame.maxV);
  c.blocksWide = divideUp(c.width, 8);
  c.blocksHigh = divideUp(c.height, 8);
  c.paddedWide = frame.mcusWide * c.h;
  c.paddedHigh = frame.mcusHigh * c.v;
}

function indexOf(id: i32): i32 {
  for (let i = 0; i < frame.componentCount; i++) if (component(i).id === id) return i;
  return -1;
}

/** T.81 B.2.3. */
export function readScanHeader(at: usize, end: usize): Outcome {
  if (at >= end) return Outcome.CORRUPT_SCAN;
  const count = <i32>load<u8>(at);
  at++;
  if (count < 1 || count > frame.componentCount || at + <usize>(count << 1) + 3 !== end)
    return Outcome.CORRUPT_SCAN;
  scan.count = 0;
  const parameters = at + <usize>(count << 1);
  scan.start = load<u8>(parameters);
  scan.end = load<u8>(parameters + 1);
  scan.high = load<u8>(parameters + 2) >> 4;
  scan.low = <i32>load<u8>(parameters + 2) & 15;
  let blocks = 0;
  for (let i = 0; i < count; i++) {
    const index = indexOf(load<u8>(at));
    if (index < 0 || named(index)) return Outcome.CORRUPT_SCAN;
    const tables = <i32>load<u8>(at + 1);
    if (tables >> 4 > 3 || (tables & 15) > 3) return Outcome.CORRUPT_SCAN;
    const c = component(index);
    c.dcTable = huffmanTable(0, tables >> 4);
    c.acTable = huffmanTable(1, tables & 15);
    if ((frame.quantisationTables & (1 << c.tq)) === 0) return Outcome.CORRUPT_QUANTISATION_TABLE;
    blocks += c.h * c.v;
    scan.add(index);
    at += 2;
  }
  if (count > 1 && blocks > 10) return Outcome.REFUSED_SAMPLING;
  const only = component(scan.first);
  scan.mcusWide = count === 1 ? only.blocksWide : frame.mcusWide;
  scan.mcusHigh = count === 1 ? only.blocksHigh : frame.mcusHigh;
  return frame.progressive ? checkProgressive() : checkSequential();
}

function named(index: i32): bool {
  for (let i = 0; i < scan.count; i++) if (scan.component(i) === index) return true;
  return false;
}

/** A missing Huffman table means Motion JPEG, which uses the standard ones: libjpeg knows those. */
function checkSequential(): Outcome {
  // Some phones write other values here, which mean nothing to a sequential decoder.
  if (scan.start !== 0 || scan.end !== 63 || scan.high !== 0 || scan.low !== 0) {
    noteHarmless(Outcome.HARMLESS_SCAN);
  }
  for (let i = 0; i < scan.count; i++) {
    const c = component(scan.component(i));
    // A component coded twice: no encoder does this, and by now it is half resampled.
    if (c.seen) return Outcome.REFUSED_SCANS;
    c.seen = true;
    if (!isDefined(c.dcTable) || !isDefined(c.acTable)) return Outcome.REFUSED_NO_TABLE;
  }
  return Outcome.OK;
}

/**
 * G.1.1.1: DC and AC in separate scans, AC one component at a time. DC has to come before AC, but where it comes later
 * nothing is lost.
 */
function checkProgressive(): Outcome {
  const dc = scan.start === 0;
  if (scan.end > 63 || scan.start > scan.end || scan.low > 13) return Outcome.CORRUPT_SCAN;
  if (dc ? scan.end !== 0 : scan.count !== 1) return Outcome.CORRUPT_SCAN;
  if (scan.high !== 0 && scan.high !== scan.low + 1) return Outcome.CORRUPT_SCAN;
  for (let i = 0; i < scan.count; i++) {
    const c = component(scan.component(i));
    if (dc && scan.high === 0) c.seen = true;
    else if (!c.seen) {
      if (dc) return Outcome.CORRUPT_SCAN;
      noteHarmless(Outcome.HARMLESS_SCAN);
    }
    const needs = dc ? scan.high === 0 && !isDefined(c.dcTable) : !isDefined(c.acTable);
    if (needs) return Outcome.CORRUPT_HUFFMAN_TABLE;
  }
  return Outcome.OK;
}

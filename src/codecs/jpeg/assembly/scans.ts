/** Goes from marker to marker (T.81 B.2, E.2.2, E.2.3): the segments before the frame header, then scan after scan. */

import { plane, targetCount } from '../../common/assembly/target';
import { prepareEntropy, readEntropy, skipEntropy } from './entropy/entropy-bytes';
import { component, frame } from './format/frame';
import { Outcome } from './format/outcome';
import {
  DAC,
  DHP,
  DHT,
  DNL,
  DQT,
  DRI,
  EOI,
  JPG,
  readFrameHeader,
  readHuffmanTables,
  readQuantisationTables,
  readRestartInterval,
  readScanHeader,
  SOF0,
  SOI,
  SOS,
  word,
} from './markers';
import { decodeProgressiveScan, finishProgressive, needsScan } from './progressive';
import { decodeSequentialScan, tolerate } from './sequential';

/** More scans than any encoder writes: a bound on the time that a file can take. */
const MAX_SCANS: i32 = 100;

let fileEnd: usize = 0;
/** Where to look for the next marker. */
let at: usize = 0;
/** The marker that `nextSegment` found; its segment's data lies from `segment` to `segmentEnd`. */
let marker: i32 = 0;
let segment: usize = 0;
let segmentEnd: usize = 0;

/** Reads the markers of the file from `start` to `end` up to its frame header. */
export function readToFrame(start: usize, end: usize): Outcome {
  fileEnd = end;
  if (end - start < 4 || word(start) !== (0xff00 | SOI)) return Outcome.REFUSED_NOT_JPEG;
  at = start + 2;
  while (frame.componentCount === 0) {
    const found = nextSegment();
    if (found !== Outcome.OK) return found;
    if (marker === SOS || marker === EOI) return Outcome.CORRUPT_MARKER;
    const read = readTables();
    if (read !== Outcome.OK) return read;
  }
  return Outcome.OK;
}

/** B.1.1.2: finds the next marker and, if it has a segment, its bounds. */
function nextSegment(): Outcome {
  while (at < fileEnd && load<u8>(at) === 0xff) at++;
  if (at >= fileEnd) return Outcome.TRUNCATED;
  if (load<u8>(at - 1) !== 0xff) return Outcome.CORRUPT_MARKER;
  marker = load<u8>(at);
  at++;
  segment = at;
  segmentEnd = at;
  if (marker === EOI) return Outcome.OK;
  // Markers without a segment must not stand between segments: SOI, RSTm, TEM and those that B.1.1.3 reserves.
  if (marker < SOF0 || (marker >= 0xd0 && marker <= SOI)) return Outcome.CORRUPT_MARKER;
  if (at + 2 > fileEnd) return Outcome.TRUNCATED;
  const length = word(at);
  if (length < 2) return Outcome.CORRUPT_MARKER;
  if (at + <usize>length > fileEnd) return Outcome.TRUNCATED;
  segment = at + 2;
  segmentEnd = at + <usize>length;
  at = segmentEnd;
  return Outcome.OK;
}

/** B.2.4: reads tables and other segments before a frame or a scan. */
function readTables(): Outcome {
  if (marker === DQT) return readQuantisationTables(segment, segmentEnd);
  if (marker === DHT) return readHuffmanTables(segment, segmentEnd);
  if (marker === DRI) return readRestartInterval(segment, segmentEnd);
  if (marker === DAC || marker === DHP || marker === JPG) return Outcome.REFUSED_PROCESS;
  if (marker === DNL) return Outcome.REFUSED_NO_LINES;
  if (marker >= SOF0 && marker < 0xd0) return readFrameHeader(marker, segment, segmentEnd);
  return Outcome.OK;
}

function complete(): bool {
  for (let i = 0; i < frame.componentCount; i++) if (!component(i).seen) return false;
  return true;
}

/** The most restart intervals a scan can have. */
function mostIntervals(): i32 {
  if (frame.restartInterval === 0) return 1;
  let most = frame.mcusWide * frame.mcusHigh;
  for (let i = 0; i < frame.componentCount; i++) {
    most = max(most, component(i).blocksWide * component(i).blocksHigh);
  }
  return most / frame.restartInterval + 1;
}

/** Reads from the frame header to EOI. A file without EOI was cut, however much of it is there. */
export function decodeScans(): Outcome {
  let intervals = 0;
  let scans = 0;
  for (;;) {
    let result = nextSegment();
    if (result === Outcome.OK && marker !== SOS && marker !== EOI) result = readTables();
    if (result !== Outcome.OK) {
      // Damage after the whole luminance: the image so far can be used.
      if (component(0).seen && result >= Outcome.TRUNCATED && tolerate(result)) break;
      return result;
    }
    if (marker === EOI) {
      if (complete() || (component(0).seen && tolerate(Outcome.TRUNCATED))) break;
      return Outcome.TRUNCATED;
    }
    if (marker !== SOS) continue;
    result = readScanHeader(segment, segmentEnd);
    if (result !== Outcome.OK) return result;
    scans++;
    if (scans > MAX_SCANS) return Outcome.REFUSED_SCANS;
    if (intervals === 0) {
      intervals = mostIntervals();
      if (!prepareEntropy(<i32>(fileEnd - at), intervals)) return Outcome.REFUSED_MEMORY;
    } else if (mostIntervals() > intervals) {
      // A DRI between scans asks for more intervals than there is room for.
      return Outcome.REFUSED_SCANS;
    }
    result = decodeScan();
    if (result !== Outcome.OK) return result;
  }
  if (frame.progressive) finishProgressive();
  else clearMissing();
  return Outcome.OK;
}

/** Tolerant: components whose scan is missing become grey. */
function clearMissing(): void {
  for (let i = 0; i < frame.componentCount; i++) {
    if (component(i).seen) continue;
    for (let j = 0; j < targetCount(); j++) {
      const p = plane(j, i);
      const rows = p.down.end - p.down.begin;
      memory.fill(p.middle, 0, (<usize>rows * <usize>p.middleStride) << 1);
    }
  }
}

function decodeScan(): Outcome {
  if (frame.progressive && !needsScan()) {
    at = skipEntropy(at, fileEnd);
    return Outcome.OK;
  }
  at = readEntropy(at, fileEnd);
  return frame.progressive ? decodeProgressiveScan() : decodeSequentialScan();
}

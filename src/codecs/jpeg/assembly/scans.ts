/** Goes from marker to marker (T.81 B.2, E.2.2, E.2.3): the segments before the frame header, then scan after scan. */

import { plane, targetCount } from '../../common/assembly/target';
import { prepareEntropy, readEntropy, skipEntropy } from './entropy/entropy-bytes';
import {
  APP0,
  APP15,
  COM,
  DAC,
  DHP,
  DHT,
  DNL,
  DQT,
  DRI,
  EOI,
  EXP,
  JPG,
  JPG7,
  RST0,
  RST7,
  SOF0,
  SOI,
  SOS,
} from './format/codes';
import { component, frame } from './format/frame';
import { Outcome } from './format/outcome';
import { scan } from './format/scan';
import { noteHarmless, tolerate } from './format/verdict';
import {
  readFrameHeader,
  readHuffmanTables,
  readQuantisationTables,
  readRestartInterval,
  readScanHeader,
  word,
} from './markers';
import { decodeProgressiveScan, finishProgressive, needsScan } from './progressive';
import { decodeSequentialScan } from './sequential';

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

/**
 * B.1.1.2: finds the next marker and, if it has a segment, its bounds. What lies before it and belongs to nothing is
 * passed over, as libjpeg does.
 */
function nextSegment(): Outcome {
  const found = nextMarker();
  if (found !== Outcome.OK) return found;
  segment = at;
  segmentEnd = at;
  if (marker === EOI) return Outcome.OK;
  if (at + 2 > fileEnd) return Outcome.TRUNCATED;
  let length = word(at);
  if (length < 2) {
    // Where it matters to nobody, a length that cannot be is taken for that of an empty segment.
    if (marker !== COM && (marker < APP0 || marker > APP15)) return Outcome.CORRUPT_MARKER;
    noteHarmless(Outcome.HARMLESS_JUNK);
    length = 2;
  }
  if (at + <usize>length > fileEnd) return Outcome.TRUNCATED;
  segment = at + 2;
  segmentEnd = at + <usize>length;
  at = segmentEnd;
  return Outcome.OK;
}

function nextMarker(): Outcome {
  let isJunk = false;
  for (;;) {
    while (at < fileEnd && load<u8>(at) !== 0xff) {
      isJunk = true;
      at++;
    }
    while (at < fileEnd && load<u8>(at) === 0xff) at++;
    if (at >= fileEnd) return Outcome.TRUNCATED;
    marker = load<u8>(at);
    at++;
    // What cannot be a marker here: a stuffed zero, those that B.1.1.3 reserves.
    if (marker < SOF0) {
      isJunk = true;
      continue;
    }
    // Some cameras write a restart marker after the last interval.
    if (marker >= RST0 && marker <= RST7) continue;
    if (marker !== SOI) break;
    // A second start of the same image; but behind junk, or later, it is another image's, such as the EXIF preview's.
    if (isJunk || frame.componentCount !== 0) return Outcome.CORRUPT_MARKER;
    noteHarmless(Outcome.HARMLESS_JUNK);
  }
  if (isJunk) noteHarmless(Outcome.HARMLESS_JUNK);
  return Outcome.OK;
}

/** B.2.4: reads tables and other segments before a frame or a scan. */
function readTables(): Outcome {
  if (marker === DQT) return readQuantisationTables(segment, segmentEnd);
  if (marker === DHT) return readHuffmanTables(segment, segmentEnd);
  if (marker === DRI) return readRestartInterval(segment, segmentEnd);
  if (marker === DAC || marker === JPG || marker === JPG7) return Outcome.REFUSED_PROCESS;
  if (marker === DHP || marker === EXP) return Outcome.REFUSED_PROCESS;
  // The height is known by now: a frame header without it is refused.
  if (marker === DNL) return Outcome.OK;
  if (marker >= SOF0 && marker < 0xd0) return readFrameHeader(marker, segment, segmentEnd);
  return Outcome.OK;
}

function complete(): bool {
  for (let i = 0; i < frame.componentCount; i++) if (!component(i).seen) return false;
  return true;
}

/** Whether the last bit of every coefficient was read. */
function whole(): bool {
  for (let i = 0; i < frame.componentCount; i++) if (component(i).whole !== u64.MAX_VALUE) return false;
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

/** Reads from the frame header to EOI, and makes pixels of what was read. */
export function decodeScans(): Outcome {
  const result = readScans();
  if (result !== Outcome.OK || frame.dry) return result;
  if (frame.progressive) finishProgressive();
  else clearMissing();
  return Outcome.OK;
}

function readScans(): Outcome {
  scans = 0;
  roomForIntervals = 0;
  for (;;) {
    let result = nextSegment();
    if (result === Outcome.OK && marker === EOI) {
      if (complete()) return Outcome.OK;
      result = Outcome.TRUNCATED;
    } else if (result === Outcome.OK) {
      result = marker === SOS ? readScan() : readTables();
    }
    if (result === Outcome.OK) continue;
    if (result < Outcome.TRUNCATED) return result;
    // Whatever this is, the image was there before it.
    if (whole()) {
      noteHarmless(result === Outcome.TRUNCATED ? Outcome.HARMLESS_NO_END : Outcome.HARMLESS_JUNK);
      return Outcome.OK;
    }
    // Damage after the whole luminance: the image so far can be used.
    return component(0).seen && tolerate(result) ? Outcome.OK : result;
  }
}

let scans: i32 = 0;
/** The number of restart intervals that there is room for; 0 before the first scan. */
let roomForIntervals: i32 = 0;

function readScan(): Outcome {
  const read = readScanHeader(segment, segmentEnd);
  if (read !== Outcome.OK) return read;
  scans++;
  if (scans > MAX_SCANS) return Outcome.REFUSED_SCANS;
  if (roomForIntervals === 0) {
    roomForIntervals = mostIntervals();
    if (!prepareEntropy(<i32>(fileEnd - at), roomForIntervals)) return Outcome.REFUSED_MEMORY;
  } else if (mostIntervals() > roomForIntervals) {
    // A DRI between scans asks for more intervals than there is room for.
    return Outcome.REFUSED_SCANS;
  }
  const decoded = decodeScan();
  if (decoded === Outcome.OK) markWhole();
  return decoded;
}

/** Which coefficients are whole after this scan. */
function markWhole(): void {
  const from = frame.progressive ? scan.start : 0;
  const to = frame.progressive ? scan.end : 63;
  const band = (u64.MAX_VALUE << (<u64>from)) & (u64.MAX_VALUE >> <u64>(63 - to));
  for (let i = 0; i < scan.count; i++) {
    if (!frame.progressive || scan.low === 0) component(scan.component(i)).whole |= band;
  }
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
    frame.partial = true;
    return Outcome.OK;
  }
  at = readEntropy(at, fileEnd, frame.restartInterval !== 0);
  return frame.progressive ? decodeProgressiveScan() : decodeSequentialScan();
}

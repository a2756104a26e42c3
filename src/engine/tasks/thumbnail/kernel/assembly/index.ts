/**
 * The module's door. One image: `input`, the file's bytes written there, `open`, `addTarget` for each thumbnail,
 * `run`, then `output` and `outputLength`. Nothing is kept from one image to the next but tables that say of
 * themselves what they were made from.
 */
import { allocate, guardsIntact, markArena, releaseToMark, resetArena } from './arena';
import { encode, outputRoom } from './encoder';
import { prepareEntropy, readEntropy, skipEntropy } from './entropy-bytes';
import { clearFrame, component, frame } from './frame';
import { undefineTables } from './huffman-tables';
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
import { place } from './orientation';
import { Outcome } from './outcome';
import { plan } from './plan';
import { decodeProgressiveScan, finishProgressive, needsScan } from './progressive';
import { resampleDown } from './resample';
import { decodeSequentialScan, tolerate } from './sequential';
import { clearTargets, MAX_TARGETS, nextTarget, plane, target, targetCount } from './target';

export { guardsIntact, Outcome };

/** More scans than any encoder makes: a bound on the time a file can take. */
const MAX_SCANS: i32 = 100;

let fileStart: usize = 0;
let fileEnd: usize = 0;
let fileRoom: i32 = 0;
/** Where the next marker is looked for. */
let at: usize = 0;
/** The marker `nextSegment` found; its segment's data is from `segment` to `segmentEnd`. */
let marker: i32 = 0;
let segment: usize = 0;
let segmentEnd: usize = 0;

/** Makes room for a file of `bytes` bytes and says where it goes; 0 when it is too large. */
export function input(bytes: i32): usize {
  resetArena();
  fileRoom = 0;
  fileStart = bytes < 0 ? 0 : allocate(<u64>bytes + 16);
  if (fileStart !== 0) fileRoom = bytes;
  markArena();
  return fileStart;
}

/** Reads the file's markers as far as its frame header. */
export function open(bytes: i32, tolerant: bool): Outcome {
  releaseToMark();
  clearTargets();
  clearFrame();
  undefineTables();
  frame.tolerant = tolerant;
  if (bytes < 0 || bytes > fileRoom) return Outcome.REFUSED_MEMORY;
  fileEnd = fileStart + <usize>bytes;
  if (bytes < 4 || word(fileStart) !== (0xff00 | SOI)) return Outcome.REFUSED_NOT_JPEG;
  at = fileStart + 2;
  while (frame.componentCount === 0) {
    const found = nextSegment();
    if (found !== Outcome.OK) return found;
    if (marker === SOS || marker === EOI) return Outcome.CORRUPT_MARKER;
    const read = readTables();
    if (read !== Outcome.OK) return read;
  }
  return Outcome.OK;
}

export function width(): i32 {
  return frame.width;
}

export function height(): i32 {
  return frame.height;
}

/** See `Target`. The region must lie in the image. */
export function addTarget(
  width: i32,
  height: i32,
  left: f64,
  top: f64,
  spanX: f64,
  spanY: f64,
  canvasWidth: i32,
  canvasHeight: i32,
  offsetX: i32,
  offsetY: i32,
  quality: i32,
): Outcome {
  if (targetCount() >= MAX_TARGETS) return Outcome.REFUSED_TARGET;
  if (width < 1 || height < 1 || canvasWidth > 65535 || canvasHeight > 65535) return Outcome.REFUSED_TARGET;
  if (quality < 1 || quality > 100 || offsetX < 0 || offsetY < 0) return Outcome.REFUSED_TARGET;
  const right = <f64>frame.width + 1e-6;
  const bottom = <f64>frame.height + 1e-6;
  if (!(left >= 0 && top >= 0 && spanX > 0 && spanY > 0)) return Outcome.REFUSED_TARGET;
  if (!(left + spanX <= right && top + spanY <= bottom)) return Outcome.REFUSED_TARGET;
  const t = nextTarget();
  t.width = width;
  t.height = height;
  t.left = left;
  t.top = top;
  t.spanX = spanX;
  t.spanY = spanY;
  t.canvasWidth = canvasWidth;
  t.canvasHeight = canvasHeight;
  t.offsetX = offsetX;
  t.offsetY = offsetY;
  t.quality = quality;
  return Outcome.OK;
}

/** Decodes the image once and makes every target. `reduction`: decoded samples an output sample, at least. */
export function run(orientation: i32, reduction: f64): Outcome {
  if (targetCount() === 0 || orientation < 1 || orientation > 8) return Outcome.REFUSED_TARGET;
  if (!(reduction >= 1 && reduction <= 8)) return Outcome.REFUSED_TARGET;
  const turned = orientation >= 5;
  for (let i = 0; i < targetCount(); i++) {
    const t = target(i);
    if (t.offsetX + (turned ? t.height : t.width) > t.canvasWidth) return Outcome.REFUSED_TARGET;
    if (t.offsetY + (turned ? t.width : t.height) > t.canvasHeight) return Outcome.REFUSED_TARGET;
  }
  const planned = plan(orientation, reduction);
  if (planned !== Outcome.OK) return planned;
  const decoded = decodeScans();
  if (decoded !== Outcome.OK) return decoded;
  return encodeTargets(orientation);
}

/** What `tolerant` passed over. */
export function warning(): i32 {
  return frame.warning;
}

export function output(index: i32): usize {
  return target(index).bytes;
}

export function outputLength(index: i32): i32 {
  return target(index).length;
}

/** B.1.1.2: finds the next marker and, where it has a segment, its bounds. */
function nextSegment(): Outcome {
  while (at < fileEnd && load<u8>(at) === 0xff) at++;
  if (at >= fileEnd) return Outcome.TRUNCATED;
  if (load<u8>(at - 1) !== 0xff) return Outcome.CORRUPT_MARKER;
  marker = load<u8>(at);
  at++;
  segment = at;
  segmentEnd = at;
  if (marker === EOI) return Outcome.OK;
  // Markers without a segment have no place between segments: SOI, RSTm, TEM and what B.1.1.3 reserves.
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

/** B.2.4: tables and whatever else stands before a frame or a scan. */
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

/** From the frame header to EOI. A file without EOI was cut, however much of it is there. */
function decodeScans(): Outcome {
  let intervals = 0;
  let scans = 0;
  for (;;) {
    let result = nextSegment();
    if (result === Outcome.OK && marker !== SOS && marker !== EOI) result = readTables();
    if (result !== Outcome.OK) {
      // Damage after the light of a whole image: what is there can be used.
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
      // DRI between scans, to shorter intervals than there is room for.
      return Outcome.REFUSED_SCANS;
    }
    result = decodeScan();
    if (result !== Outcome.OK) return result;
  }
  if (frame.progressive) finishProgressive();
  else clearMissing();
  return Outcome.OK;
}

/** Tolerant: components whose scan is not there are grey. */
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

function encodeTargets(orientation: i32): Outcome {
  const grey = frame.componentCount === 1;
  for (let i = 0; i < targetCount(); i++) {
    const t = target(i);
    for (let j = 0; j < frame.componentCount; j++) {
      const p = plane(i, j);
      resampleDown(p);
      place(t, p, orientation, j > 0, j === 0 && !grey ? 16 : 8);
    }
    t.bytes = allocate(outputRoom(t));
    if (t.bytes === 0) return Outcome.REFUSED_MEMORY;
    if (!encode(t, i, grey)) return Outcome.REFUSED_OUTPUT_SIZE;
  }
  return Outcome.OK;
}

/**
 * The module's interface. For each image, call `input` and write the file's bytes there, then `open`, `addTarget` for
 * each thumbnail, `run`, and then `output` and `outputLength`: a JPEG file, or pixels. Nothing is kept from one image to the next, except
 * tables that record what they were made from.
 */
import { allocate, guardsIntact, markArena, releaseToMark, resetArena } from '../../common/assembly/arena';
import { place } from '../../common/assembly/orientation';
import {
  clearTargets,
  placeTarget,
  plane,
  target,
  targetCount,
  targetsFit,
} from '../../common/assembly/target';
import { encode, outputRoom } from './encode/encoder';
import { undefineTables } from './entropy/huffman-tables';
import { clearFrame, frame } from './format/frame';
import { Outcome } from './format/outcome';
import { warningOfImage } from './format/verdict';
import { meanColour, pixelChannels, pixelsRoom, putPixels } from './pixels';
import { isHalved, mcuOf, plan } from './plan';
import { resampleDown } from './resample';
import { decodeScans, readToFrame } from './scans';

export { guardsIntact, Outcome };

let fileStart: usize = 0;
let fileRoom: i32 = 0;
let fileLength: i32 = 0;

/** Makes room for a file of `bytes` bytes and returns its address; 0 if the file is too large. */
export function input(bytes: i32): usize {
  resetArena();
  fileRoom = 0;
  fileStart = bytes < 0 ? 0 : allocate(<u64>bytes + 16);
  if (fileStart !== 0) fileRoom = bytes;
  markArena();
  return fileStart;
}

/**
 * Reads the file's markers up to its frame header. `dry`: nothing is to be made of it, only found out how making it
 * would end and what `warning` would tell.
 */
export function open(bytes: i32, tolerant: bool, dry: bool): Outcome {
  clearTargets();
  if (bytes < 0 || bytes > fileRoom) return Outcome.REFUSED_MEMORY;
  fileLength = bytes;
  return reopen(tolerant, dry);
}

function reopen(tolerant: bool, dry: bool): Outcome {
  releaseToMark();
  clearFrame();
  undefineTables();
  frame.tolerant = tolerant;
  frame.dry = dry;
  return readToFrame(fileStart, fileStart + <usize>fileLength);
}

export function width(): i32 {
  return frame.width;
}

export function height(): i32 {
  return frame.height;
}

/** See `Target`. The region must lie in the image. `pixels`: it is to be pixels rather than a JPEG file. */
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
  pixels: bool,
): Outcome {
  if (quality < 1 || quality > 100) return Outcome.REFUSED_TARGET;
  const placed = placeTarget(
    frame.width,
    frame.height,
    width,
    height,
    left,
    top,
    spanX,
    spanY,
    canvasWidth,
    canvasHeight,
    offsetX,
    offsetY,
  );
  if (!placed) return Outcome.REFUSED_TARGET;
  const t = target(targetCount() - 1);
  t.quality = quality;
  t.pixels = pixels;
  return Outcome.OK;
}

/**
 * Decodes the image once and makes every target. `reduction`: the least number of decoded samples per output sample.
 */
export function run(orientation: i32, reduction: f64): Outcome {
  if (!targetsFit(orientation)) return Outcome.REFUSED_TARGET;
  if (!(reduction >= 1 && reduction <= 8)) return Outcome.REFUSED_TARGET;
  let decoded = decode(orientation, reduction);
  const isOdd = decoded >= Outcome.TRUNCATED || warningOfImage() !== 0;
  if (isOdd && frame.partial) {
    // Whether the damage is harmless depends on what was passed over.
    decoded = reopen(frame.tolerant, frame.dry);
    if (decoded !== Outcome.OK) return decoded;
    frame.thorough = true;
    decoded = decode(orientation, reduction);
  }
  if (decoded !== Outcome.OK || frame.dry) return decoded;
  return makeTargets(orientation);
}

function decode(orientation: i32, reduction: f64): Outcome {
  const planned = plan(orientation, reduction);
  return planned === Outcome.OK ? decodeScans() : planned;
}

/** The fault that was tolerated, or the damage that does no harm: an outcome, 0 if there is none. */
export function warning(): i32 {
  return warningOfImage();
}

export function output(index: i32): usize {
  return target(index).bytes;
}

export function outputLength(index: i32): i32 {
  return target(index).length;
}

/** The channels of its pixels: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
export function outputChannels(index: i32, orientation: i32): i32 {
  return pixelChannels(target(index), orientation);
}

/** The mean of its pixels, as 0xRRGGBB. */
export function outputColour(index: i32): i32 {
  return target(index).colour;
}

/** Writes the JPEG file of a target once more, in the place of the former one. Valid until the next image is opened. */
export function encodeAgain(index: i32, quality: i32): Outcome {
  if (index < 0 || index >= targetCount() || quality < 1 || quality > 100) return Outcome.REFUSED_TARGET;
  const t = target(index);
  if (t.pixels || t.bytes === 0) return Outcome.REFUSED_TARGET;
  t.quality = quality;
  return encode(t, index, frame.componentCount === 1) ? Outcome.OK : Outcome.REFUSED_OUTPUT_SIZE;
}

function makeTargets(orientation: i32): Outcome {
  const grey = frame.componentCount === 1;
  for (let i = 0; i < targetCount(); i++) {
    const t = target(i);
    for (let j = 0; j < frame.componentCount; j++) {
      const p = plane(i, j);
      resampleDown(p);
      place(t, p, orientation, j > 0, isHalved(t, j), mcuOf(j));
    }
    t.colour = meanColour(t, i);
    t.bytes = allocate(t.pixels ? pixelsRoom(t, orientation) : outputRoom(t));
    if (t.bytes === 0) return Outcome.REFUSED_MEMORY;
    if (t.pixels) putPixels(t, i, orientation);
    else if (!encode(t, i, grey)) return Outcome.REFUSED_OUTPUT_SIZE;
  }
  return Outcome.OK;
}

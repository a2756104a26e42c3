/**
 * The module's interface. For each image, call `input` and write the zlib datastream there, then `inflateInput`, `open`
 * (and write `colours` if pixels are looked up), `addTarget` for each thumbnail, `run`, and then `output`: filtered
 * scanlines that the caller deflates, or the thumbnail's pixels. Scanlines that are there already are put where
 * `takeScanlines` says, instead of being inflated.
 */
import { allocate, guardsIntact, markArena, releaseToMark, resetArena } from '../../common/assembly/arena';
import {
  clearTargets,
  placeTarget,
  plane,
  target,
  targetCount,
  targetsFit,
} from '../../common/assembly/target';
import { canvasChannels, meanColour, place } from './canvas';
import { FILTER_MARGIN, filterRoom, filterRows } from './filter';
import { colours, describeImage, image } from './format/image';
import { Outcome } from './format/outcome';
import { READ_MARGIN } from './inflate/bits';
import { inflate } from './inflate/inflate';
import { WRITE_MARGIN } from './inflate/symbols';
import { planRows, resampleRows } from './rows';

export { guardsIntact, Outcome };

let scanlines: usize = 0;
/** The bytes of scanlines that are there. */
let room: i32 = 0;
let wanted: i32 = 0;
let datastream: usize = 0;
let datastreamBytes: i32 = 0;

/**
 * Makes room for a zlib datastream of `bytes` bytes, and for the `inflated` bytes of scanlines that it has to hold.
 * Returns the datastream's address; 0 if they are too many.
 */
export function input(bytes: i32, inflated: i32): usize {
  resetArena();
  room = 0;
  if (bytes < 0 || inflated < 0) return 0;
  // What is read past the end of a row is less.
  scanlines = allocate(<u64>inflated + WRITE_MARGIN);
  // What follows is needed until all is inflated, then its place is used again.
  markArena();
  datastream = allocate(<u64>bytes + READ_MARGIN);
  if (scanlines === 0 || datastream === 0) return 0;
  wanted = inflated;
  datastreamBytes = bytes;
  return datastream;
}

/** Inflates the datastream to the scanlines. */
export function inflateInput(): Outcome {
  const outcome = inflate(datastream, datastreamBytes, scanlines, wanted);
  if (outcome === Outcome.OK) room = wanted;
  return outcome;
}

/** Takes the scanlines as they are: the caller writes them there. Their address. */
export function takeScanlines(): usize {
  room = wanted;
  return scanlines;
}

export function scanlinesAt(): usize {
  return scanlines;
}

/** The address of the 256 colours of four bytes. */
export function coloursAt(): usize {
  return colours;
}

/** `transparentColour`: 0xRRGGBB or -1. `transparent`: whether the colours, or that one, add an alpha channel. */
export function open(
  width: i32,
  height: i32,
  bitDepth: i32,
  colourType: i32,
  lookedUp: bool,
  transparent: bool,
  transparentColour: i32,
): Outcome {
  releaseToMark();
  clearTargets();
  if (!describeImage(width, height, bitDepth, colourType, lookedUp, transparent))
    return Outcome.REFUSED_IMAGE;
  if (<u64>height * <u64>(image.rowBytes + 1) > <u64>room) return Outcome.REFUSED_IMAGE;
  image.transparentColour = lookedUp || !transparent ? -1 : transparentColour & 0xffffff;
  image.scanlines = scanlines;
  return Outcome.OK;
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
): Outcome {
  const placed = placeTarget(
    image.width,
    image.height,
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
  return Outcome.OK;
}

/**
 * Makes every target. `scaled`: false if pixels are to keep their values. `opaque`: whether every pixel is known to be.
 * `filtered`: whether the output is filtered scanlines (9.1) rather than pixels.
 */
export function run(orientation: i32, scaled: bool, opaque: bool, filtered: bool): Outcome {
  if (!targetsFit(orientation)) return Outcome.REFUSED_TARGET;
  const alpha = (image.channels & 1) === 0;
  image.opaque = opaque && alpha;
  image.premultiplied = scaled && alpha && !opaque;
  const planned = planRows();
  if (planned !== Outcome.OK) return planned;
  const resampled = resampleRows();
  if (resampled !== Outcome.OK) return resampled;
  for (let i = 0; i < targetCount(); i++) {
    const made = filtered ? makeScanlines(i, orientation) : makePixels(i, orientation);
    if (made !== Outcome.OK) return made;
  }
  return Outcome.OK;
}

/** The pixels of target `index`, as they are shown. */
function makePixels(index: i32, orientation: i32): Outcome {
  const t = target(index);
  t.length = t.canvasWidth * canvasChannels(t, orientation) * t.canvasHeight;
  t.bytes = allocate(<u64>t.length);
  if (t.bytes === 0) return Outcome.REFUSED_MEMORY;
  place(t, plane(index, 0).small, orientation, t.bytes);
  t.colour = meanColour(t, orientation);
  return Outcome.OK;
}

function makeScanlines(index: i32, orientation: i32): Outcome {
  const made = makePixels(index, orientation);
  if (made !== Outcome.OK) return made;
  const t = target(index);
  const channels = canvasChannels(t, orientation);
  const rowBytes = t.canvasWidth * channels;
  const canvas = t.bytes;
  const margins = <u64>rowBytes + 2 * FILTER_MARGIN;
  const above = allocate(margins);
  const line = allocate(margins);
  const filtered = allocate(filterRoom(rowBytes));
  t.length = (rowBytes + 1) * t.canvasHeight;
  t.bytes = allocate(<u64>(rowBytes + 1) * <u64>t.canvasHeight);
  if (above === 0 || line === 0 || filtered === 0 || t.bytes === 0) return Outcome.REFUSED_MEMORY;
  memory.fill(above, 0, <usize>margins);
  memory.fill(line, 0, <usize>margins);
  filterRows(canvas, above, rowBytes, t.canvasHeight, channels, filtered, line, t.bytes);
  return Outcome.OK;
}

export function output(index: i32): usize {
  return target(index).bytes;
}

export function outputLength(index: i32): i32 {
  return target(index).length;
}

/** The channels of the thumbnail: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
export function outputChannels(index: i32, orientation: i32): i32 {
  return canvasChannels(target(index), orientation);
}

/** The mean of its pixels, as 0xRRGGBB. */
export function outputColour(index: i32): i32 {
  return target(index).colour;
}

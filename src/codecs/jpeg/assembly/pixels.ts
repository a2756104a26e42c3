/** The pixels of a target, for another encoder: its planes, which hold the canvas, from YCbCr to RGB (T.871, 7). */
import { swapsAxes } from '../../common/assembly/orientation';
import { Plane, plane, Target } from '../../common/assembly/target';
import { frame } from './format/frame';
import { isHalved } from './plan';

/** 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA: what lies around the image is transparent. */
export function pixelChannels(t: Target, orientation: i32): i32 {
  const colours = frame.componentCount === 1 ? 1 : 3;
  return hasBorder(t, orientation) ? colours + 1 : colours;
}

export function pixelsRoom(t: Target, orientation: i32): u64 {
  return <u64>t.canvasWidth * <u64>t.canvasHeight * <u64>pixelChannels(t, orientation);
}

function drawnWidth(t: Target, orientation: i32): i32 {
  return swapsAxes(orientation) ? t.height : t.width;
}

function drawnHeight(t: Target, orientation: i32): i32 {
  return swapsAxes(orientation) ? t.width : t.height;
}

function hasBorder(t: Target, orientation: i32): bool {
  return drawnWidth(t, orientation) !== t.canvasWidth || drawnHeight(t, orientation) !== t.canvasHeight;
}

/** Writes the pixels of target `index` to its `bytes`. */
export function putPixels(t: Target, index: i32, orientation: i32): void {
  const channels = pixelChannels(t, orientation);
  const grey = channels < 3;
  let to = t.bytes;
  for (let y = 0; y < t.canvasHeight; y++) {
    const luma = rowOf(plane(index, 0), y);
    if (grey) putGreys(luma, t.canvasWidth, channels, to);
    else putColours(luma, rowOf(plane(index, 1), y), rowOf(plane(index, 2), y), t.canvasWidth, channels, to);
    if ((channels & 1) === 0) putAlpha(t, y, orientation, channels, to);
    to += <usize>t.canvasWidth * <usize>channels;
  }
  t.length = <i32>pixelsRoom(t, orientation);
}

/** The mean of the thumbnail's pixels, as 0xRRGGBB: that of each plane, from YCbCr to RGB. */
export function meanColour(t: Target, index: i32): i32 {
  const y = (meanOf(plane(index, 0), t.canvasWidth, t.canvasHeight) + 128) << 16;
  if (frame.componentCount === 1) return <i32>byte(y) * 0x010101;
  const cb = meanOfChroma(t, index, 1);
  const cr = meanOfChroma(t, index, 2);
  return ((<i32>red(y, cr)) << 16) | ((<i32>green(y, cb, cr)) << 8) | <i32>blue(y, cb);
}

function meanOfChroma(t: Target, index: i32, component: i32): i32 {
  const shift = isHalved(t, component) ? 1 : 0;
  const width = (t.canvasWidth + shift) >> shift;
  const height = (t.canvasHeight + shift) >> shift;
  return meanOf(plane(index, component), width, height);
}

function meanOf(p: Plane, width: i32, height: i32): i32 {
  let sum: i64 = 0;
  for (let y = 0; y < height; y++) {
    const row = rowOf(p, y);
    let line: i32 = 0;
    for (let x = 0; x < width; x++) line += sample(row, x);
    sum += line;
  }
  return <i32>(sum / (<i64>width * <i64>height));
}

function rowOf(p: Plane, y: i32): usize {
  return p.canvas + ((<usize>y * <usize>p.canvasStride) << 1);
}

/** A sample is a value from -128 to 127. */
function sample(row: usize, x: i32): i32 {
  return load<i16>(row + ((<usize>x) << 1));
}

function putGreys(luma: usize, width: i32, channels: i32, to: usize): void {
  for (let x = 0; x < width; x++) {
    store<u8>(to, byte((sample(luma, x) + 128) << 16));
    to += channels;
  }
}

function putColours(luma: usize, blues: usize, reds: usize, width: i32, channels: i32, to: usize): void {
  for (let x = 0; x < width; x++) {
    const y = (sample(luma, x) + 128) << 16;
    const cb = sample(blues, x);
    const cr = sample(reds, x);
    store<u8>(to, red(y, cr));
    store<u8>(to + 1, green(y, cb, cr));
    store<u8>(to + 2, blue(y, cb));
    to += channels;
  }
}

// `y` has 16 fraction bits, and the factors are times 2^16.

function red(y: i32, cr: i32): u8 {
  return byte(y + 91_881 * cr);
}

function green(y: i32, cb: i32, cr: i32): u8 {
  return byte(y - 22_554 * cb - 46_802 * cr);
}

function blue(y: i32, cb: i32): u8 {
  return byte(y + 116_130 * cb);
}

/** Rounds a number with 16 fraction bits. */
function byte(value: i32): u8 {
  return <u8>min(max((value + 0x8000) >> 16, 0), 255);
}

/** Row `y` of the canvas: only the image is opaque. */
function putAlpha(t: Target, y: i32, orientation: i32, channels: i32, to: usize): void {
  const shows = y >= t.offsetY && y < t.offsetY + drawnHeight(t, orientation);
  const begin = t.offsetX;
  const end = begin + drawnWidth(t, orientation);
  to += <usize>(channels - 1);
  for (let x = 0; x < t.canvasWidth; x++) {
    store<u8>(to, shows && x >= begin && x < end ? 255 : 0);
    to += channels;
  }
}

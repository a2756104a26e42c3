/** The pixels of a target, for another encoder: its planes, which hold the canvas, from YCbCr to RGB (T.871, 7). */
import { swapsAxes } from '../../common/assembly/orientation';
import { Plane, plane, Target } from '../../common/assembly/target';
import { frame } from './format/frame';

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

function putColours(luma: usize, blue: usize, red: usize, width: i32, channels: i32, to: usize): void {
  for (let x = 0; x < width; x++) {
    const y = (sample(luma, x) + 128) << 16;
    const cb = sample(blue, x);
    const cr = sample(red, x);
    // The factors times 2^16.
    store<u8>(to, byte(y + 91_881 * cr));
    store<u8>(to + 1, byte(y - 22_554 * cb - 46_802 * cr));
    store<u8>(to + 2, byte(y + 116_130 * cb));
    to += channels;
  }
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

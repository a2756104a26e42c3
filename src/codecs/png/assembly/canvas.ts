/**
 * Turns the small image into the bytes of the thumbnail: upright, alpha divided out, surrounded by transparent white.
 */
import { flipsX, flipsY, swapsAxes } from '../../common/assembly/orientation';
import { Target } from '../../common/assembly/target';
import { image, shownChannels } from './format/image';
import { FRACTION_BITS } from './samples';

const HALF: i32 = 1 << (FRACTION_BITS - 1);

/** Whether the thumbnail has room around the image. */
function hasBorder(t: Target, orientation: i32): bool {
  const swapped = swapsAxes(orientation);
  return (
    (swapped ? t.height : t.width) !== t.canvasWidth || (swapped ? t.width : t.height) !== t.canvasHeight
  );
}

/** The number of channels of the thumbnail: a border is transparent and needs an alpha channel. */
export function canvasChannels(t: Target, orientation: i32): i32 {
  return hasBorder(t, orientation) ? (shownChannels() + 1) & ~1 : shownChannels();
}

/** Puts the image, whose pixels have four samples each, upright into `canvas`. */
export function place(t: Target, small: usize, orientation: i32, canvas: usize): void {
  const channels = canvasChannels(t, orientation);
  const stride = <usize>t.canvasWidth * <usize>channels;
  if (hasBorder(t, orientation)) fillTransparent(canvas, t.canvasWidth * t.canvasHeight, channels);
  const swapped = swapsAxes(orientation);
  const wide = swapped ? t.height : t.width;
  const high = swapped ? t.width : t.height;
  // The distance, in bytes of the small image, of one step along the thumbnail's axes.
  const line = t.width << 3;
  const stepX = flipsX(orientation) ? -8 : 8;
  const stepY = flipsY(orientation) ? -line : line;
  let origin = small;
  if (stepX < 0) origin += (<usize>(t.width - 1)) << 3;
  if (stepY < 0) origin += <usize>(t.height - 1) * <usize>line;
  const right = swapped ? stepY : stepX;
  const down = swapped ? stepX : stepY;
  let to = canvas + <usize>t.offsetY * stride + <usize>t.offsetX * <usize>channels;
  for (let y = 0; y < high; y++) {
    putRow(origin, right, wide, to, channels);
    origin += down;
    to += stride;
  }
}

function fillTransparent(canvas: usize, pixels: i32, channels: i32): void {
  for (let i = 0; i < pixels; i++) {
    for (let c = 1; c < channels; c++) store<u8>(canvas++, 255);
    store<u8>(canvas++, 0);
  }
}

function putRow(from: usize, step: i32, count: i32, to: usize, channels: i32): void {
  const shown = shownChannels();
  const opaque = (shown & 1) === 1;
  for (let x = 0; x < count; x++) {
    if (image.premultiplied) {
      divide(from, to, channels);
    } else {
      for (let c: usize = 0; c < <usize>shown; c++) store<u8>(to + c, rounded(load<i16>(from + (c << 1))));
      if (opaque && channels > shown) store<u8>(to + <usize>shown, 255);
    }
    from += step;
    to += channels;
  }
}

function rounded(sample: i32): u8 {
  return <u8>min(max((sample + HALF) >> FRACTION_BITS, 0), 255);
}

/** Divides a pixel's colour by its alpha. A fully transparent pixel has no colour. */
function divide(from: usize, to: usize, channels: i32): void {
  const last = <usize>(channels - 1);
  const sample = <i32>load<i16>(from + (last << 1));
  const alpha = rounded(sample);
  store<u8>(to + last, alpha);
  const factor: f32 = alpha === 0 ? 0 : 255 / <f32>min(sample, 255 << FRACTION_BITS);
  for (let c: usize = 0; c < last; c++) {
    const value = <i32>(<f32>load<i16>(from + (c << 1)) * factor + 0.5);
    store<u8>(to + c, <u8>min(max(value, 0), 255));
  }
}

/** The mean of the thumbnail's pixels, as 0xRRGGBB: what is transparent counts as little as it shows. */
export function meanColour(t: Target, orientation: i32): i32 {
  const channels = canvasChannels(t, orientation);
  const colours = channels < 3 ? 1 : 3;
  let red: u64 = 0;
  let green: u64 = 0;
  let blue: u64 = 0;
  let weights: u64 = 0;
  const end = t.bytes + <usize>t.canvasWidth * <usize>t.canvasHeight * <usize>channels;
  for (let at = t.bytes; at < end; at += channels) {
    const weight = colours === channels ? 255 : <u64>load<u8>(at + colours);
    weights += weight;
    red += weight * <u64>load<u8>(at);
    if (colours === 1) continue;
    green += weight * <u64>load<u8>(at + 1);
    blue += weight * <u64>load<u8>(at + 2);
  }
  if (weights === 0) return 0xffffff;
  if (colours === 1) return <i32>(red / weights) * 0x010101;
  return ((<i32>(red / weights)) << 16) | ((<i32>(green / weights)) << 8) | <i32>(blue / weights);
}

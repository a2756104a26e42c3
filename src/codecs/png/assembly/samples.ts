/**
 * Converts scanlines to samples for resampling: 16 bits with 6 fraction bits. Low depths and palettes become colours,
 * of 16-bit samples the high byte is used, and all are multiplied by alpha (so that the colour of transparent pixels
 * does not bleed into visible ones).
 */
import { colours, image, scanline } from './format/image';

export const FRACTION_BITS: i32 = 6;

/** `colours` as four samples each. */
const table = memory.data(256 * 8, 16);

/** value * alpha / 255, rounded, both bytes, with 6 fraction bits: alpha / 255 as a Q15 number. */
function times(value: i32, alpha: i32): i32 {
  return ((value << FRACTION_BITS) * ((alpha << 7) + (alpha >> 1)) + 0x4000) >> 15;
}

function withAlpha(value: i32, alpha: i32): i16 {
  return <i16>(image.premultiplied ? times(value, alpha) : value << FRACTION_BITS);
}

/** Prepares the samples of the look-up table for the whole image. */
export function prepareTable(): void {
  if (!image.lookedUp) return;
  const alpha = (image.channels & 1) === 0;
  const grey = image.channels <= 2;
  for (let i: usize = 0; i < 256; i++) {
    const from = colours + (i << 2);
    const to = table + (i << 3);
    const a = alpha ? <i32>load<u8>(from, 3) : 255;
    const last = <i16>(a << FRACTION_BITS);
    store<i16>(to, withAlpha(load<u8>(from), a));
    store<i16>(to, grey ? last : withAlpha(load<u8>(from, 1), a), 2);
    store<i16>(to, withAlpha(load<u8>(from, 2), a), 4);
    store<i16>(to, last, 6);
  }
}

/** Writes the samples of scanline `y`, and up to 3 values past them. */
export function toSamples(y: i32, to: usize): void {
  const row = scanline(y);
  if (image.lookedUp) {
    lookUp(row, to);
  } else if (image.transparentColour >= 0) {
    compare(row, to);
  } else if ((image.channels & 1) === 1) {
    widen(row, to);
  } else if (image.bitDepth === 8 && image.channels === 4 && image.premultiplied) {
    premultiply(row, to);
  } else {
    multiply(row, to);
  }
}

/** Indices of 1, 2, 4 or 8 bits, the leftmost pixel in the high bits (7.2). */
function lookUp(row: usize, to: usize): void {
  const depth = image.bitDepth;
  const mask = (1 << depth) - 1;
  const pixel = (<usize>image.channels) << 1;
  for (let x = 0; x < image.width; x++) {
    const bit = x * depth;
    const byte = <i32>load<u8>(row + (<usize>bit >> 3));
    const index = (byte >> (8 - depth - (bit & 7))) & mask;
    store<u64>(to, load<u64>(table + ((<usize>index) << 3)));
    to += pixel;
  }
}

/** Truecolour with one transparent colour. */
function compare(row: usize, to: usize): void {
  for (let x = 0; x < image.width; x++) {
    const r = <i32>load<u8>(row);
    const g = <i32>load<u8>(row, 1);
    const b = <i32>load<u8>(row, 2);
    const a = ((r << 16) | (g << 8) | b) === image.transparentColour ? 0 : 255;
    store<i16>(to, withAlpha(r, a));
    store<i16>(to, withAlpha(g, a), 2);
    store<i16>(to, withAlpha(b, a), 4);
    store<i16>(to, <i16>(a << FRACTION_BITS), 6);
    row += 3;
    to += 8;
  }
}

/** 16-bit samples without alpha: takes the high bytes. */
function widen(row: usize, to: usize): void {
  const count = image.width * image.channels;
  for (let i = 0; i < count; i++) {
    store<i16>(to + ((<usize>i) << 1), <i16>((<i32>load<u8>(row + ((<usize>i) << 1))) << FRACTION_BITS));
  }
}

/** 8-bit RGBA, two pixels at a time. */
function premultiply(row: usize, to: usize): void {
  // The alpha sample itself is multiplied by one.
  const one = i16x8(0, 0, 0, 0x7fff, 0, 0, 0, 0x7fff);
  for (let x = 0; x < image.width; x += 2) {
    const samples = i16x8.extend_low_i8x16_u(v128.load64_zero(row));
    const alphas = v128.shuffle<i16>(samples, samples, 3, 3, 3, 3, 7, 7, 7, 7);
    const factors = i16x8.add(i16x8.shl(alphas, 7), i16x8.shr_u(alphas, 1));
    v128.store(to, i16x8.q15mulr_sat_s(i16x8.shl(samples, FRACTION_BITS), v128.or(factors, one)));
    row += 8;
    to += 16;
  }
}

/** All other types with an alpha channel. */
function multiply(row: usize, to: usize): void {
  const step = <usize>image.bitDepth >> 3;
  const last = image.channels - 1;
  for (let x = 0; x < image.width; x++) {
    const a = <i32>load<u8>(row + <usize>last * step);
    for (let c = 0; c < last; c++) {
      store<i16>(to + ((<usize>c) << 1), withAlpha(load<u8>(row + <usize>c * step), a));
    }
    store<i16>(to + ((<usize>last) << 1), <i16>(a << FRACTION_BITS));
    row += <usize>image.channels * step;
    to += (<usize>image.channels) << 1;
  }
}

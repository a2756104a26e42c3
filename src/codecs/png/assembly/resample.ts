/**
 * Resamples interleaved pixels: first down, all columns of an output row at once, then across. Down is most of the work
 * and does not depend on the number of channels; across has only the output's rows left to process.
 */
import { Axis } from '../../common/assembly/target';
import { WEIGHT_BITS } from '../../common/assembly/weights';
import { FRACTION_BITS } from './samples';

/** The addresses of the rows under one output row's weights, one for each tap. */
function rowAt(addresses: usize, tap: i32, from: usize): usize {
  return <usize>load<u32>(addresses + ((<usize>tap) << 2)) + from;
}

function weightPair(weights: usize, tap: i32): v128 {
  return v128.load32_splat(weights + ((<usize>tap) << 1));
}

/**
 * Resamples rows of bytes to samples with 6 fraction bits. `first` and `end` in bytes; writes up to 15 samples more.
 */
export function downBytes(
  addresses: usize,
  weights: usize,
  taps: i32,
  first: usize,
  end: usize,
  to: usize,
): void {
  const shift = WEIGHT_BITS - FRACTION_BITS;
  const round = i32x4.splat(1 << (shift - 1));
  for (let x = first; x < end; x += 16) {
    let s0 = round;
    let s1 = round;
    let s2 = round;
    let s3 = round;
    for (let t = 0; t < taps; t += 2) {
      const two = weightPair(weights, t);
      const a = v128.load(rowAt(addresses, t, x));
      const b = v128.load(rowAt(addresses, t + 1, x));
      const low = v128.shuffle<i8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const high = v128.shuffle<i8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      s0 = i32x4.add(s0, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(low), two));
      s1 = i32x4.add(s1, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(low), two));
      s2 = i32x4.add(s2, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(high), two));
      s3 = i32x4.add(s3, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(high), two));
    }
    v128.store(to, i16x8.narrow_i32x4_s(i32x4.shr_s(s0, shift), i32x4.shr_s(s1, shift)));
    v128.store(to, i16x8.narrow_i32x4_s(i32x4.shr_s(s2, shift), i32x4.shr_s(s3, shift)), 16);
    to += 32;
  }
}

/** Resamples rows of samples to samples. `first` and `end` in bytes; writes up to 7 samples more. */
export function downSamples(
  addresses: usize,
  weights: usize,
  taps: i32,
  first: usize,
  end: usize,
  to: usize,
): void {
  const round = i32x4.splat(1 << (WEIGHT_BITS - 1));
  for (let x = first; x < end; x += 16) {
    let low = round;
    let high = round;
    for (let t = 0; t < taps; t += 2) {
      const two = weightPair(weights, t);
      const a = v128.load(rowAt(addresses, t, x));
      const b = v128.load(rowAt(addresses, t + 1, x));
      low = i32x4.add(low, i32x4.dot_i16x8_s(v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11), two));
      high = i32x4.add(high, i32x4.dot_i16x8_s(v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15), two));
    }
    v128.store(to, i16x8.narrow_i32x4_s(i32x4.shr_s(low, WEIGHT_BITS), i32x4.shr_s(high, WEIGHT_BITS)));
    to += 16;
  }
}

/** Resamples a row from column `axis.begin` on to pixels of four samples, of which `channels` are meaningful. */
export function across(axis: Axis, row: usize, channels: i32, to: usize): void {
  const pixel = (<usize>channels) << 1;
  for (let i = 0; i < axis.count; i++) {
    const start = <usize>(load<i32>(axis.starts + ((<usize>i) << 2)) - axis.begin);
    const from = row + start * pixel;
    const weights = axis.weights + ((<usize>i * <usize>axis.taps) << 1);
    let sum: v128;
    if (channels === 3) sum = acrossThree(from, weights, axis.taps);
    else if (channels === 4) sum = acrossFour(from, weights, axis.taps);
    else if (channels === 2) sum = acrossTwo(from, weights, axis.taps);
    else sum = acrossOne(from, weights, axis.taps);
    const rounded = i32x4.shr_s(i32x4.add(sum, i32x4.splat(1 << (WEIGHT_BITS - 1))), WEIGHT_BITS);
    v128.store64_lane(to, i16x8.narrow_i32x4_s(rounded, rounded), 0);
    to += 8;
  }
}

function acrossThree(from: usize, weights: usize, taps: i32): v128 {
  let sum = i32x4.splat(0);
  for (let t = 0; t < taps; t += 2) {
    const two = v128.load(from);
    const pairs = v128.shuffle<i16>(two, two, 0, 3, 1, 4, 2, 5, 6, 7);
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(pairs, weightPair(weights, t)));
    from += 12;
  }
  return sum;
}

function acrossFour(from: usize, weights: usize, taps: i32): v128 {
  let sum = i32x4.splat(0);
  for (let t = 0; t < taps; t += 2) {
    const two = v128.load(from);
    const pairs = v128.shuffle<i16>(two, two, 0, 4, 1, 5, 2, 6, 3, 7);
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(pairs, weightPair(weights, t)));
    from += 16;
  }
  return sum;
}

function acrossTwo(from: usize, weights: usize, taps: i32): v128 {
  let sum = i32x4.splat(0);
  for (let t = 0; t < taps; t += 4) {
    const four = v128.load(from);
    const pairs = v128.shuffle<i16>(four, four, 0, 2, 1, 3, 4, 6, 5, 7);
    const w = v128.load64_zero(weights + ((<usize>t) << 1));
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(pairs, v128.shuffle<i16>(w, w, 0, 1, 0, 1, 2, 3, 2, 3)));
    from += 16;
  }
  return i32x4.add(sum, v128.shuffle<i64>(sum, sum, 1, 0));
}

function acrossOne(from: usize, weights: usize, taps: i32): v128 {
  let sum = i32x4.splat(0);
  for (let t: usize = 0; t < (<usize>taps) << 1; t += 16) {
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load(from + t), v128.load(weights + t)));
  }
  sum = i32x4.add(sum, v128.shuffle<i64>(sum, sum, 1, 0));
  return i32x4.add(sum, v128.shuffle<i32>(sum, sum, 1, 0, 3, 2));
}

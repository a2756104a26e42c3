/**
 * Resamples one plane directly from the decoded samples to those that are encoded: across as rows come, down at the
 * end. No plane is first scaled to another's size, and no pixel is converted to RGB.
 */
import { Axis, Plane } from '../../common/assembly/target';
import { WEIGHT_BITS } from '../../common/assembly/weights';

/** Fraction bits between the two passes: a sample with its overshoot still fits in 16 bits. */
const MIDDLE_BITS: i32 = 6;
const ACROSS_SHIFT: i32 = WEIGHT_BITS - MIDDLE_BITS;
const DOWN_SHIFT: i32 = WEIGHT_BITS + MIDDLE_BITS;

/** Resamples source row `y`, if the plane shows it. */
export function resampleAcross(p: Plane, row: usize, y: i32): void {
  if (y < p.down.begin || y >= p.down.end) return;
  const to = p.middle + ((<usize>(y - p.down.begin) * <usize>p.middleStride) << 1);
  const axis = p.across;
  if (axis.count < 4) acrossAny(axis, row, to);
  else if (axis.taps === 8) acrossEight(axis, row, to);
  else if (axis.taps === 16) acrossSixteen(axis, row, to);
  else acrossAny(axis, row, to);
}

/** The four sums of the elements of four vectors. */
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
  return i32x4.add(v128.shuffle<i64>(ab, cd, 0, 2), v128.shuffle<i64>(ab, cd, 1, 3));
}

function storeFour(to: usize, four: v128): void {
  const values = i32x4.shr_s(i32x4.add(four, i32x4.splat(1 << (ACROSS_SHIFT - 1))), ACROSS_SHIFT);
  v128.store64_lane(to, i16x8.narrow_i32x4_s(values, values), 0);
}

function eight(row: usize, starts: usize, weights: usize): v128 {
  return i32x4.dot_i16x8_s(v128.load(row + ((<usize>load<i32>(starts)) << 1)), v128.load(weights));
}

/** Four outputs a turn. If the number is no multiple of four, the last turn repeats some of them. */
function acrossEight(axis: Axis, row: usize, to: usize): void {
  const last = axis.count - 4;
  for (let i = 0; ; i += 4) {
    i = min(i, last);
    const starts = axis.starts + ((<usize>i) << 2);
    const weights = axis.weights + ((<usize>i) << 4);
    storeFour(
      to + ((<usize>i) << 1),
      sums(
        eight(row, starts, weights),
        eight(row, starts + 4, weights + 16),
        eight(row, starts + 8, weights + 32),
        eight(row, starts + 12, weights + 48),
      ),
    );
    if (i === last) break;
  }
}

function sixteen(row: usize, starts: usize, weights: usize): v128 {
  const from = row + ((<usize>load<i32>(starts)) << 1);
  return i32x4.add(
    i32x4.dot_i16x8_s(v128.load(from), v128.load(weights)),
    i32x4.dot_i16x8_s(v128.load(from, 16), v128.load(weights, 16)),
  );
}

function acrossSixteen(axis: Axis, row: usize, to: usize): void {
  const last = axis.count - 4;
  for (let i = 0; ; i += 4) {
    i = min(i, last);
    const starts = axis.starts + ((<usize>i) << 2);
    const weights = axis.weights + ((<usize>i) << 5);
    storeFour(
      to + ((<usize>i) << 1),
      sums(
        sixteen(row, starts, weights),
        sixteen(row, starts + 4, weights + 32),
        sixteen(row, starts + 8, weights + 64),
        sixteen(row, starts + 12, weights + 96),
      ),
    );
    if (i === last) break;
  }
}

function acrossAny(axis: Axis, row: usize, to: usize): void {
  for (let i = 0; i < axis.count; i++) {
    let from = row + ((<usize>load<i32>(axis.starts + ((<usize>i) << 2))) << 1);
    let weights = axis.weights + ((<usize>i * <usize>axis.taps) << 1);
    let sum = i32x4.splat(0);
    for (let t = 0; t < axis.taps; t += 8) {
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load(from), v128.load(weights)));
      from += 16;
      weights += 16;
    }
    const zero = i32x4.splat(0);
    const total = i32x4.extract_lane(sums(sum, zero, zero, zero), 0);
    const value = (total + (1 << (ACROSS_SHIFT - 1))) >> ACROSS_SHIFT;
    store<i16>(to + ((<usize>i) << 1), <i16>min(max(value, -32768), 32767));
  }
}

/** Resamples down all columns: eight at a time, two rows in one instruction. Writes whole vectors. */
export function resampleDown(p: Plane): void {
  const axis = p.down;
  const stride = (<usize>p.middleStride) << 1;
  const round = i32x4.splat(1 << (DOWN_SHIFT - 1));
  const least = i16x8.splat(-128);
  const most = i16x8.splat(127);
  const columns = p.across.count;
  for (let i = 0; i < axis.count; i++) {
    const first = p.middle + <usize>(load<i32>(axis.starts + ((<usize>i) << 2)) - axis.begin) * stride;
    const weights = axis.weights + ((<usize>i * <usize>axis.taps) << 1);
    const to = p.small + ((<usize>i * <usize>p.smallStride) << 1);
    for (let x = 0; x < columns; x += 8) {
      let from = first + ((<usize>x) << 1);
      let low = round;
      let high = round;
      for (let t = 0; t < axis.taps; t += 2) {
        const two = i32x4.splat(load<i32>(weights + ((<usize>t) << 1)));
        const a = v128.load(from);
        const b = v128.load(from + stride);
        low = i32x4.add(low, i32x4.dot_i16x8_s(v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11), two));
        high = i32x4.add(high, i32x4.dot_i16x8_s(v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15), two));
        from += stride * 2;
      }
      const values = i16x8.narrow_i32x4_s(i32x4.shr_s(low, DOWN_SHIFT), i32x4.shr_s(high, DOWN_SHIFT));
      v128.store(to + ((<usize>x) << 1), i16x8.max_s(i16x8.min_s(values, most), least));
    }
  }
}

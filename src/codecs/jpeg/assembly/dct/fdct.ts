/** The forward DCT (T.81 A.3.3) and quantisation (A.3.4) of one block. */
import { transpose8 } from './idct';

/* cos(k pi / 16) / 2 in 15 bits. */
const C1: i32 = 16069;
const C2: i32 = 15137;
const C3: i32 = 13623;
const C4: i32 = 11585;
const C5: i32 = 9102;
const C6: i32 = 6270;
const C7: i32 = 3196;
/** Fraction bits kept between the passes: the first pass's results stay below 2^12. */
const BETWEEN: i32 = 4;
/** The unit of the second pass's sums. */
export const FORWARD_UNIT: f32 = <f32>(1.0 / <f64>(1 << (15 + BETWEEN)));

const between = memory.data(128, 16);
const sums = memory.data(256, 16);

function pair(a: i32, b: i32): v128 {
  return i32x4.splat((b << 16) | (a & 0xffff));
}

function low(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

function high(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/**
 * The 8-point transform of eight columns: `from` has eight rows, `stride` bytes apart. The 32-bit sums of four columns
 * at a time go to `to` (rows 32 bytes apart).
 */
function pass(from: usize, stride: usize, to: usize, half: bool): void {
  const x0 = v128.load(from);
  const x1 = v128.load(from + stride);
  const x2 = v128.load(from + stride * 2);
  const x3 = v128.load(from + stride * 3);
  const x4 = v128.load(from + stride * 4);
  const x5 = v128.load(from + stride * 5);
  const x6 = v128.load(from + stride * 6);
  const x7 = v128.load(from + stride * 7);
  const s0 = i16x8.add(x0, x7);
  const s1 = i16x8.add(x1, x6);
  const s2 = i16x8.add(x2, x5);
  const s3 = i16x8.add(x3, x4);
  const d0 = i16x8.sub(x0, x7);
  const d1 = i16x8.sub(x1, x6);
  const d2 = i16x8.sub(x2, x5);
  const d3 = i16x8.sub(x3, x4);
  const even = i16x8.add(s0, s3);
  const inner = i16x8.add(s1, s2);
  const evenDifference = i16x8.sub(s0, s3);
  const innerDifference = i16x8.sub(s1, s2);
  const p = half ? high(even, inner) : low(even, inner);
  const q = half ? high(evenDifference, innerDifference) : low(evenDifference, innerDifference);
  const r = half ? high(d0, d1) : low(d0, d1);
  const s = half ? high(d2, d3) : low(d2, d3);
  v128.store(to, i32x4.dot_i16x8_s(p, pair(C4, C4)));
  v128.store(to, odd(r, s, pair(C1, C3), pair(C5, C7)), 32);
  v128.store(to, i32x4.dot_i16x8_s(q, pair(C2, C6)), 64);
  v128.store(to, odd(r, s, pair(C3, -C7), pair(-C1, -C5)), 96);
  v128.store(to, i32x4.dot_i16x8_s(p, pair(C4, -C4)), 128);
  v128.store(to, odd(r, s, pair(C5, -C1), pair(C7, C3)), 160);
  v128.store(to, i32x4.dot_i16x8_s(q, pair(C6, -C2)), 192);
  v128.store(to, odd(r, s, pair(C7, -C5), pair(C3, -C1)), 224);
}

function odd(r: v128, s: v128, first: v128, second: v128): v128 {
  return i32x4.add(i32x4.dot_i16x8_s(r, first), i32x4.dot_i16x8_s(s, second));
}

/** Transforms samples at `from` (rows `stride` bytes apart) to quantised 16-bit coefficients in natural order. */
export function forward(from: usize, stride: usize, factors: usize, to: usize): void {
  pass(from, stride, sums, false);
  pass(from, stride, sums + 16, true);
  const round = i32x4.splat(1 << (14 - BETWEEN));
  for (let row: usize = 0; row < 8; row++) {
    const a = i32x4.shr_s(i32x4.add(v128.load(sums + (row << 5)), round), 15 - BETWEEN);
    const b = i32x4.shr_s(i32x4.add(v128.load(sums + (row << 5), 16), round), 15 - BETWEEN);
    v128.store(between + (row << 4), i16x8.narrow_i32x4_s(a, b));
  }
  // The second pass goes along the rows: its results come out transposed, u down and v across.
  transpose8(between);
  pass(between, 16, sums, false);
  pass(between, 16, sums + 16, true);
  for (let u: usize = 0; u < 8; u++) {
    const a = quantise(sums + (u << 5), factors + (u << 5));
    const b = quantise(sums + (u << 5) + 16, factors + (u << 5) + 16);
    v128.store(to + (u << 4), i16x8.narrow_i32x4_s(a, b));
  }
}

/** Rounds to the nearest multiple: adding 1.5 * 2^23 leaves an integer in a float's low bits. */
function quantise(at: usize, factors: usize): v128 {
  const magic = f32x4.splat(12582912);
  const scaled = f32x4.mul(f32x4.convert_i32x4_s(v128.load(at)), v128.load(factors));
  return i32x4.sub(f32x4.add(scaled, magic), magic);
}

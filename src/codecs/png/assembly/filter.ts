/**
 * Filters the thumbnail's scanlines: each with the filter type whose output, as signed bytes, has the smallest sum of
 * absolute values (12.7). All five are tried (9.2), 16 bytes at a time; bytes past the end of a row are ignored.
 */
const TYPES: i32 = 5;

/** Bytes around a row, all zero: they are read as the pixel before the first one, and past the last one. */
export const FILTER_MARGIN: i32 = 32;

/** Room for one row of each type. */
export function filterRoom(rowBytes: i32): u64 {
  return <u64>TYPES * paddedBytes(rowBytes);
}

function paddedBytes(rowBytes: i32): u64 {
  return (<u64>rowBytes + 15) & ~(<u64>15);
}

/**
 * `canvas`: rows without gaps. `above`: the row assumed above the first, all zero; it and `line` have room for a row
 * between two margins. `to`: scanlines with their filter types.
 */
export function filterRows(
  canvas: usize,
  above: usize,
  rowBytes: i32,
  rows: i32,
  pixel: i32,
  room: usize,
  line: usize,
  to: usize,
): void {
  const padded = <usize>paddedBytes(rowBytes);
  for (let y = 0; y < rows; y++) {
    // Copied, so that zeros precede the row; in the canvas the end of the row above does.
    memory.copy(line + FILTER_MARGIN, canvas, rowBytes);
    const type = filterRow(line + FILTER_MARGIN, above + FILTER_MARGIN, rowBytes, pixel, room, padded);
    store<u8>(to, <u8>type);
    memory.copy(to + 1, room + <usize>type * padded, rowBytes);
    to += <usize>rowBytes + 1;
    canvas += rowBytes;
    const spare = above;
    above = line;
    line = spare;
  }
}

/** Writes all five rows to `room` and returns the best filter type; of equal ones, the first. */
function filterRow(row: usize, above: usize, rowBytes: i32, pixel: i32, room: usize, padded: usize): i32 {
  let sum0 = i32x4.splat(0);
  let sum1 = i32x4.splat(0);
  let sum2 = i32x4.splat(0);
  let sum3 = i32x4.splat(0);
  let sum4 = i32x4.splat(0);
  const one = i8x16.splat(1);
  for (let i = 0; i < rowBytes; i += 16) {
    const at = <usize>i;
    const mask = rowBytes - i >= 16 ? i8x16.splat(-1) : firstBytes(rowBytes - i);
    const x = v128.load(row + at);
    const a = v128.load(row + at - pixel);
    const b = v128.load(above + at);
    const c = v128.load(above + at - pixel);
    const average = i8x16.sub(i8x16.avgr_u(a, b), v128.and(v128.xor(a, b), one));
    const sub = i8x16.sub(x, a);
    const up = i8x16.sub(x, b);
    const ave = i8x16.sub(x, average);
    const paeth = i8x16.sub(x, paethPredictor(a, b, c));
    const to = room + at;
    v128.store(to, x);
    v128.store(to + padded, sub);
    v128.store(to + padded * 2, up);
    v128.store(to + padded * 3, ave);
    v128.store(to + padded * 4, paeth);
    sum0 = i32x4.add(sum0, magnitudes(x, mask));
    sum1 = i32x4.add(sum1, magnitudes(sub, mask));
    sum2 = i32x4.add(sum2, magnitudes(up, mask));
    sum3 = i32x4.add(sum3, magnitudes(ave, mask));
    sum4 = i32x4.add(sum4, magnitudes(paeth, mask));
  }
  return smallest(total(sum0), total(sum1), total(sum2), total(sum3), total(sum4));
}

const ramp = memory.data<u8>([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);

function firstBytes(count: i32): v128 {
  return i8x16.lt_u(v128.load(ramp), i8x16.splat(<i8>count));
}

/** Sums of |byte|: -128 becomes 128, read as unsigned. */
function magnitudes(bytes: v128, mask: v128): v128 {
  const absolute = v128.and(i8x16.abs(bytes), mask);
  return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(absolute));
}

function total(sums: v128): i32 {
  const two = i32x4.add(sums, v128.shuffle<i32>(sums, sums, 2, 3, 0, 1));
  return i32x4.extract_lane(two, 0) + i32x4.extract_lane(two, 1);
}

function smallest(none: i32, sub: i32, up: i32, average: i32, paeth: i32): i32 {
  let best = 0;
  let least = none;
  if (sub < least) {
    least = sub;
    best = 1;
  }
  if (up < least) {
    least = up;
    best = 2;
  }
  if (average < least) {
    least = average;
    best = 3;
  }
  return paeth < least ? 4 : best;
}

/** 9.4. */
function paethPredictor(a: v128, b: v128, c: v128): v128 {
  const low = paethEight(
    i16x8.extend_low_i8x16_u(a),
    i16x8.extend_low_i8x16_u(b),
    i16x8.extend_low_i8x16_u(c),
  );
  const high = paethEight(
    i16x8.extend_high_i8x16_u(a),
    i16x8.extend_high_i8x16_u(b),
    i16x8.extend_high_i8x16_u(c),
  );
  return i8x16.narrow_i16x8_u(low, high);
}

/** The same in 16 bits. */
export function paethEight(a: v128, b: v128, c: v128): v128 {
  const fromA = i16x8.sub(b, c);
  const fromB = i16x8.sub(a, c);
  const pa = i16x8.abs(fromA);
  const pb = i16x8.abs(fromB);
  const pc = i16x8.abs(i16x8.add(fromA, fromB));
  const least = i16x8.min_s(pc, i16x8.min_s(pa, pb));
  return v128.bitselect(a, v128.bitselect(b, c, i16x8.eq(least, pb)), i16x8.eq(least, pa));
}

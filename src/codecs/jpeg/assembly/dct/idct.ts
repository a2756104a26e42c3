/**
 * The inverse DCT (T.81 A.3.3), full and reduced. To decode a block to N samples a side (N = 1, 2, 3, 4), its N x N
 * lowest coefficients go through an N-point transform: the block at N / 8 of its size. Samples keep the range -128 to
 * 127, without the level shift of A.3.1, because that is what the encoder needs.
 *
 * Fixed point: cosines have 15 bits, and values between the two passes have 4 more bits than the result.
 */
const BETWEEN: i32 = 4;
const FIRST_SHIFT: i32 = 15 - BETWEEN;
const LAST_SHIFT: i32 = 15 + BETWEEN;

/* cos(k pi / 16) / 2 in 15 bits. C4 is also the factor of DC: 1 / (2 sqrt 2). */
const C1: i32 = 16069;
const C2: i32 = 15137;
const C3: i32 = 13623;
const C4: i32 = 11585;
const C5: i32 = 9102;
const C6: i32 = 6270;
const C7: i32 = 3196;

const between = memory.data(128, 16);

/** Two factors for i32x4.dot_i16x8_s. */
function pair(a: i32, b: i32): v128 {
  return i32x4.splat((b << 16) | (a & 0xffff));
}

function clamp(samples: v128): v128 {
  return i16x8.max_s(i16x8.min_s(samples, i16x8.splat(127)), i16x8.splat(-128));
}

/** 1/8: the DC coefficient is eight times the mean. `count` blocks in a row; may write up to 7 samples more. */
export function inverse1(from: usize, to: usize, count: i32): void {
  for (let i = 0; i < count; i += 8) {
    const dc = v128.load(from);
    // Rounds without overflow: (dc + 4) >> 3.
    const mean = i16x8.add(i16x8.shr_s(dc, 3), v128.and(i16x8.shr_u(dc, 2), i16x8.splat(1)));
    v128.store(to, clamp(mean));
    from += 16;
    to += 16;
  }
}

/** 1/4: the 2-point transform is a sum and a difference. Two blocks at a time; may write one block more. */
export function inverse2(from: usize, to: usize, stride: usize, count: i32): void {
  const round = i32x4.splat(4);
  for (let i = 0; i < count; i += 2) {
    // [u0v0, u0v1, u1v0, u1v1] of two blocks, widened so that damaged files cannot overflow.
    const both = v128.load(from);
    const even = i32x4.shr_s(i32x4.shl(both, 16), 16); // v0: u0 u1 | u0 u1
    const odd = i32x4.shr_s(both, 16); // v1
    const top = i32x4.add(even, odd);
    const bottom = i32x4.sub(even, odd);
    const topSum = halves(top);
    const bottomSum = halves(bottom);
    const rows = i16x8.narrow_i32x4_s(
      i32x4.shr_s(i32x4.add(topSum, round), 3),
      i32x4.shr_s(i32x4.add(bottomSum, round), 3),
    );
    const samples = clamp(rows);
    v128.store64_lane(to, samples, 0);
    v128.store64_lane(to + stride, samples, 1);
    from += 16;
    to += 8;
  }
}

/** [a, b, c, d] to [a + b, a - b, c + d, c - d]. */
function halves(x: v128): v128 {
  const first = v128.shuffle<i32>(x, x, 0, 0, 2, 2);
  const second = v128.shuffle<i32>(x, x, 1, 1, 3, 3);
  const sign = i32x4(0, -1, 0, -1);
  return i32x4.add(first, i32x4.sub(v128.xor(second, sign), sign));
}

/* cos(pi / 6) / 2, cos(pi / 3) / 2 and cos(pi) / 2. */
const C6TH: i32 = 14189;
const C3RD: i32 = 8192;
const CPI: i32 = -16384;

/** 3/8: the 3-point transform, with coefficients laid out as for the 4-point one. May write one sample more a row. */
export function inverse3(from: usize, to: usize, stride: usize): void {
  const outer = pair(C4, C3RD);
  const inner = pair(C4, CPI);
  const slope = pair(C6TH, 0);

  const firstRound = i32x4.splat(1 << (FIRST_SHIFT - 1));
  let p02 = v128.load(from);
  let p13 = v128.load(from, 16);
  let e0 = i32x4.add(i32x4.dot_i16x8_s(p02, outer), firstRound);
  let e1 = i32x4.add(i32x4.dot_i16x8_s(p02, inner), firstRound);
  let o0 = i32x4.dot_i16x8_s(p13, slope);
  // Columns x of the block, lanes v.
  const x01 = i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(e0, o0), FIRST_SHIFT), i32x4.shr_s(e1, FIRST_SHIFT));
  const x2 = i32x4.shr_s(i32x4.sub(e0, o0), FIRST_SHIFT);
  const x23 = i16x8.narrow_i32x4_s(x2, x2);

  p02 = v128.shuffle<i16>(x01, x23, 0, 2, 4, 6, 8, 10, 12, 14);
  p13 = v128.shuffle<i16>(x01, x23, 1, 3, 5, 7, 9, 11, 13, 15);
  const lastRound = i32x4.splat(1 << (LAST_SHIFT - 1));
  e0 = i32x4.add(i32x4.dot_i16x8_s(p02, outer), lastRound);
  e1 = i32x4.add(i32x4.dot_i16x8_s(p02, inner), lastRound);
  o0 = i32x4.dot_i16x8_s(p13, slope);
  const y01 = clamp(
    i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(e0, o0), LAST_SHIFT), i32x4.shr_s(e1, LAST_SHIFT)),
  );
  const y2 = i32x4.shr_s(i32x4.sub(e0, o0), LAST_SHIFT);
  v128.store64_lane(to, y01, 0);
  v128.store64_lane(to + stride, y01, 1);
  v128.store64_lane(to + stride * 2, clamp(i16x8.narrow_i32x4_s(y2, y2)), 0);
}

/** 1/2: the 4-point transform. Its coefficients come in pairs, as dequantise.ts lays them out. */
export function inverse4(from: usize, to: usize, stride: usize): void {
  const evenSum = pair(C4, C4);
  const evenDifference = pair(C4, -C4);
  const oddFirst = pair(C2, C6);
  const oddSecond = pair(C6, -C2);

  let p02 = v128.load(from);
  let p13 = v128.load(from, 16);
  const firstRound = i32x4.splat(1 << (FIRST_SHIFT - 1));
  let e0 = i32x4.add(i32x4.dot_i16x8_s(p02, evenSum), firstRound);
  let e1 = i32x4.add(i32x4.dot_i16x8_s(p02, evenDifference), firstRound);
  let o0 = i32x4.dot_i16x8_s(p13, oddFirst);
  let o1 = i32x4.dot_i16x8_s(p13, oddSecond);
  // Columns x of the block, lanes v.
  const x01 = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(e0, o0), FIRST_SHIFT),
    i32x4.shr_s(i32x4.add(e1, o1), FIRST_SHIFT),
  );
  const x23 = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.sub(e1, o1), FIRST_SHIFT),
    i32x4.shr_s(i32x4.sub(e0, o0), FIRST_SHIFT),
  );

  p02 = v128.shuffle<i16>(x01, x23, 0, 2, 4, 6, 8, 10, 12, 14);
  p13 = v128.shuffle<i16>(x01, x23, 1, 3, 5, 7, 9, 11, 13, 15);
  const lastRound = i32x4.splat(1 << (LAST_SHIFT - 1));
  e0 = i32x4.add(i32x4.dot_i16x8_s(p02, evenSum), lastRound);
  e1 = i32x4.add(i32x4.dot_i16x8_s(p02, evenDifference), lastRound);
  o0 = i32x4.dot_i16x8_s(p13, oddFirst);
  o1 = i32x4.dot_i16x8_s(p13, oddSecond);
  const y01 = clamp(
    i16x8.narrow_i32x4_s(
      i32x4.shr_s(i32x4.add(e0, o0), LAST_SHIFT),
      i32x4.shr_s(i32x4.add(e1, o1), LAST_SHIFT),
    ),
  );
  const y23 = clamp(
    i16x8.narrow_i32x4_s(
      i32x4.shr_s(i32x4.sub(e1, o1), LAST_SHIFT),
      i32x4.shr_s(i32x4.sub(e0, o0), LAST_SHIFT),
    ),
  );
  v128.store64_lane(to, y01, 0);
  v128.store64_lane(to + stride, y01, 1);
  v128.store64_lane(to + stride * 2, y23, 0);
  v128.store64_lane(to + stride * 3, y23, 1);
}

/** The full 8 x 8 transform. */
export function inverse8(from: usize, to: usize, stride: usize): void {
  pass8(from, between, 16, FIRST_SHIFT);
  transpose8(between);
  pass8(between, to, stride, LAST_SHIFT);
}

/** One pass over eight vectors, four lanes at a time. The last pass's results are clamped to samples. */
function pass8(from: usize, to: usize, stride: usize, shift: i32): void {
  const round = i32x4.splat(1 << (shift - 1));
  for (let half: usize = 0; half < 16; half += 8) {
    const p04 = interleave(from + half, from + half + 64);
    const p26 = interleave(from + half + 32, from + half + 96);
    const p13 = interleave(from + half + 16, from + half + 48);
    const p57 = interleave(from + half + 80, from + half + 112);
    const a0 = i32x4.add(i32x4.dot_i16x8_s(p04, pair(C4, C4)), round);
    const a1 = i32x4.add(i32x4.dot_i16x8_s(p04, pair(C4, -C4)), round);
    const b0 = i32x4.dot_i16x8_s(p26, pair(C2, C6));
    const b1 = i32x4.dot_i16x8_s(p26, pair(C6, -C2));
    const o0 = i32x4.add(i32x4.dot_i16x8_s(p13, pair(C1, C3)), i32x4.dot_i16x8_s(p57, pair(C5, C7)));
    const o1 = i32x4.add(i32x4.dot_i16x8_s(p13, pair(C3, -C7)), i32x4.dot_i16x8_s(p57, pair(-C1, -C5)));
    const o2 = i32x4.add(i32x4.dot_i16x8_s(p13, pair(C5, -C1)), i32x4.dot_i16x8_s(p57, pair(C7, C3)));
    const o3 = i32x4.add(i32x4.dot_i16x8_s(p13, pair(C7, -C5)), i32x4.dot_i16x8_s(p57, pair(C3, -C1)));
    const e0 = i32x4.add(a0, b0);
    const e1 = i32x4.add(a1, b1);
    const e2 = i32x4.sub(a1, b1);
    const e3 = i32x4.sub(a0, b0);
    storePair(to + half, stride * 7, i32x4.add(e0, o0), i32x4.sub(e0, o0), shift);
    storePair(to + half + stride, stride * 5, i32x4.add(e1, o1), i32x4.sub(e1, o1), shift);
    storePair(to + half + stride * 2, stride * 3, i32x4.add(e2, o2), i32x4.sub(e2, o2), shift);
    storePair(to + half + stride * 3, stride, i32x4.add(e3, o3), i32x4.sub(e3, o3), shift);
  }
}

/** Four lanes of two vectors, side by side. */
function interleave(a: usize, b: usize): v128 {
  return v128.shuffle<i16>(v128.load64_zero(a), v128.load64_zero(b), 0, 8, 1, 9, 2, 10, 3, 11);
}

/** Four results at `to`, four more `distance` further on. */
function storePair(to: usize, distance: usize, first: v128, second: v128, shift: i32): void {
  let both = i16x8.narrow_i32x4_s(i32x4.shr_s(first, shift), i32x4.shr_s(second, shift));
  if (shift === LAST_SHIFT) both = clamp(both);
  v128.store64_lane(to, both, 0);
  v128.store64_lane(to + distance, both, 1);
}

/** Transposes 8 x 8 values in place. */
export function transpose8(at: usize): void {
  const r0 = v128.load(at);
  const r1 = v128.load(at, 16);
  const r2 = v128.load(at, 32);
  const r3 = v128.load(at, 48);
  const r4 = v128.load(at, 64);
  const r5 = v128.load(at, 80);
  const r6 = v128.load(at, 96);
  const r7 = v128.load(at, 112);
  const a0 = v128.shuffle<i16>(r0, r1, 0, 8, 1, 9, 2, 10, 3, 11);
  const a1 = v128.shuffle<i16>(r0, r1, 4, 12, 5, 13, 6, 14, 7, 15);
  const a2 = v128.shuffle<i16>(r2, r3, 0, 8, 1, 9, 2, 10, 3, 11);
  const a3 = v128.shuffle<i16>(r2, r3, 4, 12, 5, 13, 6, 14, 7, 15);
  const a4 = v128.shuffle<i16>(r4, r5, 0, 8, 1, 9, 2, 10, 3, 11);
  const a5 = v128.shuffle<i16>(r4, r5, 4, 12, 5, 13, 6, 14, 7, 15);
  const a6 = v128.shuffle<i16>(r6, r7, 0, 8, 1, 9, 2, 10, 3, 11);
  const a7 = v128.shuffle<i16>(r6, r7, 4, 12, 5, 13, 6, 14, 7, 15);
  const b0 = v128.shuffle<i32>(a0, a2, 0, 4, 1, 5);
  const b1 = v128.shuffle<i32>(a0, a2, 2, 6, 3, 7);
  const b2 = v128.shuffle<i32>(a1, a3, 0, 4, 1, 5);
  const b3 = v128.shuffle<i32>(a1, a3, 2, 6, 3, 7);
  const b4 = v128.shuffle<i32>(a4, a6, 0, 4, 1, 5);
  const b5 = v128.shuffle<i32>(a4, a6, 2, 6, 3, 7);
  const b6 = v128.shuffle<i32>(a5, a7, 0, 4, 1, 5);
  const b7 = v128.shuffle<i32>(a5, a7, 2, 6, 3, 7);
  v128.store(at, v128.shuffle<i64>(b0, b4, 0, 2));
  v128.store(at, v128.shuffle<i64>(b0, b4, 1, 3), 16);
  v128.store(at, v128.shuffle<i64>(b1, b5, 0, 2), 32);
  v128.store(at, v128.shuffle<i64>(b1, b5, 1, 3), 48);
  v128.store(at, v128.shuffle<i64>(b2, b6, 0, 2), 64);
  v128.store(at, v128.shuffle<i64>(b2, b6, 1, 3), 80);
  v128.store(at, v128.shuffle<i64>(b3, b7, 0, 2), 96);
  v128.store(at, v128.shuffle<i64>(b3, b7, 1, 3), 112);
}

/** The checksum Adler-32 (RFC 1950, 8.2), 16 bytes at a time. */
const BASE: u32 = 65521;

/** The most bytes, of whole vectors, after which no sum exceeds 32 bits. */
const MOST: usize = 5552;

/** Continues the checksum `sums` with `length` bytes. It begins with 1. */
export function adler32(sums: u32, at: usize, length: usize): u32 {
  let a = sums & 0xffff;
  let b = sums >> 16;
  const weightsLow = i16x8(16, 15, 14, 13, 12, 11, 10, 9);
  const weightsHigh = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  while (length >= 16) {
    const bytes = min(length, MOST) & ~15;
    const end = at + bytes;
    let sum = i32x4.splat(0);
    // The sums of `sum` before each vector: each of its bytes counts 16 times more.
    let earlier = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    b += a * <u32>bytes;
    for (; at < end; at += 16) {
      const v = v128.load(at);
      earlier = i32x4.add(earlier, sum);
      sum = i32x4.add(sum, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(v)));
      const low = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(v), weightsLow);
      const high = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(v), weightsHigh);
      weighted = i32x4.add(weighted, i32x4.add(low, high));
    }
    b = (b + total(i32x4.add(weighted, i32x4.shl(earlier, 4)))) % BASE;
    a = (a + total(sum)) % BASE;
    length -= bytes;
  }
  for (const end = at + length; at < end; at++) {
    a += <u32>load<u8>(at);
    b += a;
  }
  return ((b % BASE) << 16) | (a % BASE);
}

function total(sums: v128): u32 {
  const two = i32x4.add(sums, v128.shuffle<i32>(sums, sums, 2, 3, 0, 1));
  return i32x4.extract_lane(two, 0) + i32x4.extract_lane(two, 1);
}

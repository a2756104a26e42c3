/**
 * Where a coefficient goes and what it is multiplied by (T.81 A.3.4), by zig-zag index. Each entry is a u32: the upper
 * half is the byte offset in the block's store, the lower half the quantisation step. An index that the block's size
 * does not need has step 0 and the offset of DC.
 */
import { Component, quantisation } from './format/frame';
import { zigzag } from './format/tables';

export const PLACEMENT_BYTES: usize = 64 * 4;

/** The last zig-zag index that a block of `size` samples a side needs. */
export function lastIndexFor(size: i32): i32 {
  if (size === 1) return 0;
  if (size === 2) return 4;
  if (size === 3) return 12;
  if (size === 4) return 24;
  return 63;
}

/** The position of coefficient (u, v) in the store that the inverse DCT of this size reads. */
function slot(size: i32, u: i32, v: i32): i32 {
  // Two rows of pairs (u, u + 2), so that one multiply-and-add takes both coefficients of a pair.
  if (size === 3 || size === 4) return ((u & 1) << 3) + (v << 1) + (u >> 1);
  // Transposed: the first pass goes along u.
  return u * size + v;
}

/** The size of a block's coefficients in the store. */
export function blockBytesFor(size: i32): usize {
  return size === 3 ? 32 : (<usize>(size * size)) << 1;
}

export function buildPlacement(c: Component, to: usize): void {
  const steps = quantisation + ((<usize>c.tq) << 7);
  memory.fill(to, 0, PLACEMENT_BYTES);
  for (let k = 0; k <= c.lastIndex; k++) {
    const natural = <i32>load<u8>(zigzag + <usize>k);
    const u = natural & 7;
    const v = natural >> 3;
    if (u >= c.size || v >= c.size) continue;
    const step = <u32>load<u16>(steps + ((<usize>k) << 1));
    store<u32>(to + ((<usize>k) << 2), ((<u32>(slot(c.size, u, v) << 1)) << 16) | step);
  }
}

/** Progressive: moves one block's coefficients, kept in zig-zag order until all scans are read, to the store. */
export function dequantiseBlock(c: Component, from: usize, to: usize): void {
  // Downwards, so that DC comes last: unneeded coefficients are written to its place.
  for (let k = c.lastIndex; k >= 0; k--) {
    const place = load<u32>(c.placement + ((<usize>k) << 2));
    store<i16>(
      to + <usize>(place >> 16),
      <i16>(<i32>load<i16>(from + ((<usize>k) << 1)) * <i32>(place & 0xffff)),
    );
  }
}

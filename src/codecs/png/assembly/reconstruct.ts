/**
 * Reconstructs scanlines in place: filter types 0 to 4 of filter method 0 (9.2). Pixels of three and four bytes are
 * processed a pixel at a time, others a byte at a time.
 */
import { paethEight } from './filter';
import { image, scanline } from './format/image';

/** The row assumed above the first scanline. */
let zeros: usize = 0;

export function reconstructFrom(zeroRow: usize): void {
  zeros = zeroRow;
  memory.fill(zeroRow, 0, <usize>image.rowBytes);
}

/** Reconstructs scanline `y`; the ones above it must be done already. Returns false for an invalid filter type. */
export function reconstruct(y: i32): bool {
  const row = scanline(y);
  const above = y === 0 ? zeros : scanline(y - 1);
  const end = row + <usize>image.rowBytes;
  const pixel = <usize>image.pixelBytes;
  const vectors = pixel === 3 || pixel === 4;
  const filterType = load<u8>(row - 1);
  if (filterType === 0) return true;
  if (filterType === 1) {
    if (vectors) subPixels(row, end, pixel);
    else subBytes(row, end, pixel);
  } else if (filterType === 2) {
    up(row, above, end);
  } else if (filterType === 3) {
    if (vectors) averagePixels(row, above, end, pixel);
    else averageBytes(row, above, end, pixel);
  } else if (filterType === 4) {
    if (vectors) paethPixels(row, above, end, pixel);
    else paethBytes(row, above, end, pixel);
  }
  return filterType <= 4;
}

function storePixel(to: usize, bytes: v128, pixel: usize): void {
  if (pixel === 4) {
    v128.store32_lane(to, bytes, 0);
  } else {
    v128.store16_lane(to, bytes, 0);
    v128.store8_lane(to, bytes, 2, 2);
  }
}

function subPixels(row: usize, end: usize, pixel: usize): void {
  let left = i8x16.splat(0);
  for (let at = row; at < end; at += pixel) {
    left = i8x16.add(left, v128.load32_zero(at));
    storePixel(at, left, pixel);
  }
}

function subBytes(row: usize, end: usize, pixel: usize): void {
  for (let at = row + pixel; at < end; at++) store<u8>(at, load<u8>(at) + load<u8>(at - pixel));
}

function up(row: usize, above: usize, end: usize): void {
  let at = row;
  let over = above;
  for (; at + 16 <= end; at += 16, over += 16) {
    v128.store(at, i8x16.add(v128.load(at), v128.load(over)));
  }
  for (; at < end; at++, over++) store<u8>(at, load<u8>(at) + load<u8>(over));
}

function averagePixels(row: usize, above: usize, end: usize, pixel: usize): void {
  const one = i8x16.splat(1);
  let left = i8x16.splat(0);
  for (let at = row, over = above; at < end; at += pixel, over += pixel) {
    const b = v128.load32_zero(over);
    // avgr rounds up, the filter rounds down: they differ if the sum is odd.
    const odd = v128.and(v128.xor(left, b), one);
    left = i8x16.add(i8x16.sub(i8x16.avgr_u(left, b), odd), v128.load32_zero(at));
    storePixel(at, left, pixel);
  }
}

function averageBytes(row: usize, above: usize, end: usize, pixel: usize): void {
  for (let at = row, over = above; at < end; at++, over++) {
    const left = at - row < pixel ? 0 : <u32>load<u8>(at - pixel);
    store<u8>(at, <u8>(<u32>load<u8>(at) + ((left + <u32>load<u8>(over)) >> 1)));
  }
}

/** 9.4, four bytes at a time in 16 bits. */
function paethPixels(row: usize, above: usize, end: usize, pixel: usize): void {
  const bytes = i16x8.splat(255);
  let a = i16x8.splat(0);
  let c = i16x8.splat(0);
  for (let at = row, over = above; at < end; at += pixel, over += pixel) {
    const b = i16x8.extend_low_i8x16_u(v128.load32_zero(over));
    const x = i16x8.extend_low_i8x16_u(v128.load32_zero(at));
    a = v128.and(i16x8.add(paethEight(a, b, c), x), bytes);
    c = b;
    storePixel(at, i8x16.narrow_i16x8_u(a, a), pixel);
  }
}

function paethBytes(row: usize, above: usize, end: usize, pixel: usize): void {
  for (let at = row, over = above; at < end; at++, over++) {
    const first = at - row < pixel;
    const a = first ? 0 : <i32>load<u8>(at - pixel);
    const b = <i32>load<u8>(over);
    const c = first ? 0 : <i32>load<u8>(over - pixel);
    const pa = abs(b - c);
    const pb = abs(a - c);
    const pc = abs(a + b - c - c);
    const predictor = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    store<u8>(at, <u8>(<i32>load<u8>(at) + predictor));
  }
}

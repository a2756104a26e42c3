/** The encoder: baseline sequential DCT (T.81 F.1), 4:2:0 or grey, with the standard tables of K.3. */

import { Plane, plane, Target } from '../../../common/assembly/target';
import { FORWARD_UNIT, forward } from '../dct/fdct';
import { zigzag } from '../format/tables';
import { codesOf, factorsOf, prepareTables, putHeaders } from './encoder-tables';

/** The largest block: 64 coefficients of at most 16 + 11 bits, with every byte stuffed. */
const BLOCK_BYTES: usize = 440;
const HEADER_BYTES: usize = 700;

/** Enough for the file of any ordinary photograph, plus the headers and one MCU; see `encode`. */
export function outputRoom(t: Target): u64 {
  const pixels = <u64>((t.canvasWidth + 15) & -16) * <u64>((t.canvasHeight + 15) & -16);
  return pixels * 3 + <u64>HEADER_BYTES + <u64>BLOCK_BYTES * 6 + 16;
}

const block = memory.data(128, 16);
/** forward() puts coefficient (u, v) at 8 u + v: this maps zig-zag indices to these positions, and back. */
const order = memory.data(64);
const indices = memory.data(64);

let acc: u64 = 0;
let accBits: i32 = 0;
let at: usize = 0;

/** F.1.2.3: writes bits from the top of a byte down, with a zero byte after each 0xFF. */
function flushWord(): void {
  accBits -= 32;
  const word = <u32>(acc >> <u64>accBits);
  // If any byte is 0xFF, write byte by byte.
  if ((word & ~(word + 0x01010101) & 0x80808080) !== 0) {
    for (let shift = 24; shift >= 0; shift -= 8) putByte((word >> shift) & 255);
  } else {
    store<u32>(at, bswap<u32>(word));
    at += 4;
  }
}

function putByte(byte: u32): void {
  store<u8>(at, <u8>byte);
  at++;
  if (byte === 255) {
    store<u8>(at, 0);
    at++;
  }
}

/** Writes at most 27 bits. */
function put(code: u32, bits: i32): void {
  acc = (acc << (<u64>bits)) | <u64>code;
  accBits += bits;
  if (accBits >= 32) flushWord();
}

/** Writes SSSS of F.1.2.1.2 and then the bits of `value`, in one call. */
function putValue(codes: usize, run: i32, value: i32): void {
  const magnitude = value < 0 ? -value : value;
  const size = 32 - <i32>clz<u32>(<u32>magnitude);
  const entry = load<u32>(codes + ((<usize>((run << 4) | size)) << 2));
  const extra = <u32>(value < 0 ? value - 1 : value) & ((1 << size) - 1);
  put(((entry & 0xffff) << size) | extra, <i32>(entry >> 16) + size);
}

/** F.1.2.1 and F.1.2.2. Returns the block's DC, which is the prediction for the next block. */
function putBlock(from: usize, stride: usize, chroma: bool, prediction: i32): i32 {
  forward(from, stride, factorsOf(chroma), block);
  // Limits the rounded extremes: baseline DC coefficients have 11 bits, AC ones 10 (tables F.1, F.2).
  const dc = <i32>load<i16>(block);
  putValue(codesOf(chroma, false), 0, dc - prediction);
  const ac = codesOf(chroma, true);
  let present = presentInOrder();
  let last = 0;
  while (present !== 0) {
    const k = <i32>ctz(present);
    present &= present - 1;
    let run = k - last - 1;
    last = k;
    while (run > 15) {
      const zeros = load<u32>(ac + (0xf0 << 2));
      put(zeros & 0xffff, <i32>(zeros >> 16));
      run -= 16;
    }
    const value = <i32>load<i16>(block + ((<usize>load<u8>(order + <usize>k)) << 1));
    putValue(ac, run, min(max(value, -1023), 1023));
  }
  if (last !== 63) {
    const end = load<u32>(ac);
    put(end & 0xffff, <i32>(end >> 16));
  }
  return dc;
}

/** Bit k is set if the coefficient at zig-zag index k is not zero. DC is left out. */
function presentInOrder(): u64 {
  let there =
    (presentIn(0) | (presentIn(32) << 16) | (presentIn(64) << 32) | (presentIn(96) << 48)) & ~(<u64>1);
  let present: u64 = 0;
  while (there !== 0) {
    present |= (<u64>1) << (<u64>load<u8>(indices + <usize>ctz(there)));
    there &= there - 1;
  }
  return present;
}

/** Sixteen bits, each set if its coefficient is not zero. */
function presentIn(from: usize): u64 {
  const both = i8x16.narrow_i16x8_s(v128.load(block + from), v128.load(block + from, 16));
  return <u64>i8x16.bitmask(i8x16.ne(both, i8x16.splat(0)));
}

/** Encodes target `index`; returns false if the file does not fit into the available room. */
export function encode(t: Target, index: i32, grey: bool): bool {
  prepareTables(t.quality, FORWARD_UNIT);
  for (let k: usize = 0; k < 64; k++) {
    const natural = load<u8>(zigzag + k);
    const transposed = ((natural & 7) << 3) | (natural >> 3);
    store<u8>(order + k, transposed);
    store<u8>(indices + <usize>transposed, <u8>k);
  }
  const limit = t.bytes + <usize>outputRoom(t) - BLOCK_BYTES * 6 - 16;
  at = putHeaders(t.bytes, t.canvasWidth, t.canvasHeight, grey);
  acc = 0;
  accBits = 0;
  let predictionY = 0;
  let predictionB = 0;
  let predictionR = 0;
  const y = plane(index, 0);
  const b = plane(index, 1);
  const r = plane(index, 2);
  const side = grey ? 8 : 16;
  const strideY = (<usize>y.canvasStride) << 1;
  for (let row = 0; row < t.canvasHeight; row += side) {
    for (let column = 0; column < t.canvasWidth; column += side) {
      if (at > limit) return false;
      const from = y.canvas + <usize>row * strideY + ((<usize>column) << 1);
      predictionY = putBlock(from, strideY, false, predictionY);
      if (grey) continue;
      predictionY = putBlock(from + 16, strideY, false, predictionY);
      predictionY = putBlock(from + strideY * 8, strideY, false, predictionY);
      predictionY = putBlock(from + strideY * 8 + 16, strideY, false, predictionY);
      predictionB = putBlock(chromaBlock(b, row, column), (<usize>b.canvasStride) << 1, true, predictionB);
      predictionR = putBlock(chromaBlock(r, row, column), (<usize>r.canvasStride) << 1, true, predictionR);
    }
  }
  finish();
  t.length = <i32>(at - t.bytes);
  return true;
}

function chromaBlock(p: Plane, row: i32, column: i32): usize {
  return p.canvas + ((<usize>(row >> 1) * <usize>p.canvasStride + <usize>(column >> 1)) << 1);
}

/** Fills the last byte with ones (F.1.2.3) and writes EOI. */
function finish(): void {
  const fill = -accBits & 7;
  put((1 << fill) - 1, fill);
  while (accBits > 0) {
    accBits -= 8;
    putByte(<u32>(acc >> <u64>accBits) & 255);
  }
  store<u16>(at, 0xd9ff);
  at += 2;
}

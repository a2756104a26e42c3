/**
 * The entropy-coded segments of one scan (T.81 B.1.1.5), prepared for reading bits: one pass removes stuffed zeros and
 * RST markers and writes the bytes from high addresses to low. In this order a little-endian load of eight bytes has
 * the earliest byte on top, where the next code is looked for.
 */
import { allocate } from '../../../common/assembly/arena';
import { Outcome } from '../format/outcome';

/**
 * Zeros after the last byte. Readers check their bounds at least once an MCU; an MCU has at most 10 blocks (B.2.3) of
 * 64 symbols of at most 31 bits: 2,480 bytes. For a truncated file they read zeros, with the same result on every run.
 */
const PADDING: usize = 4096;

let low: usize = 0;
let high: usize = 0;
let segments: usize = 0;
let segmentRoom: i32 = 0;

/** The number of bytes of the scan, all segments together. */
let length: usize = 0;
let segmentCount: i32 = 0;
/** A reader below this address has read past the end. */
export let lowest: usize = 0;
/** Whether the scan ended in a marker, not at the end of the file. */
let atMarker: bool = false;

@unmanaged
export class BitReader {
  /** The next bits, from the top. Bits below the first `bits` ones may be set; the next refill repeats them. */
  acc: u64;
  bits: u32;
  /** The address of the next load of eight bytes; moves downwards. */
  at: usize;
}
export const reader: BitReader = changetype<BitReader>(memory.data(32));

/** Makes room for scans of at most `bytes` bytes in at most `maxSegments` restart intervals. */
export function prepareEntropy(bytes: i32, maxSegments: i32): bool {
  low = allocate(<u64>bytes + 16 + <u64>PADDING);
  if (low === 0) return false;
  high = low + <usize>bytes + 16 + PADDING;
  segments = allocate((<u64>maxSegments + 1) * 4);
  segmentRoom = maxSegments;
  return segments !== 0;
}

/** Unstuffs the scan that starts at `source`. Returns its end: the marker after it, or `end`. */
export function readEntropy(source: usize, end: usize): usize {
  let to = high;
  let expected: u32 = 0xd0;
  segmentCount = 1;
  atMarker = false;
  store<u32>(segments, 0);
  const ones = i8x16.splat(-1);
  while (source < end) {
    if (source + 16 <= end) {
      const bytes = v128.load(source);
      const found = i8x16.bitmask(i8x16.eq(bytes, ones));
      v128.store(to - 16, i8x16.shuffle(bytes, bytes, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
      // Handled separately, so that the next sixteen bytes need not wait for a possible marker's position.
      if (found === 0) {
        source += 16;
        to -= 16;
        continue;
      }
      const plain = <usize>ctz(found);
      source += plain;
      to -= plain;
    } else if (load<u8>(source) !== 0xff) {
      to--;
      store<u8>(to, load<u8>(source));
      source++;
      continue;
    }
    if (source + 1 >= end) {
      source = end;
      break;
    }
    const code = <u32>load<u8>(source + 1);
    if (code === 0) {
      to--;
      store<u8>(to, 0xff);
      source += 2;
    } else if (code === 0xff) {
      // Skips a fill byte (B.1.1.2).
      source++;
    } else if (code === expected && segmentCount < segmentRoom) {
      store<u32>(segments + ((<usize>segmentCount) << 2), <u32>(high - to));
      segmentCount++;
      expected = 0xd0 | ((expected + 1) & 7);
      source += 2;
    } else {
      atMarker = true;
      break;
    }
  }
  length = high - to;
  lowest = to - 24;
  memory.fill(to - PADDING, 0, PADDING);
  return source;
}

/** Returns where the scan that starts at `source` ends, without reading it. */
export function skipEntropy(source: usize, end: usize): usize {
  const ones = i8x16.splat(-1);
  while (source + 1 < end) {
    if (source + 16 <= end) {
      const found = i8x16.bitmask(i8x16.eq(v128.load(source), ones));
      if (found === 0) {
        source += 16;
        continue;
      }
      source += <usize>ctz(found);
      if (source + 1 >= end) break;
    } else if (load<u8>(source) !== 0xff) {
      source++;
      continue;
    }
    const code = load<u8>(source + 1);
    if (code === 0xff) source++;
    else if (code === 0 || (code >= 0xd0 && code <= 0xd7)) source += 2;
    else return source;
  }
  return end;
}

/** Starts reading restart interval `index`; returns false if the file has no such interval. */
export function startSegment(index: i32): bool {
  if (index >= segmentCount) return false;
  reader.acc = 0;
  reader.bits = 0;
  reader.at = high - 8 - <usize>load<u32>(segments + ((<usize>index) << 2));
  return true;
}

/**
 * Whether the reader is past the whole scan. Noticed only 8 to 24 bytes late; checked once an MCU, so that reading
 * stays within the zeros after the scan. `endSegment` is exact.
 */
export function overrun(): bool {
  return reader.at < lowest;
}

function bitsRead(): u64 {
  return ((<u64>(high - 8 - reader.at)) << 3) - <u64>reader.bits;
}

/** Whether interval `index` was read exactly to its end. */
export function endSegment(index: i32, last: bool): Outcome {
  const end = index + 1 < segmentCount ? <usize>load<u32>(segments + ((<usize>(index + 1)) << 2)) : length;
  const read = <usize>((bitsRead() + 7) >> 3);
  if (read > end) return faultAtEnd(index);
  // Some cameras pad with zero bytes; anything else is coded data that belongs to no block.
  for (let i = read; i < end; i++) if (load<u8>(high - 1 - i) !== 0) return Outcome.CORRUPT_EXTRA_DATA;
  if (last && index + 1 < segmentCount) return Outcome.CORRUPT_RESTART;
  return Outcome.OK;
}

/** The outcome for data that ends early: in the file's last interval it was cut, in an earlier one it is damaged. */
export function faultAtEnd(index: i32): Outcome {
  return index + 1 >= segmentCount ? Outcome.TRUNCATED : Outcome.CORRUPT_RESTART;
}

/** The outcome for a code that does not exist, or a run past the end of a block. */
export function faultInside(index: i32): Outcome {
  const cut = !atMarker && index + 1 >= segmentCount;
  return cut || bitsRead() > (<u64>length) << 3 ? faultAtEnd(index) : Outcome.CORRUPT_CODE;
}

export function endsAtMarker(): bool {
  return atMarker;
}

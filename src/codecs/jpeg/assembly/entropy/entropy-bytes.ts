/**
 * The entropy-coded segments of one scan (T.81 B.1.1.5), prepared for reading bits: one pass removes stuffed zeros and
 * RST markers and writes the bytes from high addresses to low. In this order a little-endian load of eight bytes has
 * the earliest byte on top, where the next code is looked for.
 */
import { allocate } from '../../../common/assembly/arena';

/**
 * Zeros after the last byte. Readers check their bounds at least once an MCU; an MCU has at most 10 blocks (B.2.3) of
 * 64 symbols of at most 31 bits: 2,480 bytes. For a truncated file they read zeros, with the same result on every run.
 */
const PADDING: usize = 4096;
/** Zeros after each segment: what an MCU that ends too early is filled up with, as libjpeg does. */
const GAP: usize = 8;
/** Damage can make markers of data: there is room for some more of them than an undamaged scan has. */
const SPARE_SEGMENTS: i32 = 64;

/** The data between two markers; its places are counted from the scan's start, in bytes. */
@unmanaged
export class Segment {
  start: u32;
  end: u32;
  /** The second byte of the marker before it: RSTm, or one that has no place in a scan. */
  code: i32;
}

let low: usize = 0;
let high: usize = 0;
let segments: usize = 0;
let segmentRoom: i32 = 0;
let segmentCount: i32 = 0;
/** The segment that is read. */
let current: Segment = changetype<Segment>(0);
/** The second byte of the marker that ended the scan; 0 if the file ended before. */
let endCode: i32 = 0;
/** A reader below this address has read past the segment's end. */
export let lowest: usize = 0;

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
  segmentRoom = maxSegments + SPARE_SEGMENTS;
  const room = <u64>bytes + 16 + <u64>PADDING + <u64>segmentRoom * GAP;
  low = allocate(room);
  if (low === 0) return false;
  high = low + <usize>room;
  segments = allocate(<u64>segmentRoom * offsetof<Segment>());
  return segments !== 0;
}

export function segmentAt(index: i32): Segment {
  return changetype<Segment>(segments + <usize>index * offsetof<Segment>());
}

export function segmentsFound(): i32 {
  return segmentCount;
}

/** The second byte of the marker after the scan; 0 if the file ended before one. */
export function markerAfterScan(): i32 {
  return endCode;
}

/**
 * Unstuffs the scan that starts at `source`. Returns its end: the marker after it, or `end`.
 * @param restarts whether the scan has restart markers. Like them, markers that T.81 reserves do not end such a scan.
 */
export function readEntropy(source: usize, end: usize, restarts: bool): usize {
  let to = high;
  endCode = 0;
  segmentCount = 1;
  segmentAt(0).start = 0;
  segmentAt(0).code = 0;
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
    const code = <i32>load<u8>(source + 1);
    if (code === 0) {
      to--;
      store<u8>(to, 0xff);
      source += 2;
    } else if (code === 0xff) {
      // Skips a fill byte (B.1.1.2).
      source++;
    } else if (restarts && segmentCount < segmentRoom && (code < 0xc0 || (code & 0xf8) === 0xd0)) {
      segmentAt(segmentCount - 1).end = <u32>(high - to);
      to -= GAP;
      store<u64>(to, 0);
      segmentAt(segmentCount).start = <u32>(high - to);
      segmentAt(segmentCount).code = code;
      segmentCount++;
      source += 2;
    } else {
      endCode = code;
      break;
    }
  }
  segmentAt(segmentCount - 1).end = <u32>(high - to);
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

/** Starts reading a segment. */
export function openSegment(index: i32): void {
  current = segmentAt(index);
  reader.acc = 0;
  reader.bits = 0;
  reader.at = high - 8 - <usize>current.start;
  lowest = high - <usize>current.end - 24;
}

function bitsRead(): u64 {
  return ((<u64>(high - 8 - reader.at)) << 3) - <u64>reader.bits;
}

/**
 * Whether the reader is past the segment. Noticed only 8 to 24 bytes late, but quickly; checked once an MCU, so that
 * reading stays within the zeros after the scan.
 */
export function overrun(): bool {
  return reader.at < lowest;
}

/** The same exactly: whether a bit was read that the segment does not have. */
export function exhausted(): bool {
  return bitsRead() > (<u64>current.end) << 3;
}

/** Whether a segment holds any byte but zeros, from place `from` on. Some cameras pad with zeros. */
export function holdsData(segment: Segment, from: u32): bool {
  for (let i = from; i < segment.end; i++) if (load<u8>(high - 1 - <usize>i) !== 0) return true;
  return false;
}

/** Whether bytes are left in the segment that are not zero. */
export function leftOver(): bool {
  return holdsData(current, <u32>((bitsRead() + 7) >> 3));
}

/**
 * Whether the bits up to the next whole byte are all alike: ones by T.81 F.1.2.3, zeros by some encoders. If bytes
 * follow, other bits mean that the decoder has lost its place.
 */
export function paddedEvenly(): bool {
  const bits = bitsRead();
  const count = <i32>((8 - (bits & 7)) & 7);
  const ones = (1 << count) - 1;
  const padding = <i32>load<u8>(high - 1 - <usize>(bits >> 3)) & ones;
  return padding === 0 || padding === ones;
}

/** The frame (T.81 B.2.2), its components, and the part of them that the thumbnail shows. */
/** Four are judged, but no thumbnail is made of them. */
export const MAX_COMPONENTS: i32 = 4;

@unmanaged
export class Component {
  id: i32;
  /** Sampling factors H_i and V_i. */
  h: i32;
  v: i32;
  /** Quantisation table destination Tq_i. */
  tq: i32;
  /** x_i and y_i of A.1.1, in samples. */
  width: i32;
  height: i32;
  /** The number of blocks that hold those samples: coded by a non-interleaved scan (A.2.2). */
  blocksWide: i32;
  blocksHigh: i32;
  /** The number of blocks including those that fill up the last MCU: coded by an interleaved scan (A.2.4). */
  paddedWide: i32;
  paddedHigh: i32;

  /** The size that a block is decoded to, in samples a side: 1, 2, 3, 4 or 8. */
  size: i32;
  /** The size of a block's coefficients in the store. */
  blockBytes: usize;
  /** The last zig-zag index that this size needs. */
  lastIndex: i32;
  /** The block columns and rows that the thumbnail shows, the end excluded. */
  firstColumn: i32;
  endColumn: i32;
  firstRow: i32;
  endRow: i32;

  /** One MCU row of coefficients, dequantised, `blockBytes` a block. */
  coefficients: usize;
  /** Progressive: the state of each block after the scans so far; see progressive.ts. */
  history: usize;
  historyBytes: i32;
  /** Progressive: whether `history` holds DC and nothing else. */
  onlyDc: bool;
  /** The zig-zag indices up to `lastIndex`, as bits. */
  keptMask: u64;
  /** Where each zig-zag index goes and what it is multiplied by; see dequantise.ts. */
  placement: usize;
  /** One MCU row of samples. */
  samples: usize;
  sampleStride: i32;

  /** The tables of the current scan. */
  dcTable: usize;
  acTable: usize;
  /** Sequential: the tables for decoding its blocks; see block-tables.ts. */
  tables: usize;
  /** PRED of F.1.1.5.1; sequential: multiplied by its quantisation step. */
  prediction: i32;
  /** Sequential: whether its one scan was read. Progressive: whether its first DC scan was. */
  seen: bool;
  /** The coefficients whose last bit was read, by zig-zag index, as bits. Sequential: all of them or none. */
  whole: u64;
}

@unmanaged
export class Frame {
  progressive: bool;
  width: i32;
  height: i32;
  componentCount: i32;
  maxH: i32;
  maxV: i32;
  mcusWide: i32;
  mcusHigh: i32;
  restartInterval: i32;
  /** Bit i: whether quantisation table i is defined in this image. */
  quantisationTables: i32;
  tolerant: bool;
  /** Decode no pixels, only find out whether they are all there. */
  dry: bool;
  /** Read what the thumbnail does not show as well: something is odd, and whether it is harmless depends on the rest. */
  thorough: bool;
  /** Whether something was passed over that the thumbnail does not show. */
  partial: bool;
  /** Whether a value was out of range: the decoder may have lost its place without noticing. */
  doubtful: bool;
  /** The first fault that was tolerated. */
  fault: i32;
  /** The first damage that does no harm. */
  harmless: i32;
}

export const frame: Frame = changetype<Frame>(memory.data(96));
const components = memory.data(4 * 176);
/** Four tables of 64 values, in zig-zag order as in DQT. */
export const quantisation = memory.data(4 * 64 * 2);

export function component(index: i32): Component {
  return changetype<Component>(components + <usize>index * offsetof<Component>());
}

export function clearFrame(): void {
  memory.fill(changetype<usize>(frame), 0, offsetof<Frame>());
  memory.fill(components, 0, <usize>MAX_COMPONENTS * offsetof<Component>());
}

export function divideUp(a: i32, b: i32): i32 {
  return (a + b - 1) / b;
}

/** The frame (T.81 B.2.2), its components, and what of them the thumbnail shows. */
export const MAX_COMPONENTS: i32 = 3;

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
  /** Blocks that hold those samples: what a non-interleaved scan codes (A.2.2). */
  blocksWide: i32;
  blocksHigh: i32;
  /** Blocks including those that fill up the last MCU: what an interleaved scan codes (A.2.4). */
  paddedWide: i32;
  paddedHigh: i32;

  /** Samples a side that a block is decoded to: 1, 2, 3, 4 or 8. */
  size: i32;
  /** What its coefficients take. */
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
  /** Progressive: what the scans so far have told of each block; see progressive.ts. */
  history: usize;
  historyBytes: i32;
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
  /** Sequential: what its blocks are decoded with; see block-tables.ts. */
  tables: usize;
  /** PRED of F.1.1.5.1; sequential: times its quantisation step. */
  prediction: i32;
  /** Sequential: its one scan was read. Progressive: its first DC scan was. */
  seen: bool;
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
  /** Bit i: quantisation table i is defined in this image. */
  quantisationTables: i32;
  tolerant: bool;
  /** The first fault that was tolerated. */
  warning: i32;
}

export const frame: Frame = changetype<Frame>(memory.data(64));
const components = memory.data(3 * 160);
/** Four tables of 64 values, in zig-zag order as DQT has them. */
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

/** Turns one block row of coefficients into samples, and passes these on to the planes that show them. */

import { plane, targetCount } from '../../common/assembly/target';
import { inverse1, inverse2, inverse3, inverse4, inverse8 } from './dct/idct';
import { Component } from './format/frame';
import { resampleAcross } from './resample';

/** Whether the thumbnail shows any part of this block row. */
export function shows(c: Component, blockRow: i32): bool {
  return blockRow >= c.firstRow && blockRow < c.endRow;
}

/** `line`: the block row's position in `c.coefficients`; `blockRow`: its position in the component. */
export function finishBlockRow(c: Component, index: i32, line: i32, blockRow: i32): void {
  if (!shows(c, blockRow)) return;
  const size = c.size;
  const count = c.endColumn - c.firstColumn;
  const blockBytes = c.blockBytes;
  const stride = (<usize>c.sampleStride) << 1;
  let from = c.coefficients + <usize>(line * c.paddedWide + c.firstColumn) * blockBytes;
  const row = c.samples + <usize>(line * size) * stride;
  let to = row + ((<usize>(c.firstColumn * size)) << 1);
  if (size === 1) {
    inverse1(from, to, count);
  } else if (size === 2) {
    inverse2(from, to, stride, count);
  } else {
    for (let i = 0; i < count; i++) {
      if (size === 3) inverse3(from, to, stride);
      else if (size === 4) inverse4(from, to, stride);
      else inverse8(from, to, stride);
      from += blockBytes;
      to += (<usize>size) << 1;
    }
  }
  for (let j = 0; j < targetCount(); j++) {
    const p = plane(j, index);
    for (let y = 0; y < size; y++) {
      resampleAcross(p, row + <usize>y * stride, blockRow * size + y);
    }
  }
}

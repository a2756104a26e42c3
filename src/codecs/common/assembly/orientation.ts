/** EXIF orientation, 1 to 8. Applied where the image is smallest: between resampling and encoding. */
import { Plane, Target } from './target';

/** Whether the file's x axis becomes the thumbnail's y axis. */
export function swapsAxes(orientation: i32): bool {
  return orientation >= 5;
}

/** Whether the file's x axis runs in the opposite direction to the thumbnail's axis that it becomes. */
export function flipsX(orientation: i32): bool {
  return orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
}

export function flipsY(orientation: i32): bool {
  return orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;
}

/**
 * Puts the small image of one plane into its canvas, oriented, and fills the rest with white, as the sharp path does.
 */
export function place(t: Target, p: Plane, orientation: i32, chroma: bool, halved: bool, mcu: i32): void {
  const wide = p.across.count;
  const high = p.down.count;
  const turnedWide = swapsAxes(orientation) ? high : wide;
  const turnedHigh = swapsAxes(orientation) ? wide : high;
  const canvasWide = halved ? (t.canvasWidth + 1) >> 1 : t.canvasWidth;
  const canvasHigh = halved ? (t.canvasHeight + 1) >> 1 : t.canvasHeight;
  const paddedHigh = (canvasHigh + mcu - 1) & -mcu;
  const canvasStride = (<usize>p.canvasStride) << 1;
  if (turnedWide !== canvasWide || turnedHigh !== canvasHigh) fillWhite(p, paddedHigh, chroma);

  // The distance, in bytes of the small image, of one step along the thumbnail's axes.
  const stepX = flipsX(orientation) ? -2 : 2;
  const stepY = flipsY(orientation) ? -(p.smallStride << 1) : p.smallStride << 1;
  let origin = p.small;
  if (stepX < 0) origin += (<usize>(wide - 1)) << 1;
  if (stepY < 0) origin += (<usize>((high - 1) * p.smallStride)) << 1;
  const right = swapsAxes(orientation) ? stepY : stepX;
  const down = swapsAxes(orientation) ? stepX : stepY;
  let to = p.canvas + <usize>p.offsetY * canvasStride + ((<usize>p.offsetX) << 1);
  for (let y = 0; y < turnedHigh; y++) {
    if (right === 2) {
      memory.copy(to, origin, (<usize>turnedWide) << 1);
    } else {
      let from = origin;
      for (let x = 0; x < turnedWide; x++) {
        store<i16>(to + ((<usize>x) << 1), load<i16>(from));
        from += right;
      }
    }
    origin += down;
    to += canvasStride;
  }
  repeatEdges(p, canvasWide, canvasHigh, paddedHigh);
}

function fillWhite(p: Plane, rows: i32, chroma: bool): void {
  const white = i16x8.splat(chroma ? 0 : 127);
  const bytes = (<usize>(rows * p.canvasStride)) << 1;
  for (let i: usize = 0; i < bytes; i += 16) v128.store(p.canvas + i, white);
}

/** Fills the last MCUs by repeating the last column and row: the cheapest to code (A.2.4 leaves it to the encoder). */
function repeatEdges(p: Plane, wide: i32, high: i32, paddedHigh: i32): void {
  const stride = (<usize>p.canvasStride) << 1;
  let row = p.canvas;
  for (let y = 0; y < high; y++) {
    const last = load<i16>(row + ((<usize>(wide - 1)) << 1));
    for (let x = wide; x < p.canvasStride; x++) store<i16>(row + ((<usize>x) << 1), last);
    row += stride;
  }
  for (let y = high; y < paddedHigh; y++) {
    memory.copy(row, row - stride, stride);
    row += stride;
  }
}

/**
 * The number of chroma samples of the output along one of the file's axes, and the centre of the first one, in pixels
 * of the drawn image. A chroma sample covers two pixels of the canvas, counted from the canvas's own edge: after a
 * flip, or at an odd offset, these pairs do not start at the image's first pixel.
 */
export function chromaCount(offset: i32, length: i32): i32 {
  return ((offset + length + 1) >> 1) - (offset >> 1);
}

export function chromaCentre(offset: i32, length: i32, flipped: bool): f64 {
  const first = 2 * (offset >> 1) + 1 - offset;
  const last = 2 * (((offset + length + 1) >> 1) - 1) + 1 - offset;
  return <f64>(flipped ? length - last : first);
}

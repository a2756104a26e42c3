/** What is asked for: one thumbnail a target. Of JPEG it has three planes (Y, Cb, Cr), of PNG its samples. */
export const MAX_TARGETS: i32 = 8;

@unmanaged
export class Target {
  /** The image drawn, in pixels along the file's own axes (before orientation). */
  width: i32;
  height: i32;
  /** The region of the source it shows, in source pixels. */
  left: f64;
  top: f64;
  spanX: f64;
  spanY: f64;
  /** The thumbnail, after orientation, and where in it the image goes; white around. */
  canvasWidth: i32;
  canvasHeight: i32;
  offsetX: i32;
  offsetY: i32;
  quality: i32;
  /** The JPEG file made. */
  bytes: usize;
  length: i32;
}

/** The weights of one axis: output i is the sum of weights[i * taps + t] * source[starts[i] + t]. */
@unmanaged
export class Axis {
  count: i32;
  taps: i32;
  /** The source samples used, the end excluded. */
  begin: i32;
  end: i32;
  starts: usize;
  weights: usize;
}

@unmanaged
export class Plane {
  across: Axis;
  down: Axis;
  /** Rows of the source resampled across, from `down.begin` on, as 16-bit values with 6 fraction bits. */
  middle: usize;
  middleStride: i32;
  /** The image drawn, along the file's axes. */
  small: usize;
  smallStride: i32;
  /** Where in the canvas, after orientation, in this plane's samples. */
  offsetX: i32;
  offsetY: i32;
  /** The plane the encoder reads, whole MCUs. */
  canvas: usize;
  canvasStride: i32;
}

const targets = memory.data(8 * 96);
const planes = memory.data(8 * 3 * 128);
const axes = memory.data(8 * 3 * 2 * 32);
let count: i32 = 0;

export function targetCount(): i32 {
  return count;
}

export function clearTargets(): void {
  count = 0;
}

export function target(index: i32): Target {
  return changetype<Target>(targets + <usize>index * offsetof<Target>());
}

export function nextTarget(): Target {
  memory.fill(targets + <usize>count * offsetof<Target>(), 0, offsetof<Target>());
  return target(count++);
}

export function plane(targetIndex: i32, componentIndex: i32): Plane {
  const index = <usize>(targetIndex * 3 + componentIndex);
  const at = changetype<Plane>(planes + index * offsetof<Plane>());
  at.across = changetype<Axis>(axes + index * 2 * offsetof<Axis>());
  at.down = changetype<Axis>(axes + (index * 2 + 1) * offsetof<Axis>());
  return at;
}

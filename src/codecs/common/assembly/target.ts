/**
 * The thumbnails to make, one target each. A JPEG target has three planes (Y, Cb, Cr), a PNG target one of all samples.
 */
export const MAX_TARGETS: i32 = 16;

@unmanaged
export class Target {
  /** The size of the drawn image, in pixels along the file's own axes (before orientation). */
  width: i32;
  height: i32;
  /** The region of the source that is drawn, in source pixels. */
  left: f64;
  top: f64;
  spanX: f64;
  spanY: f64;
  /** The thumbnail's size after orientation, and where the image lies in it; the rest is white. */
  canvasWidth: i32;
  canvasHeight: i32;
  offsetX: i32;
  offsetY: i32;
  quality: i32;
  /** Whether it is to be pixels rather than a JPEG file. */
  pixels: bool;
  /** The finished JPEG file. */
  bytes: usize;
  length: i32;
  /** The mean of what it shows, as 0xRRGGBB. */
  colour: i32;
}

/** The weights of one axis: output i is the sum of weights[i * taps + t] * source[starts[i] + t]. */
@unmanaged
export class Axis {
  count: i32;
  taps: i32;
  /** The range of source samples that is used; the end is excluded. */
  begin: i32;
  end: i32;
  starts: usize;
  weights: usize;
}

@unmanaged
export class Plane {
  across: Axis;
  down: Axis;
  /** Source rows from `down.begin` on, resampled across, as 16-bit values with 6 fraction bits. */
  middle: usize;
  middleStride: i32;
  /** The drawn image, along the file's axes. */
  small: usize;
  smallStride: i32;
  /** The image's position in the canvas after orientation, in this plane's samples. */
  offsetX: i32;
  offsetY: i32;
  /** The plane that the encoder reads: whole MCUs. */
  canvas: usize;
  canvasStride: i32;
}

const targets = memory.data(16 * 96);
const planes = memory.data(16 * 3 * 128);
const axes = memory.data(16 * 3 * 2 * 32);
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

/**
 * Adds a target with a region of an image of this size. Returns false if there is no room or the numbers make no sense.
 */
export function placeTarget(
  imageWidth: i32,
  imageHeight: i32,
  width: i32,
  height: i32,
  left: f64,
  top: f64,
  spanX: f64,
  spanY: f64,
  canvasWidth: i32,
  canvasHeight: i32,
  offsetX: i32,
  offsetY: i32,
): bool {
  if (count >= MAX_TARGETS || width < 1 || height < 1 || offsetX < 0 || offsetY < 0) return false;
  if (canvasWidth > 65535 || canvasHeight > 65535) return false;
  const right = <f64>imageWidth + 1e-6;
  const bottom = <f64>imageHeight + 1e-6;
  if (!(left >= 0 && top >= 0 && spanX > 0 && spanY > 0)) return false;
  if (!(left + spanX <= right && top + spanY <= bottom)) return false;
  memory.fill(targets + <usize>count * offsetof<Target>(), 0, offsetof<Target>());
  const t = target(count++);
  t.width = width;
  t.height = height;
  t.left = left;
  t.top = top;
  t.spanX = spanX;
  t.spanY = spanY;
  t.canvasWidth = canvasWidth;
  t.canvasHeight = canvasHeight;
  t.offsetX = offsetX;
  t.offsetY = offsetY;
  return true;
}

/** Whether there are targets, and each image fits its canvas after orientation. `orientation`: EXIF's, 1 to 8. */
export function targetsFit(orientation: i32): bool {
  if (count === 0 || orientation < 1 || orientation > 8) return false;
  const turned = orientation >= 5;
  for (let i = 0; i < count; i++) {
    const t = target(i);
    if (t.offsetX + (turned ? t.height : t.width) > t.canvasWidth) return false;
    if (t.offsetY + (turned ? t.width : t.height) > t.canvasHeight) return false;
  }
  return true;
}

export function plane(targetIndex: i32, componentIndex: i32): Plane {
  const index = <usize>(targetIndex * 3 + componentIndex);
  const at = changetype<Plane>(planes + index * offsetof<Plane>());
  at.across = changetype<Axis>(axes + index * 2 * offsetof<Axis>());
  at.down = changetype<Axis>(axes + (index * 2 + 1) * offsetof<Axis>());
  return at;
}

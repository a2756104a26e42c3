/**
 * Plans the work: for each component the size its blocks are decoded to and which blocks show, for each plane of each
 * target the weights, and the memory for all of it.
 */
import { allocate } from '../../common/assembly/arena';
import { chromaCentre, chromaCount, flipsX, flipsY, swapsAxes } from '../../common/assembly/orientation';
import { Axis, Plane, plane, Target, target, targetCount } from '../../common/assembly/target';
import { buildAxis } from '../../common/assembly/weights';
import { blockBytesFor, lastIndexFor, PLACEMENT_BYTES } from './dequantise';
import { Component, component, divideUp, frame } from './format/frame';
import { Outcome } from './format/outcome';
import { historyBytes } from './progressive-blocks';

const placements = memory.data(4 * 320);

/** Whether a component has half as many samples as the thumbnail has pixels in each direction: JPEG files are 4:2:0. */
export function isHalved(t: Target, index: i32): bool {
  return index > 0 && !t.pixels;
}

/** The samples a side that a component has in an MCU of the thumbnail. */
export function mcuOf(index: i32): i32 {
  return index === 0 && frame.componentCount > 1 ? 16 : 8;
}

export function plan(orientation: i32, reduction: f64): Outcome {
  let taps = 0;
  for (let i = 0; i < frame.componentCount; i++) {
    const c = component(i);
    chooseSize(c, i, reduction);
    c.firstColumn = c.paddedWide;
    c.firstRow = c.paddedHigh;
    c.endColumn = 0;
    c.endRow = 0;
    for (let j = 0; j < targetCount(); j++) {
      // The fourth component is drawn nowhere: the place for the first one's weights is free by then.
      const p = plane(j, i === 3 ? 0 : i);
      if (i === 2 && sampledAlike(c, component(1))) copyAxes(plane(j, 1), p);
      else if (!buildAxes(c, isHalved(target(j), i), target(j), p, orientation))
        return Outcome.REFUSED_MEMORY;
      taps = max(taps, p.across.taps);
      c.firstColumn = min(c.firstColumn, p.across.begin / c.size);
      c.endColumn = max(c.endColumn, divideUp(p.across.end, c.size));
      c.firstRow = min(c.firstRow, p.down.begin / c.size);
      c.endRow = max(c.endRow, divideUp(p.down.end, c.size));
    }
    // Which rows are decoded is settled: to find out whether they are whole, DC is enough.
    if (frame.dry && !frame.progressive) setSize(c, 1);
    c.placement = placements + <usize>i * PLACEMENT_BYTES;
    if (!allocateComponent(c, taps)) return Outcome.REFUSED_MEMORY;
  }
  if (frame.dry) return Outcome.OK;
  for (let j = 0; j < targetCount(); j++) {
    if (!allocateTarget(target(j), j)) return Outcome.REFUSED_MEMORY;
  }
  return Outcome.OK;
}

/** Chooses the smallest size with at least `reduction` source samples per output sample of every target, both ways. */
function chooseSize(c: Component, index: i32, reduction: f64): void {
  let size = 1;
  for (let j = 0; j < targetCount(); j++) {
    const t = target(j);
    // Half as many samples of chroma in each direction, as JPEG files have. Pixels are made of no more, so that what is
    // read of a file, and so how it ends, does not depend on the format.
    const perPixel: f64 = index > 0 ? 0.5 : 1;
    const across = (reduction * perPixel * <f64>t.width) / t.spanX / (<f64>c.h / <f64>frame.maxH);
    const down = (reduction * perPixel * <f64>t.height) / t.spanY / (<f64>c.v / <f64>frame.maxV);
    const most = Math.max(across, down) * 8 - 1e-6;
    while (size < 8 && <f64>size < most) size = size < 4 ? size + 1 : 8;
  }
  setSize(c, size);
}

function setSize(c: Component, size: i32): void {
  c.size = size;
  c.lastIndex = lastIndexFor(size);
  c.blockBytes = blockBytesFor(size);
}

function sampledAlike(a: Component, b: Component): bool {
  return a.h === b.h && a.v === b.v && a.size === b.size;
}

/** Copies the weights of Cb to Cr, which is nearly always sampled alike. */
function copyAxes(from: Plane, to: Plane): void {
  memory.copy(changetype<usize>(to.across), changetype<usize>(from.across), offsetof<Axis>());
  memory.copy(changetype<usize>(to.down), changetype<usize>(from.down), offsetof<Axis>());
  to.offsetX = from.offsetX;
  to.offsetY = from.offsetY;
}

function buildAxes(c: Component, halved: bool, t: Target, p: Plane, orientation: i32): bool {
  const swapped = swapsAxes(orientation);
  const offsetAlongX = swapped ? t.offsetY : t.offsetX;
  const offsetAlongY = swapped ? t.offsetX : t.offsetY;
  p.offsetX = halved ? t.offsetX >> 1 : t.offsetX;
  p.offsetY = halved ? t.offsetY >> 1 : t.offsetY;
  const samplesX = ((<f64>c.h / <f64>frame.maxH) * <f64>c.size) / 8;
  const samplesY = ((<f64>c.v / <f64>frame.maxV) * <f64>c.size) / 8;
  const pixelX = t.spanX / <f64>t.width;
  const pixelY = t.spanY / <f64>t.height;
  const apart: f64 = halved ? 2 : 1;
  const centreX = halved ? chromaCentre(offsetAlongX, t.width, flipsX(orientation)) : 0.5;
  const centreY = halved ? chromaCentre(offsetAlongY, t.height, flipsY(orientation)) : 0.5;
  return (
    buildAxis(
      p.across,
      halved ? chromaCount(offsetAlongX, t.width) : t.width,
      (t.left + centreX * pixelX) * samplesX,
      apart * pixelX * samplesX,
      divideUp(c.width * c.size, 8),
      8,
    ) &&
    buildAxis(
      p.down,
      halved ? chromaCount(offsetAlongY, t.height) : t.height,
      (t.top + centreY * pixelY) * samplesY,
      apart * pixelY * samplesY,
      divideUp(c.height * c.size, 8),
      2,
    )
  );
}

/** `taps`: how far weights of zero may reach past the end of a row. */
function allocateComponent(c: Component, taps: i32): bool {
  c.coefficients = allocate(<u64>(c.v * c.paddedWide) * <u64>c.blockBytes + 32);
  c.sampleStride = c.paddedWide * c.size + 8;
  c.samples = allocate((<u64>(c.v * c.size) * <u64>c.sampleStride + <u64>taps + 8) * 2);
  if (frame.progressive) {
    c.onlyDc = c.size === 1 && !frame.thorough;
    c.historyBytes = historyBytes(c);
    c.keptMask = u64.MAX_VALUE >> <u64>(63 - c.lastIndex);
    const bytes = <u64>c.paddedWide * <u64>c.paddedHigh * <u64>c.historyBytes;
    c.history = allocate(bytes);
    if (c.history === 0) return false;
    memory.fill(c.history, 0, <usize>bytes);
  }
  return c.coefficients !== 0 && c.samples !== 0;
}

function allocateTarget(t: Target, index: i32): bool {
  for (let i = 0; i < frame.componentCount; i++) {
    const p = plane(index, i);
    const stride = (p.across.count + 7) & -8;
    p.middleStride = stride;
    p.smallStride = stride;
    // Weights of zero for the last rows reach past the end.
    const rows = <u64>(p.down.end - p.down.begin + p.down.taps);
    p.middle = allocate(rows * <u64>stride * 2);
    p.small = allocate(<u64>p.down.count * <u64>stride * 2);
    const mcu = mcuOf(i);
    const wide = isHalved(t, i) ? (t.canvasWidth + 1) >> 1 : t.canvasWidth;
    const high = isHalved(t, i) ? (t.canvasHeight + 1) >> 1 : t.canvasHeight;
    p.canvasStride = (wide + mcu - 1) & -mcu;
    p.canvas = allocate(<u64>p.canvasStride * <u64>((high + mcu - 1) & -mcu) * 2);
    if (p.middle === 0 || p.small === 0 || p.canvas === 0) return false;
  }
  return true;
}

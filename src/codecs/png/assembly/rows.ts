/**
 * Turns scanlines into small images while the scanlines are reconstructed: an output row is made as soon as the last
 * row under its weights is there. The samples of the last rows are kept in a ring; bytes that are resampled directly
 * need none.
 */
import { allocate } from '../../common/assembly/arena';
import { Plane, plane, target, targetCount } from '../../common/assembly/target';
import { buildAxis } from '../../common/assembly/weights';
import { image, isDirect, scanline } from './format/image';
import { Outcome } from './format/outcome';
import { reconstruct, reconstructFrom } from './reconstruct';
import { across, downBytes, downSamples } from './resample';
import { prepareTable, toSamples } from './samples';

let ring: usize = 0;
let ringRows: i32 = 0;
let ringStride: usize = 0;
/** Addresses of the rows under one output row's weights. */
let addresses: usize = 0;
/** One output row after resampling down. */
let middle: usize = 0;
/** The next output row of each target. */
const nextRows = memory.data(8 * 4);

/** Weights and memory for every target. */
export function planRows(): Outcome {
  let tapsDown = 0;
  let middleSamples: u64 = 0;
  for (let j = 0; j < targetCount(); j++) {
    const t = target(j);
    const p = plane(j, 0);
    const pixelX = t.spanX / <f64>t.width;
    const pixelY = t.spanY / <f64>t.height;
    const planned =
      buildAxis(p.across, t.width, t.left + 0.5 * pixelX, pixelX, image.width, 8) &&
      buildAxis(p.down, t.height, t.top + 0.5 * pixelY, pixelY, image.height, 2);
    if (!planned) return Outcome.REFUSED_MEMORY;
    p.small = allocate(<u64>t.width * <u64>t.height * 8);
    if (p.small === 0) return Outcome.REFUSED_MEMORY;
    tapsDown = max(tapsDown, p.down.taps);
    // Weights of zero reach past the last column.
    const columns = p.across.end - p.across.begin + p.across.taps;
    middleSamples = max(middleSamples, <u64>columns * <u64>image.channels);
    store<i32>(nextRows + ((<usize>j) << 2), 0);
  }
  addresses = allocate(<u64>tapsDown * 4);
  middle = allocate((middleSamples + 16) * 2);
  const zeroRow = allocate(<u64>image.rowBytes + 16);
  if (addresses === 0 || middle === 0 || zeroRow === 0) return Outcome.REFUSED_MEMORY;
  reconstructFrom(zeroRow);
  if (isDirect()) return Outcome.OK;
  ringRows = min(tapsDown, image.height);
  ringStride = (<usize>image.width * <usize>image.channels + 8) << 1;
  ring = allocate(<u64>ringRows * <u64>ringStride);
  return ring === 0 ? Outcome.REFUSED_MEMORY : Outcome.OK;
}

/** Reads the scanlines that are shown, and makes every target's small image from them. */
export function resampleRows(): Outcome {
  const direct = isDirect();
  let end = 0;
  for (let j = 0; j < targetCount(); j++) end = max(end, plane(j, 0).down.end);
  if (!direct) prepareTable();
  for (let y = 0; y < end; y++) {
    if (!reconstruct(y)) return Outcome.DAMAGED_FILTER_TYPE;
    if (!direct) toSamples(y, rowAddress(y, false));
    for (let j = 0; j < targetCount(); j++) makeRows(j, y + 1, end, direct);
  }
  return Outcome.OK;
}

function rowAddress(y: i32, direct: bool): usize {
  return direct ? scanline(y) : ring + <usize>(y % ringRows) * ringStride;
}

/** Makes all of a target's rows that need no scanline from `ready` on. */
function makeRows(index: i32, ready: i32, end: i32, direct: bool): void {
  const p = plane(index, 0);
  const axis = p.down;
  const next = nextRows + ((<usize>index) << 2);
  let i = load<i32>(next);
  for (; i < axis.count; i++) {
    const start = load<i32>(axis.starts + ((<usize>i) << 2));
    if (min(start + axis.taps, end) > ready) break;
    for (let t = 0; t < axis.taps; t++) {
      // Weights past the end are zero.
      store<u32>(addresses + ((<usize>t) << 2), <u32>rowAddress(min(start + t, end - 1), direct));
    }
    makeRow(p, i, direct);
  }
  store<i32>(next, i);
}

function makeRow(p: Plane, i: i32, direct: bool): void {
  const columns = p.across;
  const weights = p.down.weights + ((<usize>i * <usize>p.down.taps) << 1);
  const first = <usize>columns.begin * <usize>image.channels;
  const end = <usize>columns.end * <usize>image.channels;
  if (direct) downBytes(addresses, weights, p.down.taps, first, end, middle);
  else downSamples(addresses, weights, p.down.taps, first << 1, end << 1, middle);
  across(columns, middle, image.channels, p.small + ((<usize>i * <usize>columns.count) << 3));
}

/**
 * The weights for resampling along one axis: a cubic (Keys, a = -3/4), widened in proportion to the reduction so that
 * it also removes frequencies that the output cannot show. Weights have 14 bits and add up to exactly 1. Measured
 * against a full decode scaled by Lanczos 3, -3/4 has half the difference that the usual -1/2 has; -0.9 gains hardly
 * anything more, and rings.
 */
import { allocate } from './arena';
import { Axis } from './target';

export const WEIGHT_BITS: i32 = 14;

function cubic(x: f64): f64 {
  const t = Math.abs(x);
  if (t < 1) return (1.25 * t - 2.25) * t * t + 1;
  if (t < 2) return ((-0.75 * t + 3.75) * t - 6) * t + 3;
  return 0;
}

/**
 * Output i lies at `first + i * step` in the source, where sample j covers j to j + 1. `limit` is the number of source
 * samples; the number of taps is rounded up to a multiple of `multiple`. Returns false if there is no room.
 */
export function buildAxis(axis: Axis, count: i32, first: f64, step: f64, limit: i32, multiple: i32): bool {
  const scale = Math.max(step, 1);
  const support = 2 * scale;
  const most = <i32>Math.ceil(2 * support) + 1;
  const taps = (most + multiple - 1) & -multiple;
  axis.count = count;
  axis.taps = taps;
  axis.starts = allocate(<u64>count * 4);
  axis.weights = allocate(<u64>count * <u64>taps * 2);
  const exact = allocate(<u64>taps * 8);
  if (axis.starts === 0 || axis.weights === 0 || exact === 0) return false;
  axis.begin = limit;
  axis.end = 0;
  for (let i = 0; i < count; i++) {
    const centre = first + <f64>i * step;
    // At least one sample, even if the centre lies exactly on the edge.
    const from = min(max(<i32>Math.floor(centre - support + 0.5), 0), limit - 1);
    const end = max(min(<i32>Math.floor(centre + support + 0.5), limit), from + 1);
    const weights = axis.weights + <usize>i * <usize>taps * 2;
    store<i32>(axis.starts + ((<usize>i) << 2), from);
    axis.begin = min(axis.begin, from);
    axis.end = max(axis.end, end);
    putWeights(weights, exact, taps, min(end - from, taps), <f64>from + 0.5 - centre, scale);
  }
  return true;
}

function putWeights(to: usize, exact: usize, taps: i32, used: i32, distance: f64, scale: f64): void {
  const apart = 1 / scale;
  let sum: f64 = 0;
  for (let t = 0; t < used; t++) {
    const weight = cubic((distance + <f64>t) * apart);
    store<f64>(exact + ((<usize>t) << 3), weight);
    sum += weight;
  }
  // If all weights are zero (a single sample, outside the filter's reach), that sample gets the whole weight.
  const alone = sum < 1e-9;
  const factor = alone ? 0 : <f64>(1 << WEIGHT_BITS) / sum;
  let left = 1 << WEIGHT_BITS;
  let largest = 0;
  let most = -1;
  for (let t = 0; t < taps; t++) {
    const weight = t < used ? <i32>Math.floor(load<f64>(exact + ((<usize>t) << 3)) * factor + 0.5) : 0;
    store<i16>(to + ((<usize>t) << 1), <i16>weight);
    left -= weight;
    if (weight > most) {
      most = weight;
      largest = t;
    }
  }
  store<i16>(to + ((<usize>largest) << 1), <i16>(<i32>load<i16>(to + ((<usize>largest) << 1)) + left));
}

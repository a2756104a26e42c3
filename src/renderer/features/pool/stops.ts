/**
 * The places of the slider: every size while each one more matters, then in steps that grow with the size, up
 * to the ceiling. A linear slider of 128 would give the sizes that matter most a few pixels.
 */
export function stopsUpTo(ceiling: number): number[] {
  const stops: number[] = [];
  for (let size = 1; size < ceiling; size += stepAt(size)) stops.push(size);
  return [...stops, ceiling];
}

function stepAt(size: number): number {
  if (size < 16) return 1;
  return 2 ** (Math.floor(Math.log2(size)) - 3);
}

/** The stop at a size or, where the size was typed and has none, the nearest. */
export function stopNearest(stops: readonly number[], size: number): number {
  let best = 0;
  for (const [at, stop] of stops.entries()) {
    if (Math.abs(stop - size) < Math.abs((stops[best] ?? 0) - size)) best = at;
  }
  return best;
}

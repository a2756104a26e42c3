/**
 * The slider's stops: every size at first, then in steps that grow with the size, up to the ceiling. On a linear slider
 * of 128, the small sizes, which matter most, would be a few pixels apart.
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

/** The stop of a size; for a typed size without a stop, the nearest one. */
export function stopNearest(stops: readonly number[], size: number): number {
  let best = 0;
  for (const [at, stop] of stops.entries()) {
    if (Math.abs(stop - size) < Math.abs((stops[best] ?? 0) - size)) best = at;
  }
  return best;
}

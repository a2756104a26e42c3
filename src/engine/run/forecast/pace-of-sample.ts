/** How a run went on from one moment to the next. */
export interface Pace {
  /** When the first half of the items had ended, in milliseconds since the start. */
  readonly halfMs: number;
  readonly halfItems: number;
  /** Items a millisecond from then on. */
  readonly perMs: number;
}

/** Of fewer items the second half says too little. */
const leastItems = 8;

/**
 * The pace that a run has found, from when its first items ended. Only the second half of them counts as its pace: the
 * first is slower, because threads start, code gets warm, and hosts are first asked carefully.
 * @param endedMs when items ended, in milliseconds since the start, in order.
 * @returns undefined if there are too few to tell.
 */
export function paceOf(endedMs: readonly number[]): Pace | undefined {
  const items = endedMs.length;
  if (items < leastItems) return undefined;
  const halfItems = Math.floor(items / 2);
  const halfMs = endedMs[halfItems - 1] ?? 0;
  const lastMs = endedMs[items - 1] ?? 0;
  // Items that ended together, as a batch does, are one moment.
  if (lastMs <= halfMs) return undefined;
  return { halfMs, halfItems, perMs: (items - halfItems) / (lastMs - halfMs) };
}

/** When so many items will have ended, in milliseconds since the start. */
export function endOf({ halfMs, halfItems, perMs }: Pace, items: number): number {
  return halfMs + Math.max(0, items - halfItems) / perMs;
}

import type { Lane, Place } from './lane.ts';

/** How many places have something to do. */
export function busyPlaces(lanes: Iterable<Lane<unknown>>): number {
  let busy = 0;
  for (const { places } of lanes) for (const { chunks } of places) if (chunks.length > 0) busy += 1;
  return busy;
}

/** How many places the workers have that are starting. */
export function startingPlaces(lanes: Iterable<Lane<unknown>>): number {
  let starting = 0;
  for (const { isReady, places } of lanes) if (!isReady) starting += places.length;
  return starting;
}

/** A place with nothing to do, at the worker with the least; and how many such places there are. */
export function idlestPlace<Entry>(
  lanes: Iterable<Lane<Entry>>,
  mayTake: (lane: Lane<Entry>) => boolean,
): { readonly place: Place<Entry> | undefined; readonly count: number } {
  let place: Place<Entry> | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  let count = 0;
  for (const lane of lanes) {
    if (!lane.isReady || !mayTake(lane)) continue;
    const idle = lane.places.filter(({ chunks }) => chunks.length === 0);
    count += idle.length;
    const held = lane.places.length - idle.length;
    if (idle.length === 0 || held >= fewest) continue;
    fewest = held;
    place = idle[0];
  }
  return { place, count };
}

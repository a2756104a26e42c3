/** The size that a thumbnail is fitted to, in pixels. */
export interface Box {
  /** The most pixels from left to right, or exactly so many: by the fit. */
  readonly width: number;
  /** The most pixels from top to bottom, likewise. */
  readonly height: number;
}

/**
 * All sizes of a recipe, in the order in which they were asked for.
 * Kept apart from the recipe's schema, because workers need it, and each worker would have to load zod.
 */
export function boxesOf({
  box,
  furtherBoxes,
}: {
  readonly box: Box;
  readonly furtherBoxes: readonly Box[];
}): Box[] {
  return [box, ...furtherBoxes];
}

/** How many different sizes there are. */
export function distinctBoxes(boxes: readonly Box[]): number {
  return new Set(boxes.map(({ width, height }) => `${width}x${height}`)).size;
}

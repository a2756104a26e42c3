import { z } from 'zod';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const minimum = { width: 640, height: 480 };
const usual = { width: 1180, height: 780 };

export const placeSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) }).optional(),
  maximized: z.boolean().default(false),
});
export type Place = z.infer<typeof placeSchema>;

/** How much of the window must be on a display, in pixels, so that a person can drag it. */
const grip = { width: 120, height: 40 };

/**
 * Where to open the window: at its remembered place if that is still reachable (displays get unplugged), otherwise with
 * the usual size where the system puts it. Never larger than its display.
 */
export function placeToOpen(
  remembered: Place,
  workAreas: readonly Rectangle[],
): Partial<Rectangle> & typeof usual {
  const { bounds } = remembered;
  if (bounds === undefined) return fitted(usual, workAreas[0]);
  const area = workAreas.find((candidate) => {
    const width = overlap(bounds.x, bounds.width, candidate.x, candidate.width);
    const height = overlap(bounds.y, bounds.height, candidate.y, candidate.height);
    return width >= grip.width && height >= grip.height && bounds.y >= candidate.y - grip.height;
  });
  if (area === undefined) return fitted(usual, workAreas[0]);
  return { x: bounds.x, y: bounds.y, ...fitted(bounds, area) };
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}

function fitted(size: { width: number; height: number }, area: Rectangle | undefined): typeof usual {
  const width = Math.max(minimum.width, size.width);
  const height = Math.max(minimum.height, size.height);
  if (area === undefined) return { width, height };
  return { width: Math.min(width, area.width), height: Math.min(height, area.height) };
}

import type { ItemResult } from '../../shared/result.ts';
import type { TurnMeasure } from '../pool/automatic/window-meter.ts';

/** How a job's turn in flight ended. */
export type Turn = (
  | { readonly kind: 'ended'; readonly results: readonly ItemResult[] }
  /** The job comes back: after a delay, or at once if that is undefined. */
  | { readonly kind: 'again'; readonly delayMs?: number }
) & {
  /** Whether somebody had too much to do for it: an automatic pool size falls. */
  readonly isOverload?: boolean;
};

/** So many bytes take about as long as all else about an item: a header, a request, a file that is opened. */
const bytesOfAnItem = 64 * 1024;

/**
 * What a turn did, for an automatic pool size. Counted in items and bytes, not in items alone: a slot that makes one
 * thumbnail of 12 megapixels does no less than one that makes thirty of small files in the same time. Pixels would say
 * the same of images and nothing of other files.
 */
export function measureOfTurn(turn: Turn): TurnMeasure {
  const { isOverload = false } = turn;
  if (turn.kind === 'again' || isOverload) return { items: 0, work: 0, isOverload };
  let work = 0;
  for (const { status, bytesIn = 0 } of turn.results)
    if (status !== 'cancelled') work += 1 + bytesIn / bytesOfAnItem;
  return { items: turn.results.length, work, isOverload };
}

import type { TurnMeasure } from '../pool/automatic/window-meter.ts';
import type { Turn } from './drive-run.ts';

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

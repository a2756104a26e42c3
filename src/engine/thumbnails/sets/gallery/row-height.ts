import type { SetOfPictures } from '../set-of-pictures.ts';
import { largestOf } from './cell.ts';

/** So many pictures tell how large those of the set are. */
const looksAt = 500;
const most = 220;
const least = 32;

/**
 * How high a row is to be, in pixels: no higher than most pictures are, less what a row grows by to be filled, so that a set
 * of small thumbnails is not blown up.
 */
export async function rowHeightOf(set: SetOfPictures): Promise<number> {
  const heights: number[] = [];
  for await (const entry of set.entries()) {
    heights.push(largestOf(entry)?.height ?? most);
    if (heights.length === looksAt) break;
  }
  heights.sort((one, other) => one - other);
  const usual = heights[Math.floor(heights.length * 0.4)] ?? most;
  return Math.max(least, Math.min(most, Math.round(usual * 0.9)));
}

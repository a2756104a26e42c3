import { hash64 } from '../../../shared/hash64.ts';

/** Items are counted in so many groups before they get their buckets: an array of numbers, however many hosts there are. */
export const groupCount = 2 ** 20;

/**
 * The group of what belongs together: a host, a folder, or the text of an item. What has the same hash gets into the
 * same bucket, so that a host is asked by one worker only.
 */
export function groupOf(text: string): number {
  return hash64(text)[0] >>> 12;
}

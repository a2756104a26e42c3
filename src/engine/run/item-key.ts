import type { ItemResult } from '../../shared/result.ts';

/**
 * Tells an item of a run from all others: a list may name a URL several times, with other digests or names. Of most items
 * it is the input itself.
 */
export function itemKey(input: string, listed?: ItemResult['listed']): string {
  if (listed === undefined) return input;
  const { name = null, sha256 = null, md5 = null } = listed;
  return `${input}\n${JSON.stringify([name, sha256, md5])}`;
}

import type { FetchRequest } from '../../shared/requests.ts';
import type { Summary } from '../../shared/result.ts';
import type { RunOptions } from '../run/run-options.ts';

/**
 * Fetches URLs to files, and makes their thumbnails where asked. Lists, hosts and all that belongs to them are loaded
 * by the first call: who makes thumbnails of folders does not wait for it.
 * @returns the totals; each item is told to `options.onResult` as it ends.
 * @throws UsageError when nothing could start: no such list, no place for the files.
 */
export async function runFetches(request: FetchRequest, options: RunOptions = {}): Promise<Summary> {
  const loaded = await import('./run-fetches.ts');
  return loaded.runFetches(request, options);
}

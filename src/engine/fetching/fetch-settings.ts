import { readFileSync } from 'node:fs';
import { UsageError } from '../../shared/failure.ts';
import type { FetchRequest } from '../../shared/run-request.ts';
import { Bandwidth } from '../tasks/fetch/bandwidth.ts';
import type { FetchSettings } from '../tasks/fetch/protocol.ts';
import { proxyFault } from '../tasks/fetch/proxy-environment.ts';

/** Says who asks; a site's owner who minds can find out what it is. The first word is the name for robots.txt. */
export const defaultUserAgent = 'Shoal/0.1 (bulk image fetcher)';

/**
 * What the workers need to know of a request.
 * @throws UsageError for a cookie or certificate file that cannot be read.
 */
export function fetchSettings(
  request: FetchRequest,
  folder: string,
  thumbnailsTo: string | undefined,
  ceiling: number,
): FetchSettings {
  const { recipe, access } = request;
  const proxyProblem = proxyFault();
  if (proxyProblem !== undefined) throw new UsageError(proxyProblem);
  return {
    folder,
    ceiling,
    keep: recipe.thumbnail && !recipe.originals ? 'memory' : 'file',
    // Which file a duplicate's thumbnail is made of is known only once it has been compared with the others.
    thumbnails:
      recipe.thumbnail && thumbnailsTo !== undefined && recipe.dedupe === 'off'
        ? { recipe: recipe.thumbnail, folder: thumbnailsTo }
        : undefined,
    timeoutMs: recipe.timeout * 1_000,
    minSpeed: recipe.minSpeed,
    maxBytes: recipe.maxBytes,
    maxRedirects: recipe.maxRedirects,
    userAgent: recipe.userAgent ?? defaultUserAgent,
    headers: recipe.headers,
    privateAddresses: recipe.privateAddresses,
    noai: recipe.respect.includes('noai'),
    user: access.user,
    password: access.password,
    cookies: access.cookieFile && textOf(access.cookieFile, 'cookie file'),
    ca: access.caFile && textOf(access.caFile, 'file of certificate authorities'),
    bandwidth:
      recipe.bandwidth === undefined
        ? undefined
        : { bytesPerSecond: recipe.bandwidth, clock: Bandwidth.clock() },
  };
}

function textOf(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`Cannot read the ${what} ${path}: ${reason}`, { cause });
  }
}

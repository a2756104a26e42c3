import { UsageError } from '../../shared/failure.ts';
import type { FetchRequest } from '../../shared/requests.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import type { LiveLimits } from '../run/limits/live-limits.ts';
import type { RunOptions } from '../run/run-options.ts';
import { certificateText, cookieText } from './access-files.ts';
import { hostRulesOf } from './hosts-file.ts';
import { noteKey } from './note-key.ts';
import { Bandwidth } from './protocol/bandwidth.ts';
import { MemoryBudget } from './protocol/memory-budget.ts';
import type { WorkerSettings } from './protocol/protocol.ts';
import { Proxies } from './protocol/proxies.ts';

/** The part of the memory for bodies that a run has where others are on beside it, eight at most, most of which need little. */
const partWhereShared = 1 / 4;

/** Identifies Shoal to site owners, who can find out what it is. The first word is its name in robots.txt. */
const defaultUserAgent = 'Shoal/0.1 (bulk image fetcher)';

/**
 * The part of a request that the workers need.
 * @throws UsageError for an invalid proxy, cookie file or file of certificates.
 */
export function workerSettings(
  request: FetchRequest,
  folder: string,
  thumbnailsTo: string | undefined,
  { ceiling, shared }: LivePoolSize,
  { limits, onWarning = () => {} }: Pick<RunOptions, 'limits' | 'onWarning'> = {},
): WorkerSettings {
  const { recipe, access, durable } = request;
  const { thumbnail, ...asItIs } = recipe;
  const proxyProblem = new Proxies(access.proxy).fault();
  if (proxyProblem !== undefined) throw new UsageError(proxyProblem);
  return {
    ...asItIs,
    folder,
    noteKey: noteKey(),
    durable,
    ceiling,
    keep: thumbnail && !recipe.originals ? 'memory' : 'file',
    memory: MemoryBudget.open(shared ? partWhereShared : 1),
    // With deduplication, the file that a thumbnail is made of is known only after comparing it with the others.
    thumbnails:
      thumbnail && thumbnailsTo !== undefined && recipe.dedupe === 'off'
        ? { recipe: thumbnail, folder: thumbnailsTo, durable }
        : undefined,
    timeoutMs: recipe.timeout * 1_000,
    userAgent: recipe.userAgent ?? defaultUserAgent,
    user: access.user,
    password: access.password,
    cookies: access.cookieFile && cookieText(access.cookieFile, onWarning),
    proxy: access.proxy,
    hosts: access.hostsFile === undefined ? undefined : hostRulesOf(access.hostsFile),
    ca: access.caFile && certificateText(access.caFile),
    bandwidth: bandwidthOf(limits, recipe.bandwidth),
  };
}

/** Runs with the same limits take from one bandwidth: they are parts of one. */
const bandwidths = new WeakMap<LiveLimits, WorkerSettings['bandwidth']>();

function bandwidthOf(
  limits: LiveLimits | undefined,
  bytesPerSecond: number | undefined,
): WorkerSettings['bandwidth'] {
  if (!limits) return bytesPerSecond === undefined ? undefined : Bandwidth.shared(bytesPerSecond);
  const bandwidth = bandwidths.get(limits) ?? Bandwidth.shared(bytesPerSecond);
  bandwidths.set(limits, bandwidth);
  return bandwidth;
}

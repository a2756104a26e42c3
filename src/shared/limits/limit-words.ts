import { fetchSettings } from '../settings/fetch-settings.ts';
import type { Limit } from './limit.ts';
import type { LimitChange } from './limit-change.ts';
import { bytes, percent, processorUse, time } from './limit-units.ts';

/** Who or what limits a run, for the beginning of a line: facts follow. */
export function limitLead(limit: Limit): string {
  switch (limit.kind) {
    case 'processor':
      return 'The processor limits this run:';
    case 'disk':
      return 'The disk limits this run:';
    case 'memory':
      return 'Memory limits this run:';
    case 'host-limit':
      return limit.host === undefined
        ? 'The number for each host limits this run:'
        : `${limit.host} limits this run:`;
    case 'host-answers':
    case 'refusals':
    case 'gap':
      return `${limit.host} limits this run:`;
    case 'network':
      return 'The network limits this run:';
    case 'bandwidth':
      return 'The bandwidth that you allow limits this run:';
    case 'pool':
      return 'The pool size limits this run:';
    case 'reader':
      return 'Reading the list or folder limits this run:';
  }
}

/** What was measured of it, in a few words. @param left how many items are left at its host, where that is known. */
export function limitFacts(limit: Limit, left?: number): string {
  const there = left === undefined ? '' : `${left.toLocaleString('en')} left there, `;
  switch (limit.kind) {
    case 'processor':
      if (limit.thread !== undefined) return 'one of its threads is always busy.';
      return processorUse(limit);
    case 'disk':
      return `reading and writing take ${percent(limit.share)} of the time.`;
    case 'memory':
      return `${percent(limit.share)} of the files found no room in it.`;
    case 'host-limit': {
      const firstByte = limit.ms === undefined ? '' : `, ${seconds(limit.ms)} to the first byte`;
      return `${there}${limit.atOnce} at once${firstByte}.`;
    }
    case 'host-answers':
      return `${there}${seconds(limit.ms)} to the first byte, and ${seconds(limit.fastestMs)} when asked for little.`;
    case 'refusals':
      return `${there}it turns requests away and gets what it bears, ${limit.perSecond}/s.`;
    case 'gap':
      return `${there}it is asked once in ${time(limit.gapMs)}.`;
    case 'network':
      return `${bytes(limit.bytesPerSecond)}/s come.`;
    case 'bandwidth':
      return `${bytes(limit.bytesPerSecond)}/s come of ${bytes(limit.limit)}/s.`;
    case 'pool':
      return `${limit.poolSize === 1 ? 'its only place is' : `its ${limit.poolSize} places are`} always taken.`;
    case 'reader':
      return `for ${percent(limit.share)} of the time there was nothing to begin.`;
  }
}

/** What a person can do about a limit at once, without beginning anew. */
export interface Remedy {
  /** Of its button. */
  readonly label: string;
  /** What is so once it is done: a whole sentence. */
  readonly done: string;
  readonly change?: LimitChange;
  readonly poolSize?: number;
}

/** `undefined` where nothing that a person can set would help. @param ceiling the largest size of the pool. */
export function remedyOf(limit: Limit, ceiling: number): Remedy | undefined {
  switch (limit.kind) {
    case 'host-limit': {
      const atOnce = Math.min(limit.suggested, fetchSettings.perHost.max);
      if (atOnce <= limit.atOnce) return undefined;
      const { host } = limit;
      const change = { kind: 'per-host', atOnce, ...(host !== undefined && { host }) } as const;
      return host === undefined
        ? { label: `Allow each ${atOnce}`, done: `Each host may be asked ${atOnce} at once now.`, change }
        : { label: `Allow it ${atOnce}`, done: `${host} may be asked ${atOnce} at once now.`, change };
    }
    case 'bandwidth': {
      const bytesPerSecond = Math.round(2 * limit.limit);
      const now = `${bytes(bytesPerSecond)}/s`;
      const change = { kind: 'bandwidth', bytesPerSecond } as const;
      return { label: `Allow ${now}`, done: `${now} may come now.`, change };
    }
    case 'pool': {
      const poolSize = Math.min(limit.suggested, ceiling);
      if (poolSize <= limit.poolSize) return undefined;
      const change = limit.perHost === undefined ? {} : { change: perHost(limit.perHost) };
      return { label: `Use ${poolSize}`, done: `The pool has ${poolSize} places now.`, poolSize, ...change };
    }
    default:
      return undefined;
  }
}

function perHost(atOnce: number): LimitChange {
  return { kind: 'per-host', atOnce: Math.min(atOnce, fetchSettings.perHost.max) };
}

/** From a tenth of a second on in seconds, as long waits are read. */
function seconds(ms: number): string {
  return ms < 100 ? time(ms) : `${(ms / 1_000).toFixed(2)} s`;
}

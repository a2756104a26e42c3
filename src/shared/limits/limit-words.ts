import { plain, type Say } from '../say/say.ts';
import { fetchSettings } from '../settings/fetch-settings.ts';
import type { Limit } from './limit.ts';
import type { LimitChange } from './limit-change.ts';
import { bytes, percent, processorUse, time } from './limit-units.ts';

/** Who or what limits a run, for the beginning of a line: facts follow. */
export function limitLead(limit: Limit, say: Say = plain): string {
  switch (limit.kind) {
    case 'processor':
      return say('The processor limits this run:');
    case 'disk':
      return say('The disk limits this run:');
    case 'memory':
      return say('Memory limits this run:');
    case 'host-limit':
      return limit.host === undefined
        ? say('The number for each host limits this run:')
        : say('{{host}} limits this run:', { host: limit.host });
    case 'host-answers':
    case 'refusals':
    case 'gap':
      return say('{{host}} limits this run:', { host: limit.host });
    case 'network':
      return say('The network limits this run:');
    case 'bandwidth':
      return say('The bandwidth that you allow limits this run:');
    case 'pool':
      return say('The pool size limits this run:');
    case 'reader':
      return say('Reading the list or folder limits this run:');
  }
}

/** What was measured of it, in a few words. @param left how many items are left at its host, where that is known. */
export function limitFacts(limit: Limit, left?: number, say: Say = plain): string {
  switch (limit.kind) {
    case 'processor':
      if (limit.thread !== undefined) return say('one of its threads is always busy.');
      return processorUse(limit, say);
    case 'disk':
      return say('reading and writing take {{share}} of the time.', { share: percent(limit.share) });
    case 'memory':
      return say('{{share}} of the files found no room in it.', { share: percent(limit.share) });
    case 'host-limit':
    case 'host-answers':
    case 'refusals':
    case 'gap': {
      const facts = hostFacts(limit, say);
      return left === undefined ? facts : `${say('{{left, number}} left there', { left })}, ${facts}`;
    }
    case 'network':
      return say('{{rate}}/s come.', { rate: bytes(limit.bytesPerSecond, say) });
    case 'bandwidth':
      return say('{{rate}}/s come of {{most}}/s.', {
        rate: bytes(limit.bytesPerSecond, say),
        most: bytes(limit.limit, say),
      });
    case 'pool':
      return say(
        'its {{count, number}} places are always taken.',
        { count: limit.poolSize },
        'its only place is always taken.',
      );
    case 'reader':
      return say('for {{share}} of the time there was nothing to begin.', { share: percent(limit.share) });
  }
}

type HostKind = 'host-limit' | 'host-answers' | 'refusals' | 'gap';

function hostFacts(limit: Extract<Limit, { kind: HostKind }>, say: Say): string {
  switch (limit.kind) {
    case 'host-limit': {
      const { atOnce, ms } = limit;
      if (ms === undefined) return say('{{atOnce}} at once.', { atOnce });
      return say('{{atOnce}} at once, {{time}} to the first byte.', { atOnce, time: seconds(ms, say) });
    }
    case 'host-answers':
      return say('{{time}} to the first byte, and {{fastest}} when asked for little.', {
        time: seconds(limit.ms, say),
        fastest: seconds(limit.fastestMs, say),
      });
    case 'refusals':
      return say('it turns requests away and gets what it bears, {{rate, number(useGrouping: false)}}/s.', {
        rate: limit.perSecond,
      });
    case 'gap':
      return say('it is asked once in {{gap}}.', { gap: time(limit.gapMs, say) });
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
export function remedyOf(limit: Limit, ceiling: number, say: Say = plain): Remedy | undefined {
  switch (limit.kind) {
    case 'host-limit': {
      const atOnce = Math.min(limit.suggested, fetchSettings.perHost.max);
      if (atOnce <= limit.atOnce) return undefined;
      const { host } = limit;
      const change = { kind: 'per-host', atOnce, ...(host !== undefined && { host }) } as const;
      return host === undefined
        ? {
            label: say('Allow each {{atOnce}}', { atOnce }),
            done: say('Each host may be asked {{atOnce}} at once now.', { atOnce }),
            change,
          }
        : {
            label: say('Allow it {{atOnce}}', { atOnce }),
            done: say('{{host}} may be asked {{atOnce}} at once now.', { host, atOnce }),
            change,
          };
    }
    case 'bandwidth': {
      const bytesPerSecond = Math.round(2 * limit.limit);
      const rate = bytes(bytesPerSecond, say);
      const change = { kind: 'bandwidth', bytesPerSecond } as const;
      return {
        label: say('Allow {{rate}}/s', { rate }),
        done: say('{{rate}}/s may come now.', { rate }),
        change,
      };
    }
    case 'pool': {
      const poolSize = Math.min(limit.suggested, ceiling);
      if (poolSize <= limit.poolSize) return undefined;
      const change = limit.perHost === undefined ? {} : { change: perHost(limit.perHost) };
      return {
        label: say('Use {{poolSize}}', { poolSize }),
        done: say('The pool has {{poolSize}} places now.', { poolSize }),
        poolSize,
        ...change,
      };
    }
    default:
      return undefined;
  }
}

function perHost(atOnce: number): LimitChange {
  return { kind: 'per-host', atOnce: Math.min(atOnce, fetchSettings.perHost.max) };
}

/** From a tenth of a second on in seconds, as long waits are read. */
function seconds(ms: number, say: Say): string {
  if (ms < 100) return time(ms, say);
  return say('{{value, number(minimumFractionDigits: 2; maximumFractionDigits: 2)}} s', {
    value: ms / 1_000,
  });
}

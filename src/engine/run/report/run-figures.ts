import type { ErrorCode } from '../../../shared/failure.ts';
import { limitChangeWords } from '../../../shared/limits/limit-change.ts';
import type { Status } from '../../../shared/result.ts';
import { hostOf } from '../forecast/planned-items.ts';
import type { JournalLine } from '../journal/journal-line.ts';

/** How fast the run was around a moment of it. */
interface ThroughputPoint {
  readonly seconds: number;
  readonly perSecond: number;
}

/** A host, or the images without one. Times in milliseconds. */
interface HostTotals {
  readonly host: string;
  readonly items: number;
  readonly failed: number;
  /** The time of an item on average. */
  readonly ms: number;
}

interface SlowItem {
  readonly input: string;
  readonly ms: number;
  readonly status: Status;
}

/** What the lines of a journal come to. */
export interface RunFigures {
  readonly throughput: readonly ThroughputPoint[];
  /** Each change of the pool size, and the size at first. */
  readonly pool: readonly { readonly seconds: number; readonly size: number }[];
  /** What was changed by hand while it was on, the first of it. */
  readonly changes: readonly { readonly seconds: number; readonly words: string }[];
  readonly causes: readonly { readonly code: ErrorCode; readonly items: number; readonly example: string }[];
  /** The hosts with the most items. */
  readonly hosts: readonly HostTotals[];
  readonly slowest: readonly SlowItem[];
}

/** More points than this no chart can show. */
const mostPoints = 200;
const mostShown = 20;
/** The hosts after so many are not counted. */
const mostHosts = 10_000;

/** Adds up a journal, line by line: memory stays the same for any number of items. */
export function figuresOf(lines: Iterable<JournalLine>): RunFigures {
  const hosts = new Map<string, { items: number; failed: number; ms: number }>();
  const causes = new Map<ErrorCode, { items: number; example: string }>();
  const pool: { seconds: number; size: number }[] = [];
  const changes: { seconds: number; words: string }[] = [];
  let slowest: SlowItem[] = [];
  let moments: { readonly seconds: number; readonly ended: number }[] = [{ seconds: 0, ended: 0 }];
  for (const line of lines) {
    switch (line.type) {
      case 'pool':
        pool.push({ seconds: line.atMs / 1_000, size: line.size });
        break;
      case 'limit':
        if (changes.length < mostShown) {
          changes.push({ seconds: line.atMs / 1_000, words: limitChangeWords(line.change) });
        }
        break;
      case 'progress':
        moments.push({
          seconds: line.atMs / 1_000,
          ended: line.done + line.skipped + line.failed + line.cancelled,
        });
        if (moments.length > 2 * mostPoints) moments = moments.filter((_moment, place) => place % 2 === 0);
        break;
      case 'result': {
        const { input, ms, status, error } = line;
        if (error) {
          const cause = causes.get(error.code) ?? { items: 0, example: error.message };
          causes.set(error.code, { ...cause, items: cause.items + 1 });
        }
        const host = hostOf(input);
        if (host !== undefined && (hosts.has(host) || hosts.size < mostHosts)) {
          const before = hosts.get(host) ?? { items: 0, failed: 0, ms: 0 };
          const failed = before.failed + (status === 'failed' ? 1 : 0);
          hosts.set(host, { items: before.items + 1, failed, ms: before.ms + ms });
        }
        slowest = withSlow(slowest, { input, ms, status });
        break;
      }
    }
  }
  return {
    throughput: throughputOf(moments),
    pool,
    changes,
    causes: [...causes]
      .map(([code, cause]) => ({ code, ...cause }))
      .toSorted((one, other) => other.items - one.items),
    hosts: [...hosts]
      .map(([host, { items, failed, ms }]) => ({ host, items, failed, ms: ms / items }))
      .toSorted((one, other) => other.items - one.items)
      .slice(0, mostShown),
    slowest,
  };
}

function withSlow(slowest: SlowItem[], item: SlowItem): SlowItem[] {
  const last = slowest.at(-1);
  if (slowest.length === mostShown && last && last.ms >= item.ms) return slowest;
  return [...slowest, item].toSorted((one, other) => other.ms - one.ms).slice(0, mostShown);
}

function throughputOf(
  moments: readonly { readonly seconds: number; readonly ended: number }[],
): ThroughputPoint[] {
  return moments.slice(1).flatMap(({ seconds, ended }, place) => {
    const before = moments[place];
    if (!before || seconds <= before.seconds) return [];
    return [{ seconds, perSecond: (ended - before.ended) / (seconds - before.seconds) }];
  });
}

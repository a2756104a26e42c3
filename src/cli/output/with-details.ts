import type { LivePoolSize } from '../../engine/engine.ts';
import { limitWords } from '../../shared/limits/limit-sentence.ts';
import type { HostFigures, SkipReason, Summary } from '../../shared/result.ts';
import type { Reporter } from './reporter.ts';
import { detail } from './verbosity.ts';
import { count, counted, duration } from './wording.ts';

/** A reporter, and beside it what the run decides as it goes, on standard error: for `--verbose`. */
export function withDetails(inner: Reporter, poolSize?: LivePoolSize): Reporter {
  const skips = new Map<SkipReason, number>();
  let limited = '';
  const stopTelling = poolSize && tellPool(poolSize);
  return {
    ...(inner.total && { total: (total) => inner.total?.(total) }),
    ...(inner.standing && { standing: (standing) => inner.standing?.(standing) }),
    ...(inner.forecast && { forecast: (forecast) => inner.forecast?.(forecast) }),
    result: (result) => {
      const { status, reason, tries, input, duplicateOf } = result;
      if (status === 'skipped' && reason) skips.set(reason, (skips.get(reason) ?? 0) + 1);
      if (tries !== undefined) detail(`${input}: ${counted(tries, 'attempt')}`);
      if (duplicateOf !== undefined) detail(`${input}: the same bytes as ${duplicateOf}`);
      inner.result(result);
    },
    warning: (warning) => inner.warning(warning),
    removed: (removed) => inner.removed?.(removed),
    limit: (limit) => {
      const words = limitWords(limit);
      if (words !== limited) detail(`limit: ${words}`);
      limited = words;
      inner.limit?.(limit);
    },
    summary: (summary, interruption) => {
      stopTelling?.();
      inner.summary(summary, interruption);
      for (const [reason, times] of skips) detail(`skipped: ${count(times)} ${reason}`);
      for (const line of [...hostLines(summary), ...stageLines(summary)]) detail(line);
    },
    stop: () => {
      stopTelling?.();
      inner.stop?.();
    },
  };
}

/** @returns what ends it. */
function tellPool(poolSize: LivePoolSize): () => void {
  detail(`pool: ${poolWords(poolSize)}`);
  let told = poolSize.size;
  return poolSize.onChange(() => {
    // It is paused and resumed where a reader is slow, which is no decision.
    if (poolSize.size !== told) detail(`pool: ${poolSize.size}`);
    told = poolSize.size;
  });
}

function poolWords({ size, automatic, ceiling }: LivePoolSize): string {
  return automatic ? `auto, from ${size} on, at most ${ceiling}` : String(size);
}

function hostLines({ hosts = [] }: Summary): string[] {
  return hosts.map((figures) => `host: ${hostWords(figures)}`);
}

function hostWords({ host, requests, p50, p95, refusals, limit }: HostFigures): string {
  const times =
    p50 === undefined ? '' : `, first bytes after ${Math.round(p50)} ms (p95 ${Math.round(p95 ?? p50)})`;
  const refused = refusals > 0 ? `, ${count(refusals)} turned away` : '';
  return `${host}: ${counted(requests, 'request')}${times}${refused}, at most ${limit} at once`;
}

function stageLines({ stages = {} }: Summary): string[] {
  const told = Object.entries(stages).map(([name, ms]) => `${name} ${duration(ms / 1_000)}`);
  return told.length > 0 ? [`time of all items by stage: ${told.join(', ')}`] : [];
}

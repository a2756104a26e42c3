import type { LivePoolSize } from '../../engine/engine.ts';
import {
  beginProgress,
  measured,
  withReached,
  withResult,
  withTotal,
} from '../../shared/progress/progress.ts';
import { progressLine, progressWords } from './progress-line.ts';
import type { Reporter } from './reporter.ts';
import { err } from './streams.ts';

/** How often the line is redrawn on a terminal, and written anew where there is none, in milliseconds. */
const redrawnMs = 100;
const writtenMs = 5_000;

/** A reporter, and how far it is on standard error: a line that is redrawn, or without a terminal one every 5 seconds. */
export function withProgress(inner: Reporter, poolSize: LivePoolSize): Reporter {
  let progress = beginProgress(performance.now());
  const live = err.isScreen ? err.liveLine() : undefined;
  const tell = (): void => {
    const now = performance.now();
    progress = measured(progress, now);
    if (live) live.draw(progressLine(progress, now, err.columns, { pool: poolSize }));
    else err.line(`progress: ${progressWords(progress, now, poolSize)}`);
  };
  const timer = setInterval(tell, live ? redrawnMs : writtenMs).unref();
  return {
    total: (total) => {
      progress = withTotal(progress, total);
      inner.total?.(total);
    },
    result: (result) => {
      progress = withResult(progress, result);
      inner.result(result);
    },
    warning: (warning) => inner.warning(warning),
    standing: (standing) => {
      progress = withReached(progress, standing.counts);
      inner.standing?.(standing);
    },
    ...(inner.limit && { limit: (limit) => inner.limit?.(limit) }),
    ...(inner.forecast && { forecast: (forecast) => inner.forecast?.(forecast) }),
    summary: (summary, interruption) => {
      clearInterval(timer);
      live?.done();
      inner.summary(summary, interruption);
    },
  };
}

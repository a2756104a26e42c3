import type { LivePoolSize } from '../../engine/engine.ts';
import { Pace } from '../../shared/progress/pace.ts';
import { beginProgress, withReached, withResult, withTotal } from '../../shared/progress/progress.ts';
import { progressLine } from './progress-line.ts';
import type { Reporter } from './reporter.ts';
import { err } from './streams.ts';

/** How often the line is redrawn, in milliseconds. */
const intervalMs = 100;

/** A reporter, and how far it is on standard error. */
export function withProgress(inner: Reporter, poolSize: LivePoolSize): Reporter {
  let progress = beginProgress();
  const pace = new Pace(performance.now());
  const live = err.liveLine();
  const draw = (): void => {
    live.draw(
      progressLine(progress, pace.measure(performance.now(), progress), err.columns, { pool: poolSize }),
    );
  };
  const timer = setInterval(draw, intervalMs).unref();
  const stop = (): void => {
    clearInterval(timer);
    live.done();
  };
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
    removed: (removed) => inner.removed?.(removed),
    standing: (standing) => {
      progress = withReached(progress, standing.counts);
      inner.standing?.(standing);
    },
    ...(inner.limit && { limit: (limit) => inner.limit?.(limit) }),
    ...(inner.forecast && { forecast: (forecast) => inner.forecast?.(forecast) }),
    summary: (summary, interruption) => {
      stop();
      inner.summary(summary, interruption);
    },
    stop: () => {
      stop();
      inner.stop?.();
    },
  };
}

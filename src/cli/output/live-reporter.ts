import type { RunStanding } from '../../engine/cluster/front-ends/index.ts';
import type { LivePoolSize } from '../../engine/engine.ts';
import type { Limit } from '../../shared/limits/limit.ts';
import { Pace } from '../../shared/progress/pace.ts';
import {
  beginProgress,
  type Progress,
  withReached,
  withResult,
  withTotal,
} from '../../shared/progress/progress.ts';
import type { ItemResult, RemovedOutput, Summary } from '../../shared/result.ts';
import { progressLine } from './progress-line.ts';
import type { Interruption, Reporter } from './reporter.ts';
import { standingLines } from './standing-lines.ts';
import { type LiveLine, out, type Styled } from './streams.ts';
import {
  causeLines,
  failureLine,
  forecastLines,
  limitLines,
  poolLines,
  removedLine,
  removedLines,
  setFailureLines,
  setLines,
  summaryLine,
  warningLine,
} from './wording.ts';

/** How often the live line is redrawn, in milliseconds. */
const intervalMs = 100;
/** At most this many failures, and this many warnings about items, are shown in full. */
const mostShown = 20;

/** One live line on a terminal, unless it is not wanted; failures scroll by above it. */
export class LiveReporter implements Reporter {
  readonly #live: LiveLine | undefined;
  readonly #poolSize: Pick<LivePoolSize, 'size' | 'automatic'>;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #pace = new Pace(performance.now());
  #progress: Progress = beginProgress();
  #limit: Limit | undefined;
  #standing: RunStanding | undefined;
  #failuresShown = 0;
  #warningsShown = 0;
  #removedShown = 0;

  constructor(live: LiveLine | undefined, poolSize: Pick<LivePoolSize, 'size' | 'automatic'>) {
    this.#live = live;
    this.#poolSize = poolSize;
    this.#timer = live && setInterval(() => this.#show(), intervalMs).unref();
  }

  total(total: number): void {
    this.#progress = withTotal(this.#progress, total);
  }

  limit(limit: Limit): void {
    this.#limit = limit;
  }

  standing(standing: RunStanding): void {
    this.#standing = standing;
    this.#progress = withReached(this.#progress, standing.counts);
  }

  result(result: ItemResult): void {
    this.#progress = withResult(this.#progress, result);
    const warning = warningLine(result);
    if (warning !== undefined) this.#warning(warning);
    if (result.status !== 'failed') return;
    this.#failuresShown += 1;
    if (this.#failuresShown <= mostShown) this.#above({ style: 'red', text: failureLine(result) });
    if (this.#failuresShown === mostShown) {
      this.#above({ style: 'dim', text: 'further failures are counted, not shown; --json tells them all' });
    }
  }

  warning(warning: string): void {
    this.#above({ style: 'yellow', text: `warning: ${warning}` });
  }

  removed(removed: RemovedOutput): void {
    this.#removedShown += 1;
    if (this.#removedShown <= mostShown) this.#above({ style: 'dim', text: removedLine(removed) });
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#live?.done();
  }

  summary(summary: Summary, interruption?: Interruption): void {
    this.stop();
    const unwritten = setFailureLines(summary).map((text) => [{ style: 'red' as const, text }]);
    const incomplete = interruption !== undefined || summary.cancelled > 0;
    const [color, mark] = incomplete
      ? (['yellow', '■'] as const)
      : summary.failed > 0 || unwritten.length > 0
        ? (['red', '✗'] as const)
        : (['green', '✓'] as const);
    const marked = [{ style: color, text: mark }, ` ${summaryLine(summary, interruption)}`];
    const lines = [
      ...removedLines(summary),
      ...poolLines(summary),
      ...limitLines(summary),
      ...causeLines(summary),
      ...forecastLines(summary, interruption),
      ...setLines(summary, interruption),
      ...unwritten,
    ];
    out.lines([marked, ...lines]);
  }

  #warning(line: string): void {
    this.#warningsShown += 1;
    if (this.#warningsShown <= mostShown) this.#above({ style: 'yellow', text: line });
    if (this.#warningsShown === mostShown) {
      this.#above({
        style: 'dim',
        text: 'further warnings about items are not shown; --json tells them all',
      });
    }
  }

  #above(line: Styled): void {
    out.line([line]);
    this.#show();
  }

  #show(): void {
    if (!this.#live) return;
    const pace = this.#pace.measure(performance.now(), this.#progress);
    const details = { pool: this.#poolSize, limit: this.#limit };
    const line = progressLine(this.#progress, pace, out.columns, details);
    this.#live.draw(line, this.#standing && standingLines(this.#standing, out.columns, out.rows));
  }
}

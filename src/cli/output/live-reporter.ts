import type { RunStanding } from '../../engine/cluster/front-ends/index.ts';
import type { LivePoolSize } from '../../engine/engine.ts';
import type { Limit } from '../../shared/limits/limit.ts';
import { limitWords } from '../../shared/limits/limit-sentence.ts';
import {
  beginProgress,
  ended,
  measured,
  type Progress,
  secondsLeft,
  withReached,
  withResult,
  withTotal,
} from '../../shared/progress/progress.ts';
import type { ItemResult, Summary } from '../../shared/result.ts';
import type { Interruption, Reporter } from './reporter.ts';
import { standingLines } from './standing-lines.ts';
import { type LiveLine, out, type Styled } from './streams.ts';
import {
  causeLines,
  count,
  duration,
  failureLine,
  forecastLines,
  limitLines,
  poolLines,
  rate,
  summaryLine,
  warningLine,
} from './wording.ts';

/** How often the live line is redrawn, in milliseconds. */
const intervalMs = 100;
/** At most this many failures, and this many warnings about items, are shown in full. */
const mostShown = 20;

/** One live line on a terminal; failures scroll by above it. */
export class LiveReporter implements Reporter {
  readonly #live: LiveLine;
  readonly #poolSize: Pick<LivePoolSize, 'size' | 'automatic'>;
  readonly #timer: NodeJS.Timeout;
  #progress: Progress = beginProgress(performance.now());
  #limit: Limit | undefined;
  #standing: RunStanding | undefined;
  #failuresShown = 0;
  #warningsShown = 0;

  constructor(live: LiveLine, poolSize: Pick<LivePoolSize, 'size' | 'automatic'>) {
    this.#live = live;
    this.#poolSize = poolSize;
    this.#timer = setInterval(() => this.#show(), intervalMs).unref();
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

  summary(summary: Summary, interruption?: Interruption): void {
    clearInterval(this.#timer);
    this.#live.clear();
    this.#live.done();
    const incomplete = interruption !== undefined || summary.cancelled > 0;
    const [color, mark] = incomplete
      ? (['yellow', '■'] as const)
      : summary.failed > 0
        ? (['red', '✗'] as const)
        : (['green', '✓'] as const);
    const marked = [{ style: color, text: mark }, ` ${summaryLine(summary, interruption)}`];
    const lines = [
      ...poolLines(summary),
      ...limitLines(summary),
      ...causeLines(summary),
      ...forecastLines(summary, interruption),
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
    this.#live.clear();
    out.line([line]);
    this.#show();
  }

  #show(): void {
    const now = performance.now();
    this.#progress = measured(this.#progress, now);
    const details = { pool: this.#poolSize, limit: this.#limit };
    const line = liveLine(this.#progress, now, out.columns, details);
    this.#live.draw(line, this.#standing && standingLines(this.#standing, out.columns, out.rows));
  }
}

/** The least room for the bar, in characters. */
const leastBar = 6;

/** What the live line tells of the run besides its progress. */
interface LiveDetails {
  readonly pool?: Pick<LivePoolSize, 'size' | 'automatic'>;
  readonly limit?: Limit | undefined;
}

/**
 * `▕██████      ▏ 1,204/6,000 · 2,431/s · 2.0 s left · pool 9 (auto) · 1 failed · limit: disk`, the limit only where
 * there is room.
 */
export function liveLine(
  progress: Progress,
  now: number,
  columns: number,
  { pool, limit }: LiveDetails = {},
): string {
  const { total, counts, perSecond } = progress;
  const soFar = ended(progress);
  const left = secondsLeft(progress, now);
  const parts = [
    total === undefined ? `${count(soFar)} so far` : `${count(soFar)}/${count(total)}`,
    progress.measuredAt > progress.startedAt ? rate(perSecond) : '',
    left === undefined ? '' : `${duration(left)} left`,
    pool?.automatic ? `pool ${pool.size} (auto)` : '',
    counts.failed > 0 ? `${count(counts.failed)} failed` : '',
  ].filter((part) => part !== '');
  const told = parts.join(' · ');
  const limited = limit ? `${told} · limit: ${limitWords(limit)}` : told;
  const text = limited.length + leastBar + 4 <= columns ? limited : told;
  const room = Math.min(24, columns - text.length - 4);
  if (total === undefined || total === 0 || room < leastBar) return text.slice(0, columns - 1);
  const filled = Math.round((Math.min(soFar, total) / total) * room);
  return `▕${'█'.repeat(filled)}${' '.repeat(room - filled)}▏ ${text}`;
}

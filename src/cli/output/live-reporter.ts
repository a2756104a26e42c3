import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import {
  beginProgress,
  ended,
  measured,
  type Progress,
  secondsLeft,
  withResult,
  withTotal,
} from '../../shared/progress.ts';
import type { ItemResult, Summary } from '../../shared/result.ts';
import type { Interruption, Reporter } from './reporter.ts';
import {
  causeLines,
  count,
  duration,
  failureLine,
  printable,
  rate,
  summaryLine,
  warningLine,
} from './wording.ts';

/** The live line is drawn anew this often, in milliseconds. */
const interval = 100;
/** Failures, and warnings about items, are told in full up to this many each. */
const mostShown = 20;

/** One live line on a terminal; failures scroll by above it. */
export class LiveReporter implements Reporter {
  readonly #draw = createLogUpdate(process.stdout);
  readonly #timer: NodeJS.Timeout;
  #progress: Progress = beginProgress(performance.now());
  #failuresShown = 0;
  #warningsShown = 0;

  constructor() {
    // A terminal that was never given a size (in a container, under script) tells 0×0, in which nothing fits.
    process.stdout.columns ||= 80;
    process.stdout.rows ||= 24;
    this.#timer = setInterval(() => this.#show(), interval).unref();
  }

  total(total: number): void {
    this.#progress = withTotal(this.#progress, total);
  }

  result(result: ItemResult): void {
    this.#progress = withResult(this.#progress, result);
    const warning = warningLine(result);
    if (warning !== undefined) this.#warning(warning);
    if (result.status !== 'failed') return;
    this.#failuresShown += 1;
    if (this.#failuresShown <= mostShown) this.#above(styleText('red', failureLine(result)));
    if (this.#failuresShown === mostShown) {
      this.#above(styleText('dim', 'further failures are counted, not shown; --json tells them all'));
    }
  }

  warning(warning: string): void {
    this.#above(styleText('yellow', `warning: ${printable(warning)}`));
  }

  summary(summary: Summary, interruption?: Interruption): void {
    clearInterval(this.#timer);
    this.#draw.clear();
    this.#draw.done();
    const incomplete = interruption !== undefined || summary.cancelled > 0;
    const [color, mark] = incomplete
      ? (['yellow', '■'] as const)
      : summary.failed > 0
        ? (['red', '✗'] as const)
        : (['green', '✓'] as const);
    const lines = [`${styleText(color, mark)} ${summaryLine(summary, interruption)}`, ...causeLines(summary)];
    process.stdout.write(`${lines.join('\n')}\n`);
  }

  #warning(line: string): void {
    this.#warningsShown += 1;
    if (this.#warningsShown <= mostShown) this.#above(styleText('yellow', line));
    if (this.#warningsShown === mostShown) {
      this.#above(styleText('dim', 'further warnings about items are not shown; --json tells them all'));
    }
  }

  #above(line: string): void {
    this.#draw.clear();
    process.stdout.write(`${line}\n`);
    this.#show();
  }

  #show(): void {
    const now = performance.now();
    this.#progress = measured(this.#progress, now);
    this.#draw(liveLine(this.#progress, now, process.stdout.columns || 80));
  }
}

/** `▕██████      ▏ 1,204/6,000 · 2,431/s · 2.0 s left · 1 failed` */
export function liveLine(progress: Progress, now: number, columns: number): string {
  const { total, counts, perSecond } = progress;
  const soFar = ended(progress);
  const left = secondsLeft(progress, now);
  const parts = [
    total === undefined ? `${count(soFar)} so far` : `${count(soFar)}/${count(total)}`,
    progress.measuredAt > progress.startedAt ? rate(perSecond) : '',
    left === undefined ? '' : `${duration(left)} left`,
    counts.failed > 0 ? `${count(counts.failed)} failed` : '',
  ].filter((part) => part !== '');
  const text = parts.join(' · ');
  const room = Math.min(24, columns - text.length - 4);
  if (total === undefined || total === 0 || room < 6) return text.slice(0, columns - 1);
  const filled = Math.round((Math.min(soFar, total) / total) * room);
  return `▕${'█'.repeat(filled)}${' '.repeat(room - filled)}▏ ${text}`;
}

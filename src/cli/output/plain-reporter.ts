import type { ItemResult, Summary } from '../../shared/result.ts';
import { Lines } from './lines.ts';
import type { Interruption, Reporter } from './reporter.ts';
import { err, out } from './streams.ts';
import {
  causeLines,
  forecastLines,
  limitLines,
  poolLines,
  resultLine,
  setFailureLines,
  setLines,
  summaryLine,
  warningLine,
} from './wording.ts';

/** Plain lines for pipes and log files: results on stdout, what went wrong on stderr. */
export class PlainReporter implements Reporter {
  readonly #lines = new Lines();

  total(): void {
    // A log file needs no progress; the summary has the totals, also of what an interruption has left.
  }

  result(result: ItemResult): void {
    this.#lines.write(result.status === 'failed' ? err : out, resultLine(result));
    const warning = warningLine(result);
    if (warning !== undefined) this.#lines.write(err, warning);
  }

  warning(warning: string): void {
    this.#lines.write(err, `warning: ${warning}`);
  }

  summary(summary: Summary, interruption?: Interruption): void {
    for (const line of [
      summaryLine(summary, interruption),
      ...poolLines(summary),
      ...limitLines(summary),
      ...causeLines(summary),
      ...forecastLines(summary, interruption),
      ...setLines(summary, interruption),
    ]) {
      this.#lines.write(out, line);
    }
    for (const line of setFailureLines(summary)) this.#lines.write(err, line);
    this.#lines.flush();
  }
}

import type { ItemResult, Summary } from '../../shared/result.ts';
import { Lines } from './lines.ts';
import type { Reporter } from './reporter.ts';
import { err } from './streams.ts';
import { failureLine, setFailureLines } from './wording.ts';

/** Nothing but what fails. */
export class QuietReporter implements Reporter {
  readonly #lines = new Lines();

  result(result: ItemResult): void {
    if (result.status === 'failed') this.#lines.write(err, failureLine(result));
  }

  warning(): void {
    // What is only a warning has not failed.
  }

  summary(summary: Summary): void {
    for (const line of setFailureLines(summary)) this.#lines.write(err, line);
    this.#lines.flush();
  }
}

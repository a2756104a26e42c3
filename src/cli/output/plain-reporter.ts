import type { ItemResult, Summary } from '../../shared/result.ts';
import type { Reporter } from './reporter.ts';
import { causeLines, resultLine, summaryLine } from './wording.ts';

/** Plain lines for pipes and log files: results on stdout, what went wrong on stderr. */
export class PlainReporter implements Reporter {
  total(): void {
    // A log file needs no total; the summary has it.
  }

  result(result: ItemResult): void {
    const stream = result.status === 'failed' ? process.stderr : process.stdout;
    stream.write(`${resultLine(result)}\n`);
  }

  warning(warning: string): void {
    process.stderr.write(`warning: ${warning}\n`);
  }

  summary(summary: Summary): void {
    process.stdout.write(`${[summaryLine(summary), ...causeLines(summary)].join('\n')}\n`);
  }
}

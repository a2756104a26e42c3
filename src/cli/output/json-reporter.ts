import type { ItemResult, Summary } from '../../shared/result.ts';
import type { Reporter } from './reporter.ts';

/** NDJSON on stdout (https://github.com/ndjson/ndjson-spec), warnings on stderr. */
export class JsonReporter implements Reporter {
  #lines: string[] = [];

  total(): void {
    // Scripts count for themselves.
  }

  result({ index: _index, ...result }: ItemResult): void {
    this.#line({ type: 'result', ...result });
  }

  warning(warning: string): void {
    process.stderr.write(`warning: ${warning}\n`);
  }

  summary(summary: Summary): void {
    this.#line({ type: 'summary', ...summary });
    this.#flush();
  }

  /** Lines of one turn of the event loop leave in one write: a system call an item would cost more than it tells. */
  #line(event: object): void {
    if (this.#lines.length === 0) setImmediate(() => this.#flush());
    this.#lines.push(JSON.stringify(event));
  }

  #flush(): void {
    if (this.#lines.length === 0) return;
    process.stdout.write(`${this.#lines.join('\n')}\n`);
    this.#lines = [];
  }
}

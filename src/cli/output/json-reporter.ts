import type { ItemResult, Summary } from '../../shared/result.ts';
import { Lines } from './lines.ts';
import type { Reporter } from './reporter.ts';
import { err, out } from './streams.ts';

/** NDJSON on stdout (https://github.com/ndjson/ndjson-spec), warnings on stderr. */
export class JsonReporter implements Reporter {
  readonly #lines = new Lines();

  total(): void {
    // No progress events: scripts count results themselves.
  }

  result({ index: _index, ...result }: ItemResult): void {
    this.#event({ type: 'result', ...result });
  }

  warning(warning: string): void {
    this.#lines.write(err, `warning: ${warning}`);
  }

  summary(summary: Summary): void {
    this.#event({ type: 'summary', ...summary });
    this.#lines.flush();
  }

  #event(event: object): void {
    this.#lines.write(out, JSON.stringify(event));
  }
}

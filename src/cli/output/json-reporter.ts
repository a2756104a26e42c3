import type { ItemResult, Summary } from '../../shared/result.ts';
import { Lines } from './lines.ts';
import type { Reporter } from './reporter.ts';
import { err, out } from './streams.ts';

/** NDJSON on stdout (https://github.com/ndjson/ndjson-spec), warnings on stderr. */
export class JsonReporter implements Reporter {
  readonly #lines = new Lines();

  // There are no progress events, as scripts count results themselves, and so no `total`.

  result(result: ItemResult): void {
    // An undefined field is left out of JSON. One copy is enough for that: a second one for each item shows.
    this.#event({ type: 'result', ...result, index: undefined });
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

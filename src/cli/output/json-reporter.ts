import type { RunStanding } from '../../engine/cluster/front-ends/index.ts';
import { lineOfResult } from '../../shared/line-of-result.ts';
import type { ItemResult, RemovedOutput, Summary } from '../../shared/result.ts';
import { Lines } from './lines.ts';
import type { Foretold, Reporter } from './reporter.ts';
import { StandingEvents } from './standing-events.ts';
import { err, out } from './streams.ts';
import { isQuiet } from './verbosity.ts';

/** NDJSON on stdout (https://github.com/ndjson/ndjson-spec), warnings on stderr. */
export class JsonReporter implements Reporter {
  readonly #lines = new Lines();
  readonly #standings = new StandingEvents((event) => this.#lines.write(out, event));

  // There are no progress events of a run on this machine, as scripts count results themselves, and so no `total`.

  result(result: ItemResult): void {
    this.#lines.write(out, lineOfResult(result));
  }

  warning(warning: string): void {
    if (!isQuiet()) this.#lines.write(err, `warning: ${warning}`);
  }

  removed(removed: RemovedOutput): void {
    this.#lines.write(out, JSON.stringify({ type: 'removed', ...removed }));
  }

  standing(standing: RunStanding): void {
    this.#standings.tell(standing);
  }

  /** Through the same buffer as the results: it comes after them. */
  forecast(forecast: Foretold): void {
    this.#lines.write(out, JSON.stringify({ type: 'forecast', ...forecast }));
  }

  summary(summary: Summary): void {
    this.#lines.write(out, JSON.stringify({ type: 'summary', ...summary }));
    this.#lines.flush();
  }
}

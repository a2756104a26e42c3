import type { JournalOptions, LivePoolSize, MapResult } from '../../../engine/index.ts';
import { Journal, type MapHead, Tally, ToldFailures } from '../../../engine/run/front-ends/index.ts';
import type { Summary } from '../../../shared/result.ts';
import { warn } from '../../output/verbosity.ts';

/** So many characters of an item are kept. */
const longestItem = 4_000;

/** The journal of a run of the user's own function: how each item ended, without what the function returned. */
export class MapJournal {
  readonly #journal: Journal;
  readonly #tally = new Tally();
  readonly #failures = new ToldFailures();
  readonly #keepsItems: boolean;
  #index = 0;

  constructor(
    request: MapHead,
    journal: JournalOptions,
    { signal, poolSize }: { signal: AbortSignal; poolSize: LivePoolSize },
  ) {
    this.#keepsItems = request.items !== null;
    this.#journal = new Journal({ request, journal, signal, poolSize, onWarning: warn });
  }

  result(result: MapResult<string, unknown>): void {
    const { index: place, item, status, ms } = result;
    const error = result.status === 'failed' ? this.#failures.tell(result.error) : undefined;
    const isLong = item.length > longestItem;
    const input = isLong ? item.slice(0, longestItem) : item;
    const told = {
      index: this.#index,
      input,
      status,
      ms,
      ...(error && { error }),
      ...(isLong && { cut: true }),
      // Also where the results are in order: behind an item that had not begun when the run was ended.
      ...(this.#keepsItems && place !== this.#index && { place }),
    };
    this.#index += 1;
    this.#tally.add(told);
    this.#journal.result(told);
  }

  end(more: Pick<Summary, 'pool' | 'limit' | 'halted'>): void {
    this.#journal.end({ ...this.#tally.summary(), ...more });
  }

  fail(error: unknown): void {
    this.#journal.fail(error);
  }
}

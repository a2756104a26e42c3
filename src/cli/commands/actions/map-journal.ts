import type { JournalOptions, LivePoolSize, MapResult } from '../../../engine/index.ts';
import { Journal, type MapRequest } from '../../../engine/run/front-ends/index.ts';
import type { ErrorCode } from '../../../shared/error-codes/error-codes.ts';
import type { Summary } from '../../../shared/result.ts';
import { err } from '../../output/streams.ts';

/** So many characters of an item are kept. */
const longestItem = 4_000;

/** The journal of a run of the user's own function: how each item ended, without what the function returned. */
export class MapJournal {
  readonly #journal: Journal;
  readonly #started = performance.now();
  readonly #causes: Partial<Record<ErrorCode, number>> = {};
  #index = 0;

  constructor(request: MapRequest, journal: JournalOptions, signal: AbortSignal, poolSize: LivePoolSize) {
    const onWarning = (warning: string): void => err.line(`warning: ${warning}`);
    this.#journal = new Journal({ request, journal, signal, poolSize, onWarning });
  }

  result(result: MapResult<string, unknown>): void {
    const { item, status, ms } = result;
    const error = result.status === 'failed' ? result.error : undefined;
    if (error) this.#causes[error.code] = (this.#causes[error.code] ?? 0) + 1;
    const isLong = item.length > longestItem;
    const input = isLong ? item.slice(0, longestItem) : item;
    const told = {
      index: this.#index,
      input,
      status,
      ms,
      ...(error && { error }),
      ...(isLong && { cut: true }),
    };
    this.#index += 1;
    this.#journal.result(told);
  }

  end(counts: Pick<Summary, 'total' | 'done' | 'failed' | 'cancelled' | 'pool' | 'limit'>): void {
    const seconds = Math.round(performance.now() - this.#started) / 1_000;
    const perSecond = seconds > 0 ? counts.total / seconds : 0;
    this.#journal.end({
      ...counts,
      skipped: 0,
      seconds,
      perSecond,
      bytesIn: 0,
      bytesOut: 0,
      ...(counts.failed > 0 && { causes: this.#causes }),
    });
  }

  fail(error: unknown): void {
    this.#journal.fail(error);
  }
}

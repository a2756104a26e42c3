import type { ItemResult, Summary } from '../../shared/result.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import type { Outcome } from '../pool/threads/protocol.ts';
import type { RunOptions } from './run-options.ts';
import { Tally } from './tally.ts';

/** Counts and reports every result of a run. */
export class RunResults {
  readonly #tally = new Tally();
  readonly #onResult: RunOptions['onResult'];

  constructor({ onResult }: Pick<RunOptions, 'onResult'>) {
    this.#onResult = onResult;
  }

  emit(result: ItemResult): void {
    this.#tally.add(result);
    this.#onResult?.(result);
  }

  summary(poolSize: LivePoolSize): Summary {
    return { ...this.#tally.summary(), pool: poolSize.summary() };
  }
}

/** The fields that identify a result's item. */
export type ItemOfResult = Pick<ItemResult, 'index' | 'input' | 'listed' | 'columns'>;

/** The fields that tell how an item ended. */
export type Ending = Pick<ItemResult, 'status'> & Partial<Omit<ItemResult, 'index' | 'input' | 'ms'>>;

/** The result of an item. @param ms the time that its task took, in milliseconds. */
export function resultOf(item: ItemOfResult, ms: number, ending: Ending): ItemResult {
  // The status comes first for people who read the JSON.
  const further: Omit<Ending, 'status'> = ending;
  return { ...item, status: ending.status, ms: inMicroseconds(ms), ...further };
}

/** @param told selects what is reported of the value that was made. */
export function endingOf<Made>(outcome: Outcome<Made>, told: (made: Made) => Omit<Ending, 'status'>): Ending {
  switch (outcome.status) {
    case 'done':
      return { status: 'done', ...told(outcome.value) };
    case 'failed':
      return { status: 'failed', error: outcome.error };
    case 'cancelled':
      return { status: 'cancelled' };
  }
}

/** Rounds milliseconds to microseconds: further digits were not measured. */
function inMicroseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}

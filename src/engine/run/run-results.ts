import type { ItemResult, Summary } from '../../shared/result.ts';
import type { Outcome } from '../pool/threads/protocol.ts';
import type { RunOptions } from './run-options.ts';
import { Tally } from './tally.ts';

/** Where every result of a run goes: it is counted, and told. */
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

  summary(): Summary {
    return this.#tally.summary();
  }
}

/** Which item a result is about. */
export type ItemOfResult = Pick<ItemResult, 'index' | 'input' | 'listed' | 'columns'>;

/** How an item ended. */
export type Ending = Pick<ItemResult, 'status'> & Partial<Omit<ItemResult, 'index' | 'input' | 'ms'>>;

/** The result of an item. @param ms the time that its task took. */
export function resultOf(item: ItemOfResult, ms: number, ending: Ending): ItemResult {
  // The status comes first for whoever reads the JSON.
  const further: Omit<Ending, 'status'> = ending;
  return { ...item, status: ending.status, ms: inMicroseconds(ms), ...further };
}

/** @param told what is told of that which was made. */
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

/** Milliseconds, without digits that nobody has measured. */
function inMicroseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}

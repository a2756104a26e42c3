import type { Limit } from '../../shared/limits/limit.ts';
import type { ItemResult, Summary } from '../../shared/result.ts';
import { type Stage, type StageMs, StageSums, type StageTimes, stageMsOf } from '../../shared/stages.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import type { Outcome } from '../pool/threads/protocol.ts';
import type { RunOptions } from './run-options.ts';
import { Tally } from './tally.ts';

/** Counts and reports every result of a run. */
export class RunResults {
  readonly #tally = new Tally();
  readonly #onResult: RunOptions['onResult'];
  /** Whether the stages of each item are told, and not only their sum. */
  readonly #timings: boolean;
  #limit: Limit | undefined;

  constructor({ onResult, timings = false }: Pick<RunOptions, 'onResult' | 'timings'>) {
    this.#onResult = onResult;
    this.#timings = timings;
  }

  /** The time of all items together by stage. */
  get stages(): StageSums {
    return this.#tally.stages;
  }

  /** Counts the stages of an item. @returns what its result tells of them. */
  time(of: readonly Stage[], times: StageTimes): { readonly stages?: StageMs } {
    this.stages.add(of, times);
    return this.#timings ? { stages: stageMsOf(of, times) } : {};
  }

  /** Counts the stages of a part of an item's work. */
  timePart(item: { stages: StageSums | undefined }, of: readonly Stage[], times: StageTimes): void {
    this.stages.add(of, times);
    if (!this.#timings) return;
    item.stages ??= new StageSums();
    item.stages.add(of, times);
  }

  emit(result: ItemResult): void {
    this.#tally.add(result);
    this.#onResult?.(result);
  }

  /** What has been done by now, for whoever measures the run. */
  soFar(): Pick<Summary, 'bytesIn'> & { readonly items: number; readonly stages: StageMs } {
    return { ...this.#tally.worked, stages: this.stages.toMs() };
  }

  isLimitedBy(limit: Limit | undefined): void {
    this.#limit = limit;
  }

  summary(poolSize: LivePoolSize): Summary {
    const pool = poolSize.summary();
    return { ...this.#tally.summary(), pool, ...(this.#limit && { limit: this.#limit }) };
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

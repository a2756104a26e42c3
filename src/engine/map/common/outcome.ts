import type { Failure } from '../../../shared/failure.ts';

/** How an item of `map` ended. `ms` is the time of its last try, in milliseconds. */
export type MapOutcome<Value> =
  | { readonly status: 'done'; readonly value: Value; readonly ms: number }
  | {
      readonly status: 'failed';
      readonly error: Failure;
      readonly ms: number;
      /** What a function in this thread threw, itself. */
      readonly thrown?: unknown;
    }
  | {
      readonly status: 'cancelled';
      readonly ms: number;
      /** It had been taken from its source, and nothing else. */
      readonly notBegun?: true;
    };

export const notBegun = { status: 'cancelled', ms: 0, notBegun: true } as const;

/** Whom an executor tells how an item ended: a failure of the task is an outcome, `fail` ends the run. */
export interface Ending<Value> {
  end(outcome: MapOutcome<Value>): void;
  fail(error: unknown): void;
}

/** An item that an executor holds. */
export interface Job<Item> {
  readonly item: Item;
  readonly index: number;
}

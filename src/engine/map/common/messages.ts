import type { MessagePort } from 'node:worker_threads';
import type { Failure } from '../../../shared/failure.ts';

/** What opens a lane: a worker's part in one run of `map`. It is sent once to each worker. */
export interface LaneOpening {
  readonly port: MessagePort;
  /** The module's URL, and the name of its export. */
  readonly url: string;
  readonly name: string;
  readonly data: unknown;
  /** How many items the worker does at once. */
  readonly places: number;
  /** The memory of `Claims`. */
  readonly claims: SharedArrayBuffer;
  readonly timeoutMs?: number | undefined;
  /** Whether anybody hears of the progress of items. */
  readonly tellsProgress: boolean;
}

/**
 * Items that go to a worker together; they are done one after the other.
 * @property chunk the chunk's number among the claims, two for each place.
 */
export interface ChunkOrder {
  readonly chunk: number;
  /** The positions of the items in the input; of items in a row only the first. */
  readonly indexes: number | readonly number[];
  readonly items: readonly unknown[];
}

/** What a worker is told: items to do, or that it is to end when what it has printed has left it. */
export type LaneOrder = ChunkOrder | 'retire';

/** What a worker reports. */
export type LaneReport =
  | { readonly kind: 'ready' }
  /** What was printed before it was to retire has left it. */
  | { readonly kind: 'printed' }
  /** The task cannot be loaded or begun: no item can be done. */
  | { readonly kind: 'broken'; readonly error: Failure }
  | EndedItems
  | { readonly kind: 'progress'; readonly chunk: number; readonly at: number; readonly progress: unknown };

/** How items of a chunk ended, from the item `from` on; what did not end well is in `others`, by its place among these. */
export interface EndedItems {
  readonly kind: 'ended';
  readonly chunk: number;
  readonly from: number;
  readonly values: readonly unknown[];
  /** A typed array is copied faster than each of its numbers. */
  readonly ms: Float64Array;
  readonly others?: readonly (readonly [at: number, ended: Failure | 'cancelled'])[];
  /** Nothing of the chunk follows, although it had more items: they have been taken back. */
  readonly isLast?: true;
}

import type { ErrorCode, Failure } from './failure.ts';

/** How an item ended. A failure is data, never an exception that ends the run. */
export type Status = 'done' | 'skipped' | 'failed' | 'cancelled';

/**
 * What became of one item of `map()`.
 * `index` is the item's place in the input, counted from 0; `ms` the time its task ran, in milliseconds.
 */
export type MapResult<Item, Value> = { readonly index: number; readonly item: Item; readonly ms: number } & (
  | { readonly status: 'done'; readonly value: Value }
  | { readonly status: 'failed'; readonly error: Failure }
  | { readonly status: 'cancelled' }
);

/** Which code made a thumbnail: our JPEG or PNG kernel, sharp, or the preview that the camera embedded. */
export type Via = 'kernel' | 'sharp' | 'embedded';

/** What a task tells of an item that it finished. Sizes in bytes, dimensions in pixels. */
export interface Produced {
  readonly output?: string;
  readonly bytesIn?: number;
  readonly bytesOut?: number;
  readonly width?: number;
  readonly height?: number;
  readonly via?: Via;
  /** Every output of its own, where the recipe asks for several sizes; `output` is the first. */
  readonly outputs?: readonly Pick<Produced, 'output' | 'bytesOut' | 'width' | 'height'>[];
  /** Something the person should know although the item is done. */
  readonly warning?: string;
}

/** The thumbnails of one image. */
export interface MadeThumbnail extends Produced {
  /** What the input was like when it was read, for the ledger. */
  readonly inputStamp: string;
}

/** Bytes of all files that came of an item. */
export function bytesWritten({ bytesOut = 0, thumbnail }: ItemResult): number {
  return bytesOut + (thumbnail?.bytesOut ?? 0);
}

/** What became of one item of a run (thumbnails or fetches): the `result` event of the command line's `--json`. */
export interface ItemResult extends Produced {
  readonly index: number;
  /** The image's path or the URL, as the source gave it. */
  readonly input: string;
  readonly status: Status;
  readonly ms: number;
  readonly reason?: SkipReason;
  /** How many times it was tried, where that was more than once. */
  readonly tries?: number;
  /** SHA-256 of a fetched file, in hexadecimal. */
  readonly sha256?: string;
  /** Where a fetched file came from in the end, where redirects led elsewhere. */
  readonly finalUrl?: string;
  /** The file of the same bytes that was there already (`--dedupe`). */
  readonly duplicateOf?: string;
  /** What the list asked of a fetched file. */
  readonly listed?: { readonly name?: string; readonly sha256?: string; readonly md5?: string };
  /** Further columns of the list, as they were. */
  readonly columns?: Readonly<Record<string, string>>;
  /** The thumbnail of a fetched file, where one was asked for. */
  readonly thumbnail?: Produced;
  readonly error?: Failure;
}

/**
 * Why an item was skipped: its output is there already, made by the same recipe from the same input; or the
 * run only plans and this is what it would do; or the site asks not to be fetched (`--respect`).
 */
export type SkipReason = 'unchanged' | 'dry-run' | 'robots' | 'noai';

/** Totals of a run: the `summary` event. */
export interface Summary {
  readonly total: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly seconds: number;
  /** Items ended in a second, whatever their status. */
  readonly perSecond: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** How many items failed for which cause; absent where none did. */
  readonly causes?: Readonly<Partial<Record<ErrorCode, number>>>;
}

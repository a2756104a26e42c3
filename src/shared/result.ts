import type { ErrorCode, Failure } from './failure.ts';
import type { Limit } from './limits/limit.ts';
import type { SetKind } from './settings/set-kinds.ts';
import type { StageMs, StageTimes } from './stages.ts';

/** How an item ended. A failure is data, never an exception that ends the run. */
export type Status = 'done' | 'skipped' | 'failed' | 'cancelled';

/**
 * The result of one item of `map()`.
 * `index` is the item's position in the input, counted from 0; `ms` is the time its task ran, in milliseconds.
 */
export type MapResult<Item, Value> = { readonly index: number; readonly item: Item; readonly ms: number } & (
  | { readonly status: 'done'; readonly value: Value }
  /** `thrown` is what a function threw, itself; of a module there is only `error`, which is plain data. */
  | { readonly status: 'failed'; readonly error: Failure; readonly thrown?: unknown }
  | { readonly status: 'cancelled' }
);

/**
 * Which code decoded an image: our codecs, sharp, a format's own reader, or our codec for the preview that the file
 * contains.
 */
export type Via = 'kernel' | 'sharp' | 'reader' | 'embedded';

/** A task's report on an item that it finished. Sizes in bytes, dimensions in pixels. */
export interface Produced {
  /** The path of what was written; of a dry run, and of what was skipped, where it is or would be. */
  readonly output?: string;
  /** The bytes that were read: of the image, or by the network. */
  readonly bytesIn?: number;
  /** The bytes of all outputs together. */
  readonly bytesOut?: number;
  /** The width of the first output, in pixels. */
  readonly width?: number;
  /** The height of the first output, in pixels. */
  readonly height?: number;
  /** What decoded the image: `kernel` (our codecs), `sharp`, `reader` (a format's own), or `embedded` (our codec, of the preview in the file). */
  readonly via?: Via;
  /**
   * The mean colour of the first output, as CSS writes it ("#0c7489"): something to show while it
   * loads. Only where our codecs scaled the image, as those of JPEG, PNG and WebP.
   */
  readonly colour?: string;
  /** A placeholder to show while the picture loads (ThumbHash, base64); only of a run that makes a set. */
  readonly thumbHash?: string;
  /** The quality of the first output, where it had to be lowered to keep within the bytes that were asked for. */
  readonly quality?: number;
  /** All outputs, if the recipe asks for several sizes or formats; `output` is the first. */
  readonly outputs?: readonly Pick<
    Produced,
    'output' | 'bytesOut' | 'width' | 'height' | 'quality' | 'adopted'
  >[];
  /** Whether a file that was there before was replaced: then it cannot be had back. */
  readonly replaced?: true;
  /** Whether `output` was there before, with the same bytes: then it was not written. */
  readonly adopted?: true;
  /** Something that the person should know although the item is done. */
  readonly warning?: string;
}

/** The thumbnails of one image: what is reported of them, and what only the ledger needs. */
export interface MadeThumbnail {
  readonly produced: Produced;
  /** The places of thumbnails that were not written, since they would have been no smaller than the image's file. */
  readonly leftOut?: readonly string[];
  /** The input's state (stamp) when it was read. */
  readonly inputStamp: string;
  /** How long the stages of an image took. */
  readonly stages: StageTimes;
}

/** The total size of an item's outputs, in bytes. */
export function bytesWritten({
  bytesOut = 0,
  thumbnail,
}: Pick<ItemResult, 'bytesOut' | 'thumbnail'>): number {
  return bytesOut + (thumbnail?.bytesOut ?? 0);
}

/** The result of one item of a run (thumbnails or fetches): the `result` event of the command line's `--json`. */
export interface ItemResult extends Produced {
  /** The item's position in the source, counted from 0. */
  readonly index: number;
  /** The image's path or the URL, as the source gave it. */
  readonly input: string;
  /** How it ended: `done`, `skipped`, `failed` or `cancelled`. */
  readonly status: Status;
  /** How long its task ran, in milliseconds. */
  readonly ms: number;
  /** Why it was skipped: `unchanged`, `not-smaller`, `dry-run`, `robots` or `noai`. */
  readonly reason?: SkipReason;
  /** Of a dry run: what the item would replace, made with other settings, or of an earlier state of the input. */
  readonly replaces?: 'other-settings' | 'earlier';
  /** The number of attempts, if there was more than one. */
  readonly tries?: number;
  /** SHA-256 of a fetched file, in hexadecimal. */
  readonly sha256?: string;
  /** The URL that a fetched file came from after redirects, if it differs from the input. */
  readonly finalUrl?: string;
  /** An existing file with the same bytes (`--dedupe`). */
  readonly duplicateOf?: string;
  /** What the list demands of a fetched file. */
  readonly listed?: { readonly name?: string; readonly sha256?: string; readonly md5?: string };
  /** Further columns of the list, unchanged. */
  readonly columns?: Readonly<Record<string, string>>;
  /** The thumbnail of a fetched file, if one was asked for. */
  readonly thumbnail?: Produced;
  /** What the person's own function returned, as text, cut where it is long. */
  readonly value?: string;
  /** Why it failed. */
  readonly error?: Failure;
  /** Its time by stage, of all attempts together; only if the run is to tell it. */
  readonly stages?: StageMs;
}

/**
 * Why an item was skipped: its output exists already, made by the same recipe from the same input; none of its outputs
 * would be smaller than its file (`--only-if-smaller`); the run is a dry run, and the item would be done; or the site asks
 * not to be fetched (`--respect`).
 */
export const skipReasons = ['unchanged', 'dry-run', 'robots', 'noai', 'not-smaller'] as const;
export type SkipReason = (typeof skipReasons)[number];

/** How long a run was expected to take, told after its first second. */
export interface RunForecast {
  /** How long the whole run was expected to take. */
  readonly seconds: number;
  /** How long after its start that was told. */
  readonly madeAfterSeconds: number;
}

/** What one host has answered, and how soon. */
export interface HostFigures {
  /** Its name, with the port if that is not the usual one. */
  readonly host: string;
  /** How many requests it got. */
  readonly requests: number;
  /** How long it took to begin its answers, in milliseconds: half of them took no longer. */
  readonly p50?: number;
  /** The same of 95 % of its answers. */
  readonly p95?: number;
  /** How many requests it turned away (429, 503). */
  readonly refusals: number;
  /** The most requests at once that it may get. */
  readonly limit: number;
}

/** What became of a set: what a run makes of all its thumbnails together. */
export interface WrittenSet {
  /** `manifest`, `gallery` or `contactSheet`. */
  readonly kind: SetKind;
  /** The file that was asked for. */
  readonly file: string;
  /** All files that were written; none of a dry run. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** How many pictures are in it. */
  readonly pictures: number;
  /** Why it could not be written. */
  readonly error?: Failure;
}

/** Totals of a run: the `summary` event. */
export interface Summary {
  /** How many items ended. */
  readonly total: number;
  /** How many were done. */
  readonly done: number;
  /** How many were skipped, with a `reason` in each result. */
  readonly skipped: number;
  /** How many failed. */
  readonly failed: number;
  /** How many were in flight when the run was interrupted. */
  readonly cancelled: number;
  /** How long the run took. */
  readonly seconds: number;
  /** Items ended in a second, whatever their status. */
  readonly perSecond: number;
  /** The bytes that were read. */
  readonly bytesIn: number;
  /** The bytes that were written. */
  readonly bytesOut: number;
  /** The run ended because so many items had failed (`stopOnError`): those that it had not begun are not counted. */
  readonly halted?: number;
  /** The number of failed items by cause; absent if none failed. */
  readonly causes?: Readonly<Partial<Record<ErrorCode, number>>>;
  /** Absent of short runs, and where nothing could be foretold. */
  readonly forecast?: RunForecast;
  /** The time of all items together by stage, in milliseconds; absent if none was worked on. */
  readonly stages?: StageMs;
  /** What was made of all thumbnails together, if that was asked for. */
  readonly sets?: readonly WrittenSet[];
  /** Of a fetch: the ten hosts with the most requests. */
  readonly hosts?: readonly HostFigures[];
  /** What limited the run; absent if it was too short to tell, or nothing shows. */
  readonly limit?: Limit;
  /** The pool at the end of the run. */
  readonly pool?: PoolSummary;
}

/** The pool of a run, at its end. */
export interface PoolSummary {
  /** How many items could be in flight at once. */
  readonly size: number;
  /** Whether the run found the size itself. */
  readonly automatic: boolean;
  /** When it had found it; absent if the run ended before. */
  readonly settledAfterSeconds?: number;
  /** How much longer it took until then than with the size that it found. */
  readonly searchSeconds?: number;
}

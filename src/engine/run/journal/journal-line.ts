import type { LimitChange } from '../../../shared/limits/limit-change.ts';
import type { ItemResult, RemovedOutput, Status, Summary } from '../../../shared/result.ts';
import type { Owner } from '../../files/parts/owner.ts';
import type { JournalOptions } from '../run-options.ts';

/** The version of the format that this program writes: see docs/journal.md. */
export const journalVersion = 1;

/** The first line of a journal. */
export interface JournalHead {
  readonly type: 'run';
  readonly version: number;
  readonly id: string;
  /** The version of the program that wrote it. */
  readonly program: string;
  /** In the form of ISO 8601. */
  readonly startedAt: string;
  readonly owner: Owner;
  /** The working directory, which relative paths start from. */
  readonly folder: string;
  readonly front: JournalOptions['front'];
  readonly title: string;
  /** What was to be done, without secrets; null where it is too large to keep. */
  readonly request: object | null;
  /** The names of what the request had and the journal does not keep. */
  readonly withheld?: readonly string[];
  readonly force?: boolean;
  readonly retryOf?: JournalOptions['retryOf'];
  /** The run was limited to some items of its request, and nothing here tells which. */
  readonly limited?: true;
  readonly details?: JournalOptions['details'];
}

/**
 * The result of an item. Of `map` there is no output, and of a long item only its beginning: then it is `cut`. `place` is
 * that of the item among all, where it is not that of the line among all results.
 */
export type ResultLine = {
  readonly type: 'result';
  readonly cut?: true;
  readonly place?: number;
} & Omit<ItemResult, 'index'>;

/** How far the run was when the lines before it were written. It lets a reader begin at the end of a long file. */
type ProgressLine = Readonly<Record<Status | 'bytesIn' | 'bytesOut', number>> & {
  readonly type: 'progress';
  readonly atMs: number;
  /** The number of items, where it is known. */
  readonly total?: number;
};

/** A line of this version. A reader passes over all others. */
export type JournalLine =
  | JournalHead
  | ResultLine
  | ProgressLine
  | { readonly type: 'pool'; readonly atMs: number; readonly size: number }
  /** A limit was changed by hand. */
  | { readonly type: 'limit'; readonly atMs: number; readonly change: LimitChange }
  /** The folders that the list of the request had. */
  | { readonly type: 'listed'; readonly folders: readonly string[] }
  /** A thumbnail was removed, because its original is gone. */
  | ({ readonly type: 'removed' } & RemovedOutput)
  | { readonly type: 'warning'; readonly message: string }
  /** `interrupted` says why the run ended before all of its items did. */
  | ({ readonly type: 'summary'; readonly interrupted?: string } & Summary)
  /** An error ended the run. */
  | { readonly type: 'problem'; readonly message: string }
  /** Later, the files that the run had made were removed. */
  | { readonly type: 'undone'; readonly at: string; readonly removed: number };

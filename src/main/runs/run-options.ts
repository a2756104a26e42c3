import type { JournalOptions, Limit, LivePoolSize, RunOptions, Summary } from '../../engine/index.ts';
import type { JobKind } from '../../shared/ipc/job.ts';
import type { RunId, RunSnapshot, RunUpdate, ThumbId } from '../../shared/ipc/run.ts';
import type { HostsStanding } from '../../shared/progress/hosts-standing.ts';
import type { Reached } from '../../shared/progress/progress.ts';
import type { FetchRecipe } from '../../shared/recipe.ts';
import type { QueueDetails } from '../history/job-of-head.ts';
import type { StoredItem } from '../views/row-store.ts';
import type { RunRecord } from '../views/run-record.ts';

/** A run that workers of a queue have. */
interface HandedOut {
  /** Its id in the queue. */
  readonly run: string;
  /** Whether the queue is not reached now. */
  readonly isLost: () => boolean;
  /** What the workers have told last. Undefined before. */
  readonly elsewhere: () => Elsewhere | undefined;
}

/** A run that workers do, and how it is followed. */
export interface Followed extends HandedOut {
  readonly queue: QueueDetails;
  readonly work: (options: RunOptions, journal: JournalOptions) => Promise<Summary>;
}

/** How far workers are with a run, ahead of its results. */
export interface Elsewhere {
  readonly reached: Reached;
  readonly hosts: HostsStanding | undefined;
  readonly handedOut: Omit<NonNullable<RunSnapshot['handedOut']>, 'run' | 'isLost'>;
}

export interface WindowRunOptions {
  readonly runId: RunId;
  readonly kind: JobKind;
  readonly title: string;
  readonly destination: string;
  readonly poolSize: LivePoolSize;
  readonly isWatched?: boolean;
  readonly handedOut?: HandedOut | undefined;
  /** Of a run that fetches. */
  readonly recipe?: Pick<FetchRecipe, 'perHost' | 'bandwidth'>;
  /** Does the work: the engine, or a substitute in tests. */
  readonly work: (options: RunOptions) => Promise<Summary>;
  /** The id under which the page may show this item's picture, if it has one. */
  readonly thumbOf: (item: StoredItem) => ThumbId | undefined;
  readonly tell: (update: RunUpdate) => void;
  /** Of a run that is over and known by its journal: what that tells. Its `work` is never called. */
  readonly over?: {
    readonly record: RunRecord;
    readonly limit?: Limit | undefined;
    readonly problem?: string | undefined;
    readonly summary?: Summary | undefined;
  };
}

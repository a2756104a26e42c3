import type { HostsStanding } from '../../../shared/progress/hosts-standing.ts';

/** How many items of a bucket have ended, and how many bytes that were. */
export interface BucketCounts {
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** How far a bucket is, as the worker tells of it that has it. What earlier workers did of it is counted too. */
export interface BucketStanding extends BucketCounts {
  readonly run: string;
  readonly bucket: number;
  readonly items: number;
  /** Of a bucket of URLs. */
  readonly hosts?: HostsStanding;
}

/** What a worker does, as it tells again and again. */
export interface WorkerStanding {
  /** When it began to take buckets. */
  readonly since: string;
  /** How many items at once it works on at most; 0 before its first bucket. */
  readonly places: number;
  /** How many of these are taken. */
  readonly busy: number;
  /** Items ended a second of late, of all its buckets. */
  readonly perSecond: number;
  readonly buckets: readonly BucketStanding[];
}

/** A worker and what was heard of it last. */
export interface HeardWorker extends WorkerStanding {
  readonly name: string;
  /** How long ago that was, by the clock of the queue, in milliseconds. */
  readonly heardMs: number;
  /** That is so long that it is taken for lost. */
  readonly isLost: boolean;
}

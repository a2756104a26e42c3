import type { HostsStanding } from '../../../shared/progress/hosts-standing.ts';
import { hostsTogether } from './hosts-together.ts';
import type { BucketCounts, BucketStanding, HeardWorker } from './worker-standing.ts';

/** The hosts with most left; more of them nobody reads. */
const mostHosts = 100;

/** How far a run is that workers have, and who works on it. */
export interface RunStanding {
  readonly items: number;
  /** Of buckets that have ended and of those that are worked on. */
  readonly counts: BucketCounts;
  readonly buckets: {
    readonly all: number;
    readonly ended: number;
    /** Those that failed by themselves. */
    readonly broken: number;
    readonly atWork: number;
  };
  /** Those that work on it, and have told of it. */
  readonly workers: readonly HeardWorker[];
  /** How many further workers there are. */
  readonly others: number;
  readonly hosts?: HostsStanding | undefined;
}

/** What workers have told of the buckets of one run that have not ended. */
export class BucketsAtWork {
  readonly #run: string;
  /** By number. What was counted of a bucket stays counted when its worker is lost: what it has written down is kept. */
  readonly #furthest = new Map<number, BucketStanding>();
  #workers: readonly HeardWorker[] = [];
  #others = 0;

  constructor(run: string) {
    this.#run = run;
  }

  /** @param isOpen whether a bucket has not ended. */
  hear(heard: readonly HeardWorker[], isOpen: (bucket: number) => boolean): void {
    const ours = heard.map((worker) => ({
      ...worker,
      buckets: worker.buckets.filter(({ run, bucket }) => run === this.#run && isOpen(bucket)),
    }));
    this.#workers = ours.filter(({ buckets }) => buckets.length > 0);
    this.#others = ours.filter(({ buckets, isLost }) => buckets.length === 0 && !isLost).length;
    for (const bucket of this.#workers.flatMap(({ buckets }) => buckets)) {
      const known = this.#furthest.get(bucket.bucket);
      if (!known || endedOf(known) <= endedOf(bucket)) this.#furthest.set(bucket.bucket, bucket);
    }
  }

  /** It is told by its results from now on. */
  hasEnded(bucket: number): void {
    this.#furthest.delete(bucket);
  }

  /** @param told what the results say of the buckets that have ended. */
  standing(told: BucketCounts): Pick<RunStanding, 'counts' | 'workers' | 'others' | 'hosts'> {
    const present = this.#workers.filter(({ isLost }) => !isLost);
    const hosts = hostsTogether(
      present.flatMap(({ buckets }) => buckets.flatMap(({ hosts: known }) => known ?? [])),
      mostHosts,
    );
    return {
      counts: [...this.#furthest.values()].reduce(plus, told),
      workers: this.#workers,
      others: this.#others,
      ...(hosts && { hosts }),
    };
  }

  /** How many buckets workers have now. */
  get size(): number {
    const present = this.#workers.filter(({ isLost }) => !isLost);
    return new Set(present.flatMap(({ buckets }) => buckets.map(({ bucket }) => bucket))).size;
  }
}

function endedOf({ done, skipped, failed }: Pick<BucketCounts, 'done' | 'skipped' | 'failed'>): number {
  return done + skipped + failed;
}

function plus(one: BucketCounts, other: BucketCounts): BucketCounts {
  return {
    done: one.done + other.done,
    skipped: one.skipped + other.skipped,
    failed: one.failed + other.failed,
    bytesIn: one.bytesIn + other.bytesIn,
    bytesOut: one.bytesOut + other.bytesOut,
  };
}

/** A worker has so many buckets at once at most. */
export const mostBuckets = 8;
/** A further bucket is taken when a slot has been idle for so long, in milliseconds. */
const idleMs = 500;
/** The next bucket is taken when so many times as many items are left as there are slots: its threads take a while to boot. */
const startsAhead = 6;
/** So long the threads of a bucket may take to boot before it counts as one that cannot use its slots, in milliseconds. */
const bootsWithinMs = 5_000;

/** What the slots have to know of a bucket. */
export interface BucketOfSlots {
  /** How many slots there are for items of this kind; asked again each time, because the worker may find another number. */
  readonly size: () => number;
  readonly items: number;
  /** Whether its items may have to wait for something else than a slot: for their hosts. */
  readonly mayWait: boolean;
  /** Told that there may be room for one more. */
  readonly onRoom: () => void;
}

export interface WorkerSlotsOptions {
  readonly most?: number;
  readonly now?: () => number;
}

/**
 * Who may use how many of a worker's slots, and when it takes a further bucket. Pure: whoever calls tells the time.
 *
 * The buckets that were taken first go first: a slot that becomes free is offered to them in the order of taking, and a
 * later one gets what they have no use for, because their hosts may not be asked now. All together never use more slots than
 * there are. Where buckets of several kinds have sizes of their own, a slot is that part of the whole.
 */
export class WorkerSlots {
  readonly #most: number;
  readonly now: () => number;
  /** In the order of taking. */
  readonly #buckets: SlotsOfBucket[] = [];
  #idleSince: number | undefined;
  #isOffering = false;

  constructor({ most = mostBuckets, now = () => performance.now() }: WorkerSlotsOptions = {}) {
    this.#most = most;
    this.now = now;
  }

  /** A bucket was taken. It uses no slots before `opens`. */
  take(): SlotsOfBucket {
    const bucket = new SlotsOfBucket(this);
    this.#buckets.push(bucket);
    return bucket;
  }

  /** When a further bucket is to be taken, if nothing happens before: a time of the clock, or Infinity. */
  get furtherAt(): number {
    const newest = this.#buckets.at(-1);
    if (!newest) return Number.NEGATIVE_INFINITY;
    if (this.#buckets.length >= this.#most) return Number.POSITIVE_INFINITY;
    // Who takes one after the other sees first whether that is enough.
    if (newest.begunAt === undefined) return this.#byIdleness(newest.takenAt + bootsWithinMs);
    const isOfUse = this.#roomFor(newest) > 0 || newest.busy > 0;
    if (newest.isNearItsEnd && isOfUse) return this.now();
    return this.#byIdleness(newest.begunAt + idleMs);
  }

  /** How many slots the bucket may use now. */
  limitOf(bucket: SlotsOfBucket): number {
    return Math.max(0, bucket.busy + this.#roomFor(bucket));
  }

  /** Offers slots that are free, the buckets that were taken first before the others. */
  offer(): void {
    // What is started by one who is told ends here as well, and the round that is on sees it.
    if (this.#isOffering) return;
    this.#isOffering = true;
    try {
      for (const bucket of [...this.#buckets]) if (this.#roomFor(bucket) > 0) bucket.tellOfRoom();
    } finally {
      this.#isOffering = false;
    }
    this.hasChanged();
  }

  /** Notes since when a slot has been idle. */
  hasChanged(): void {
    if (!this.#buckets.some((bucket) => this.#roomFor(bucket) > 0)) this.#idleSince = undefined;
    else this.#idleSince ??= this.now();
  }

  remove(bucket: SlotsOfBucket): void {
    const at = this.#buckets.indexOf(bucket);
    if (at === -1) return;
    this.#buckets.splice(at, 1);
    this.offer();
  }

  #byIdleness(from: number): number {
    // Computing uses all slots that it can get; another bucket would add nothing.
    const computes = this.#buckets.some((bucket) => !bucket.mayWait && !bucket.isNearItsEnd);
    if (computes || this.#idleSince === undefined) return Number.POSITIVE_INFINITY;
    return Math.max(from, this.#idleSince + idleMs);
  }

  /** How many more slots the bucket may use; less than none where the worker's number has become smaller. */
  #roomFor({ size }: SlotsOfBucket): number {
    // What is computed in parts of the whole is not exact.
    return Math.floor(size * (1 - this.#use) + 1e-6);
  }

  /** The part of all slots that is in use. */
  get #use(): number {
    let use = 0;
    for (const { busy, size } of this.#buckets) if (busy > 0) use += busy / size;
    return use;
  }
}

/** The slots of one bucket of a worker. */
export class SlotsOfBucket {
  readonly takenAt: number;
  readonly #worker: WorkerSlots;
  #is: BucketOfSlots | undefined;
  #busy = 0;
  #left = 0;
  #begunAt: number | undefined;

  constructor(worker: WorkerSlots) {
    this.#worker = worker;
    this.takenAt = worker.now();
  }

  /** How many of its items are in flight. */
  get busy(): number {
    return this.#busy;
  }

  get size(): number {
    return this.#is?.size() ?? 0;
  }

  get limit(): number {
    return this.#worker.limitOf(this);
  }

  get mayWait(): boolean {
    return this.#is?.mayWait ?? true;
  }

  /** When the first of its items began; undefined while its threads boot. */
  get begunAt(): number | undefined {
    return this.#begunAt;
  }

  get isNearItsEnd(): boolean {
    return this.#is !== undefined && this.#left <= Math.min(this.#is.items / 2, this.size * startsAhead);
  }

  /** Its items can begin. */
  opens(bucket: BucketOfSlots): void {
    this.#is = bucket;
    this.#left = bucket.items;
    this.#worker.hasChanged();
  }

  /** A slot is taken. */
  started(): void {
    this.#busy += 1;
    this.#begunAt ??= this.#worker.now();
    this.#worker.hasChanged();
  }

  /** A slot is free again. */
  ended(): void {
    this.#busy -= 1;
    this.#worker.offer();
  }

  /** One of its items will need no slot any more. */
  itemEnded(): void {
    this.#left -= 1;
    this.#begunAt ??= this.#worker.now();
  }

  tellOfRoom(): void {
    this.#is?.onRoom();
  }

  /** Gives all slots back. */
  close(): void {
    this.#busy = 0;
    this.#worker.remove(this);
  }
}

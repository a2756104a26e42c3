import { ExponentialBackoff, fullJitterGenerator, type IBackoff, type IBackoffFactory } from 'cockatiel';

/** A host that turns this many requests away in a row (429, 503) is left alone for a while. */
const turnedAwayLimit = 3;

/** How long refusals are remembered of a host that has nothing more to do, in milliseconds. */
const turnedAwayMemoryMs = 60_000;

const parking = new ExponentialBackoff({
  generator: fullJitterGenerator,
  initialDelay: 2_000,
  maxDelay: 60_000,
});

export interface HostLimits {
  /** Requests in flight at one host. */
  readonly perHost: number;
  /** The least time between the starts of two requests, in milliseconds. */
  readonly minGapMs: number;
}

/**
 * What is known of one host, and whether it may be asked now. The breaker is the classic one: closed; open
 * (parked) after several refusals in a row; half-open, with one request at a time, until one succeeds.
 */
export class Host<Job> {
  readonly name: string;
  readonly waiting: Job[] = [];
  active = 0;
  /** Whether it stands in the feed's row of hosts that may be asked. */
  listed = false;
  timer: NodeJS.Timeout | undefined;
  forgetting: NodeJS.Timeout | undefined;
  #head = 0;
  #notBefore = 0;
  #turnedAway = 0;
  #halfOpen = false;
  #parking: IBackoff<unknown> | undefined;

  constructor(name: string) {
    this.name = name;
  }

  get waitingCount(): number {
    return this.waiting.length - this.#head;
  }

  get isIdle(): boolean {
    return this.active === 0 && this.waitingCount === 0;
  }

  /** For how long what is known of it still matters, in milliseconds. */
  mattersFor(now: number): number {
    const waits = Math.max(0, this.#notBefore - now);
    return this.#turnedAway > 0 ? waits + turnedAwayMemoryMs : waits;
  }

  push(job: Job): void {
    this.waiting.push(job);
  }

  pushFirst(job: Job): void {
    if (this.#head === 0) this.waiting.unshift(job);
    else {
      this.#head -= 1;
      this.waiting[this.#head] = job;
    }
  }

  /** How long until a request may start, in milliseconds: 0 now, Infinity once another has ended. */
  startsIn(now: number, { perHost }: HostLimits): number {
    if (this.active >= (this.#halfOpen ? 1 : perHost)) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#notBefore - now);
  }

  shift(now: number, limits: HostLimits): Job {
    const job = this.waiting[this.#head] as Job;
    this.#head += 1;
    // Taking from the front of an array copies it: the taken are dropped many at a time.
    if (this.#head > 64 && this.#head * 2 > this.waiting.length) {
      this.waiting.splice(0, this.#head);
      this.#head = 0;
    }
    this.active += 1;
    this.leaves(now, limits);
    return job;
  }

  /** A request to it leaves now. */
  leaves(now: number, { minGapMs }: HostLimits): void {
    if (minGapMs > 0) this.#notBefore = Math.max(this.#notBefore, now + minGapMs);
  }

  answered(): void {
    this.#turnedAway = 0;
    this.#halfOpen = false;
    this.#parking = undefined;
  }

  /** @param afterMs the host's own wish. @returns whether it is parked now. */
  turnedAway(now: number, afterMs: number | undefined): boolean {
    this.#turnedAway += 1;
    if (this.#turnedAway < turnedAwayLimit && !this.#halfOpen) return false;
    this.#halfOpen = true;
    const next: IBackoffFactory<unknown> = this.#parking ?? parking;
    this.#parking = next.next(undefined);
    this.#notBefore = Math.max(this.#notBefore, now + (afterMs ?? this.#parking.duration));
    return true;
  }
}

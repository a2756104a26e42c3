import { ExponentialBackoff, fullJitterGenerator, type IBackoff, type IBackoffFactory } from 'cockatiel';

/** After this many refusals in a row (429, 503) a host is left alone for a while. */
const turnedAwayLimit = 3;

/** How long the refusals of a host without further jobs are remembered, in milliseconds. */
const turnedAwayMemoryMs = 60_000;

const parking = new ExponentialBackoff({
  generator: fullJitterGenerator,
  initialDelay: 2_000,
  maxDelay: 60_000,
});

export interface HostLimits {
  /** The most requests in flight at one host. */
  readonly perHost: number;
  /** The least time between the starts of two requests to a host, in milliseconds. */
  readonly minGapMs: number;
}

/**
 * The state of one host, which decides whether it may be asked now. A circuit breaker: closed; open (parked) after
 * several refusals in a row; half-open, with one request at a time, until one succeeds.
 */
export class Host<Job> {
  readonly name: string;
  readonly waiting: Job[] = [];
  active = 0;
  /** Whether it is in the feed's list of hosts that may be asked. */
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

  /** How long this state must be remembered, in milliseconds. */
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

  /** How long until a request may start, in milliseconds: 0 for now, Infinity until a request in flight has ended. */
  startsIn(now: number, { perHost }: HostLimits): number {
    if (this.active >= (this.#halfOpen ? 1 : perHost)) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#notBefore - now);
  }

  shift(now: number, limits: HostLimits): Job {
    const job = this.waiting[this.#head] as Job;
    this.#head += 1;
    // Removing the first element copies the array, so taken jobs are removed many at a time.
    if (this.#head > 64 && this.#head * 2 > this.waiting.length) {
      this.waiting.splice(0, this.#head);
      this.#head = 0;
    }
    this.active += 1;
    this.leaves(now, limits);
    return job;
  }

  /** Call when a request to the host is sent. */
  leaves(now: number, { minGapMs }: HostLimits): void {
    if (minGapMs > 0) this.#notBefore = Math.max(this.#notBefore, now + minGapMs);
  }

  answered(): void {
    this.#turnedAway = 0;
    this.#halfOpen = false;
    this.#parking = undefined;
  }

  /** @param afterMs the wait that the host asks for, in milliseconds. @returns whether the host is parked now. */
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

import { HostPace, type Start } from './host-pace.ts';
import type { HostCounts } from './retries.ts';

/** How long the pace of a host without further jobs is remembered, in milliseconds. */
const paceMemoryMs = 60_000;

export interface HostLimits {
  /** The most requests in flight at one host. */
  readonly perHost: number;
  /** The least time between the starts of two requests to a host, in milliseconds. */
  readonly minGapMs: number;
  /** Nothing is asked of it for now, by a person's wish. */
  readonly isHeld?: boolean;
}

/** The state of one host: the jobs that wait for it and those in flight, and whether it may be asked now. */
export class Host<Job> {
  readonly name: string;
  readonly waiting: Job[] = [];
  /** Whether it is in the feed's list of hosts that may be asked. */
  listed = false;
  timer: NodeJS.Timeout | undefined;
  forgetting: NodeJS.Timeout | undefined;
  readonly #inFlight = new Map<Job, Start>();
  readonly #pace = new HostPace();
  #head = 0;
  /** When its next job was held back, and how long it was before. */
  #heldSince: number | undefined;
  #heldMs = 0;
  /** By the least gap that the person or the site asks for. */
  #notBefore = 0;

  constructor(name: string) {
    this.name = name;
  }

  get waitingCount(): number {
    return this.waiting.length - this.#head;
  }

  get isIdle(): boolean {
    return this.#inFlight.size === 0 && this.waitingCount === 0;
  }

  get isSlowed(): boolean {
    return this.#pace.isSlowed;
  }

  get counts(): HostCounts {
    const { answers, refusals } = this.#pace;
    return { answers, refusals };
  }

  /** How long until somebody else may ask it, in milliseconds: Infinity while a request is in flight. */
  restsIn(now: number): number {
    if (this.#inFlight.size > 0) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#notBefore - now, this.#pace.startsIn(now, 0));
  }

  /** How long this state must be remembered, in milliseconds. */
  mattersFor(now: number): number {
    return this.#pace.isSlowed ? this.restsIn(now) + paceMemoryMs : this.restsIn(now);
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

  /** What keeps a request from starting now; undefined if nothing does, or the number at once is still growing. */
  heldBy(now: number, { perHost, isHeld = false }: HostLimits): 'limit' | 'gap' | 'refusals' | undefined {
    if (isHeld) return undefined;
    const active = this.#inFlight.size;
    if (active >= perHost) return 'limit';
    const byPace = this.#pace.startsIn(now, active);
    if (byPace > 0) return this.#pace.isSlowed ? 'refusals' : undefined;
    return this.#notBefore > now ? 'gap' : undefined;
  }

  /** How long until a request may start, in milliseconds: 0 for now, Infinity until a request in flight has ended. */
  startsIn(now: number, { perHost, isHeld = false }: HostLimits): number {
    const active = this.#inFlight.size;
    if (isHeld || active >= perHost) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#notBefore - now, this.#pace.startsIn(now, active));
  }

  /** A job may start, but not at this host. */
  hold(now: number): void {
    this.#heldSince ??= now;
  }

  /** The host may probably be asked again. */
  letGo(now: number): void {
    if (this.#heldSince === undefined) return;
    this.#heldMs += now - this.#heldSince;
    this.#heldSince = undefined;
  }

  /** How long the job that was taken last had to wait for the host, in milliseconds. */
  takeHeldMs(): number {
    const held = this.#heldMs;
    this.#heldMs = 0;
    return held;
  }

  shift(now: number, limits: HostLimits): Job {
    const job = this.waiting[this.#head] as Job;
    this.#head += 1;
    // Removing the first element copies the array, so taken jobs are removed many at a time.
    if (this.#head > 64 && this.#head * 2 > this.waiting.length) {
      this.waiting.splice(0, this.#head);
      this.#head = 0;
    }
    this.#inFlight.set(job, this.#pace.start(now, this.#inFlight.size));
    this.leaves(now, limits);
    return job;
  }

  /** Call when a request to the host is sent. */
  leaves(now: number, { minGapMs }: HostLimits): void {
    if (minGapMs > 0) this.#notBefore = Math.max(this.#notBefore, now + minGapMs);
  }

  /** The job's request ended in a way that says nothing about the host's load. */
  passed(job: Job): void {
    if (this.#inFlight.delete(job)) this.#pace.passed();
  }

  answered(job: Job): void {
    const start = this.#inFlight.get(job);
    if (!start) return;
    this.#pace.answered(start, this.#inFlight.size);
    this.#inFlight.delete(job);
  }

  /**
   * @param afterMs the wait that the host asks for, in milliseconds.
   * @returns whether the host is slowed down for the first time.
   */
  turnedAway(job: Job, now: number, afterMs: number | undefined): boolean {
    const start = this.#inFlight.get(job);
    if (!start) return false;
    this.#inFlight.delete(job);
    const wasSlowed = this.#pace.isSlowed;
    this.#pace.refused(start, now, this.#inFlight, afterMs);
    return !wasSlowed;
  }
}

import { END, type Feed, type FeedWait, WAIT } from '../../pool/feed.ts';
import type { HostsOfRun } from '../../run/limits/shared-hosts.ts';
import { Host, type HostLimits } from './host.ts';
import type { HostCounts } from './retries.ts';

/** How a request ended, from the host's point of view. */
export type HostAnswer =
  | { readonly kind: 'answered' }
  /** 429 or 503: the host refuses further requests for now. */
  | { readonly kind: 'turned-away'; readonly afterMs: number | undefined }
  /** The end of the request says nothing about the host's load. */
  | { readonly kind: 'silent' };

/** At so many hosts it is looked for one that holds jobs back: whether the others do makes no difference. */
const mostLooks = 256;

export interface HostFeedOptions<Job> {
  readonly hostOf: (job: Job) => string;
  /** Asked again each time, because what is known of a host may change during the run. */
  readonly limitsOf: (host: string) => HostLimits;
  /** Calls the listener when `limitsOf` has other answers for some hosts; returns a function that ends that. */
  readonly onLimitsChange?: (listener: () => void) => () => void;
  /** Which hosts are left to other runs now. */
  readonly shared?: HostsOfRun | undefined;
  /** The most jobs to hold, read ahead so that a slow host does not delay the others. Default 4,000. */
  readonly lookAhead?: number;
  readonly now?: () => number;
  /** A host has turned a request away for the first time: it is asked more slowly from now on. */
  readonly onSlowed?: (host: string) => void;
  /** A job was the next of its host, and waited so long for it, in milliseconds. */
  readonly onHeld?: (job: Job, ms: number) => void;
}

/**
 * A feed that knows hosts: it reads ahead, gives out only jobs whose host may be asked now, host by host in turn, and
 * takes back jobs to be tried again later. Jobs that wait here take no slot.
 */
export class HostFeed<Job> implements Feed<Job> {
  readonly #options: HostFeedOptions<Job>;
  readonly #lookAhead: number;
  readonly #now: () => number;
  readonly #hosts = new Map<string, Host<Job>>();
  /** The hosts that can probably be asked now; each is checked when its turn comes. */
  #row: Host<Job>[] = [];
  #next = 0;
  /** The number of jobs waiting at their hosts, plus those waiting for the time of their next try. */
  #waiting = 0;
  #retrying = 0;
  readonly #retryTimers = new Set<NodeJS.Timeout>();
  #ended = false;
  #closed = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => {};
  #hasRoom: (() => void) | undefined;
  readonly #source: AsyncIterator<readonly Job[]>;
  readonly #forgetLimits: (() => void) | undefined;

  /** @param source yields jobs in batches: an async step for each job would be too slow. */
  constructor(source: AsyncIterable<readonly Job[]>, options: HostFeedOptions<Job>) {
    this.#options = options;
    this.#lookAhead = options.lookAhead ?? 4_000;
    this.#now = options.now ?? (() => performance.now());
    this.#source = source[Symbol.asyncIterator]();
    this.#forgetLimits = options.onLimitsChange?.(() => this.#lookAgain());
    void this.#readAhead();
  }

  take(): Job | typeof WAIT | typeof END {
    if (this.#failure) throw this.#failure.error;
    const now = this.#now();
    for (let host = this.#shiftRow(); host; host = this.#shiftRow()) {
      const limits = this.#options.limitsOf(host.name);
      const wait = host.waitingCount === 0 ? Number.POSITIVE_INFINITY : this.#startsIn(host, now, limits);
      if (wait > 0) {
        if (host.waitingCount > 0) host.hold(now);
        this.#comeBackTo(host, wait);
        continue;
      }
      const job = host.shift(now, limits);
      this.#waiting -= 1;
      const heldMs = host.takeHeldMs();
      if (heldMs > 0) this.#options.onHeld?.(job, heldMs);
      if (host.waitingCount > 0) this.#list(host);
      this.#hasRoom?.();
      return job;
    }
    return this.#ended && this.#waiting + this.#retrying === 0 ? END : WAIT;
  }

  onReady(wake: () => void): void {
    this.#wake = wake;
  }

  /** Of several hosts, the one for which most jobs wait. */
  waitsFor(): FeedWait | undefined {
    if (this.#waiting + this.#retrying === 0) return { kind: this.#ended ? 'end' : 'reader' };
    const now = this.#now();
    let worst: { readonly host: Host<Job>; readonly by: 'limit' | 'gap' | 'refusals' } | undefined;
    let looks = mostLooks;
    for (const host of this.#hosts.values()) {
      looks -= 1;
      if (looks < 0) break;
      // What a host has turned away may all wait for its next try, outside of its queue.
      if (host.isSlowed && this.#retrying > 0) worst ??= { host, by: 'refusals' };
      if (host.waitingCount <= (worst?.host.waitingCount ?? 0)) continue;
      const by = host.heldBy(now, this.#options.limitsOf(host.name));
      if (by) worst = { host, by };
    }
    return worst && { kind: 'host', host: worst.host.name, by: worst.by };
  }

  /** Whether jobs wait for this host because of its own limits. */
  isHeldBack(name: string): boolean {
    const host = this.#hosts.get(name);
    if (!host || host.waitingCount === 0) return false;
    return host.heldBy(this.#now(), this.#options.limitsOf(name)) !== undefined;
  }

  /** Call when a job's request is sent: by then more may be known of its host than when the job was taken. */
  leaves(job: Job): void {
    const name = this.#options.hostOf(job);
    this.#hosts.get(name)?.leaves(this.#now(), this.#options.limitsOf(name));
  }

  /** Call when a job's request has ended: its place at the host is free. */
  release(job: Job, answer: HostAnswer): void {
    const name = this.#options.hostOf(job);
    const host = this.#hosts.get(name);
    if (!host) return;
    const now = this.#now();
    switch (answer.kind) {
      case 'answered':
        host.answered(job);
        break;
      case 'turned-away':
        if (host.turnedAway(job, now, answer.afterMs)) this.#options.onSlowed?.(name);
        break;
      case 'silent':
        host.passed(job);
        break;
    }
    if (host.waitingCount > 0) this.#list(host);
    else if (host.isIdle) this.#forget(host, host.mattersFor(now));
    this.#options.shared?.hasEndedOne(name);
    // The job may go on without its host (its thumbnail is made), so another job can have the place already.
    this.#wake();
  }

  /** What the job's host has answered and refused, as far as is remembered. */
  countsOf(job: Job): HostCounts {
    return this.#hosts.get(this.#options.hostOf(job))?.counts ?? { answers: 0, refusals: 0 };
  }

  /** Takes a job back, to be given out again after a delay. */
  retry(job: Job, delayMs: number): void {
    this.#retrying += 1;
    const timer = setTimeout(() => {
      this.#retryTimers.delete(timer);
      this.#retrying -= 1;
      this.#add(job);
      this.#wake();
    }, delayMs);
    this.#retryTimers.add(timer);
  }

  /** Takes a job back that continues at once, perhaps at another host, before jobs that have not begun. */
  goOn(job: Job): void {
    this.#add(job, true);
    this.#wake();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#forgetLimits?.();
    this.#hasRoom?.();
    for (const timer of this.#retryTimers) clearTimeout(timer);
    for (const host of this.#hosts.values()) {
      clearTimeout(host.timer);
      clearTimeout(host.forgetting);
      this.#options.shared?.release(host.name);
    }
    // return() is queued behind a next() in progress, so it is not awaited: a source that hangs must not hang the run.
    void Promise.resolve(this.#source.return?.()).catch(() => {});
  }

  async #readAhead(): Promise<void> {
    try {
      for (;;) {
        const next = await this.#source.next();
        if (next.done || this.#closed) break;
        for (const job of next.value) this.#add(job);
        this.#wake();
        // Lets other events be handled in between: the first requests leave before the list has been read.
        await new Promise((resolve) => setImmediate(resolve));
        while (this.#waiting + this.#retrying >= this.#lookAhead && !this.#closed) {
          await new Promise<void>((resolve) => {
            this.#hasRoom = resolve;
          });
          this.#hasRoom = undefined;
        }
      }
      this.#ended = true;
    } catch (error) {
      this.#failure = { error };
    }
    this.#wake();
  }

  #add(job: Job, isFirst = false): void {
    const name = this.#options.hostOf(job);
    const host = this.#hosts.get(name) ?? this.#newHost(name);
    if (isFirst) host.pushFirst(job);
    else host.push(job);
    this.#waiting += 1;
    this.#list(host);
  }

  #newHost(name: string): Host<Job> {
    const host = new Host<Job>(name);
    this.#hosts.set(name, host);
    this.#options.shared?.claim(name, {
      restsIn: () => host.restsIn(this.#now()),
      onFree: () => {
        this.#list(host);
        this.#wake();
      },
    });
    return host;
  }

  #startsIn(host: Host<Job>, now: number, limits: HostLimits): number {
    return Math.max(host.startsIn(now, limits), this.#options.shared?.startsIn(host.name) ?? 0);
  }

  /** A host at its limit may have a higher one now; each is checked when its turn comes. */
  #lookAgain(): void {
    for (const host of this.#hosts.values()) if (host.waitingCount > 0) this.#list(host);
    this.#wake();
  }

  #list(host: Host<Job>): void {
    if (host.listed || host.timer !== undefined) return;
    host.listed = true;
    host.letGo(this.#now());
    this.#row.push(host);
  }

  #shiftRow(): Host<Job> | undefined {
    const host = this.#row[this.#next];
    if (!host) {
      this.#row = [];
      this.#next = 0;
      return undefined;
    }
    this.#next += 1;
    if (this.#next > 1_024) {
      this.#row.splice(0, this.#next);
      this.#next = 0;
    }
    host.listed = false;
    return host;
  }

  /** Looks at a host again when it may be asked; a host at its limit is listed again when one of its requests ends. */
  #comeBackTo(host: Host<Job>, wait: number): void {
    if (!Number.isFinite(wait) || host.timer !== undefined) return;
    host.timer = setTimeout(() => {
      host.timer = undefined;
      this.#list(host);
      this.#wake();
    }, Math.ceil(wait));
  }

  /** Forgets a host that is no longer needed: a run over a million hosts must not remember them all. */
  #forget(host: Host<Job>, afterMs: number): void {
    clearTimeout(host.forgetting);
    host.forgetting = undefined;
    if (!host.isIdle) return;
    if (afterMs > 0) host.forgetting = setTimeout(() => this.#forget(host, 0), afterMs).unref();
    else {
      this.#hosts.delete(host.name);
      this.#options.shared?.release(host.name);
    }
  }
}

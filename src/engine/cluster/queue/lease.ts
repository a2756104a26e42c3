/** How long a worker has a bucket without saying that it is still there, in milliseconds. */
export const leaseMs = 8_000;
const renewalMs = 2_000;
/** So long before it ends a lease counts as over: what has started by then is sent while it is held. */
const marginMs = 1_500;
/** So long before it ends, what is in flight is cut short: the next worker asks the same hosts. */
const cutMarginMs = 500;

/** What is to happen when a lease is lost: somebody else has the bucket by now. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export interface LeaseOptions {
  /** @returns whether the bucket is still this worker's. @throws if nobody can tell now. */
  readonly renew: (ms: number) => Promise<boolean>;
  /** Asked with each renewal: whether the work is still wanted. */
  readonly isWanted: () => Promise<boolean>;
  readonly onFault: (error: unknown) => void;
}

/**
 * A worker's right to work on a bucket. It is renewed again and again; where that is not possible it ends by the clock,
 * also in a process that was stopped for a while and wakes up late: at first nothing is started any more, then it is lost.
 */
export class Lease implements Disposable {
  readonly #options: LeaseOptions;
  readonly #lost = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #timer: NodeJS.Timeout;
  readonly #end: NodeJS.Timeout;
  #until = ends();
  #isRenewing = false;
  #wasHeld = true;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#renew(), renewalMs);
    this.#end = setTimeout(() => this.#lose('It could not be renewed in time.'), leaseMs - cutMarginMs);
  }

  /** Aborted with `LeaseLost` when somebody else may have the bucket, or nobody wants it any more. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Whether something may be started. Looked at before each start: timers run late in a process that was stopped. */
  get isHeld(): boolean {
    // Neither clock alone will do: one stands still while the machine sleeps, the other can be set.
    const { monotonic, wall } = this.#until;
    return !this.#lost.signal.aborted && performance.now() < monotonic && Date.now() < wall;
  }

  /** Calls the listener when something may be started again, or no longer. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    clearTimeout(this.#end);
  }

  async #renew(): Promise<void> {
    this.#tellIfChanged();
    if (this.#isRenewing || this.#lost.signal.aborted) return;
    this.#isRenewing = true;
    const until = ends();
    try {
      const isMine = await this.#options.renew(leaseMs);
      const isWanted = isMine && (await this.#options.isWanted());
      if (isMine && isWanted) this.#isRenewed(until);
      else this.#lose(isMine ? 'It was cancelled.' : 'Another worker has it.');
    } catch (error) {
      // Nobody can be asked now. The next renewal may succeed before the lease ends by itself.
      this.#options.onFault(error);
    } finally {
      this.#isRenewing = false;
    }
    this.#tellIfChanged();
  }

  #isRenewed(until: ReturnType<typeof ends>): void {
    if (this.#lost.signal.aborted) return;
    this.#until = until;
    this.#end.refresh();
  }

  #lose(why: string): void {
    this.#lost.abort(new LeaseLost(why));
  }

  #tellIfChanged(): void {
    const { isHeld } = this;
    if (isHeld === this.#wasHeld) return;
    this.#wasHeld = isHeld;
    for (const listener of this.#listeners) listener();
  }
}

/** When a lease ends that is asked for now. */
function ends(): { readonly monotonic: number; readonly wall: number } {
  const ms = leaseMs - marginMs;
  return { monotonic: performance.now() + ms, wall: Date.now() + ms };
}

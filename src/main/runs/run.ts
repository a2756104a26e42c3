import type {
  Counters,
  Row,
  RowsPage,
  RunId,
  RunSnapshot,
  RunState,
  RunUpdate,
} from '../../shared/ipc/run.ts';
import type { LimitChange } from '../../shared/limits/limit-change.ts';
import type { Status } from '../../shared/result.ts';
import { destinationInWords, titleInWords } from '../inputs/kept-words.ts';
import type { RowList } from '../views/row-lists.ts';
import type { StoredDetails, StoredItem } from '../views/row-store.ts';
import { RunRecord } from '../views/run-record.ts';
import { UpdateChannel } from '../views/update-channel.ts';
import { BesideItems } from './beside-items.ts';
import { haltedWords } from './halted-words.ts';
import { RunLimits } from './run-limits.ts';
import type { WindowRunOptions } from './run-options.ts';

/** While work is in progress, time and lanes are sent at least this often, in milliseconds. */
const heartbeatMs = 250;

/** One run of the engine: controlled by a page, and reported to it, also after a reload. */
export class Run {
  readonly runId: RunId;
  /** Whether it keeps a watched folder up to date: nobody has started it. */
  readonly isWatched: boolean;
  readonly #options: WindowRunOptions;
  readonly #record: RunRecord;
  readonly #cancelling = new AbortController();
  readonly #updates: UpdateChannel<RunUpdate>;
  readonly #startedAt = Date.now();
  readonly #begun = Promise.withResolvers<void>();
  #finished = false;
  #problem: string | undefined;
  readonly #limits: RunLimits;
  readonly beside = new BesideItems();

  constructor(options: WindowRunOptions) {
    this.#options = options;
    this.runId = options.runId;
    this.isWatched = options.isWatched ?? false;
    this.#limits = new RunLimits(options.recipe);
    const { over } = options;
    this.#record = over?.record ?? new RunRecord(options.thumbOf, undefined, options.kind);
    this.#finished = over !== undefined;
    this.#limits.found(over?.limit);
    this.#problem = over?.problem;
    if (over?.summary) this.beside.take(over.summary);
    this.#updates = new UpdateChannel<RunUpdate>({
      make: (sequence) => ({ ...this.#progress(sequence), ...this.#record.takeChanges() }),
      send: options.tell,
    });
  }

  /**
   * Runs to the end. Never rejects: an error that ends it early becomes its `problem`, reported with the results so
   * far.
   */
  async run(): Promise<void> {
    const { poolSize, work } = this.#options;
    const record = this.#record;
    const beating = setInterval(() => this.#beat(), heartbeatMs);
    try {
      const summary = await work({
        poolSize,
        limits: this.#limits.live,
        timings: true,
        signal: this.#cancelling.signal,
        onStart: ({ index, input }) => {
          record.start(index, input);
          this.#begun.resolve();
          this.#touch();
        },
        onPlace: (place, item) => {
          record.place(place, item);
          this.#touch();
        },
        onResult: (result) => {
          record.settle(result, poolSize.size);
          this.#begun.resolve();
          this.#touch();
        },
        onTotal: (total, final) => {
          record.setTotal(total, final);
          this.#begun.resolve();
          this.#touch();
        },
        onLimit: (limit) => {
          this.#limits.found(limit);
          this.#updates.touch();
        },
        onHosts: (hosts) => {
          this.#limits.heard(hosts);
          this.#touch();
        },
        onWarning: (warning) => {
          record.warn(warning);
          this.#updates.touch();
        },
      });
      this.#limits.found(summary.limit);
      this.#problem = haltedWords(summary);
      for (const fault of this.beside.take(summary)) record.warn(fault);
      if (!this.cancelled && this.#problem === undefined) record.setTotalToEnded();
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    } finally {
      clearInterval(beating);
      record.close(poolSize.size);
      this.#finished = true;
      this.#begun.resolve();
      this.#updates.touch();
    }
  }

  get state(): RunState {
    if (this.#finished) return 'finished';
    if (this.cancelled) return 'cancelling';
    if (this.#options.poolSize.paused) return 'paused';
    return this.#record.begun ? 'running' : 'scanning';
  }

  /** Resolves at the first count or item, or at the end. */
  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  /** Its id in the queue, where workers have it. */
  get handedOut(): string | undefined {
    return this.#options.handedOut?.run;
  }

  /** Why the run ended early without being cancelled. */
  get problem(): string | undefined {
    return this.#problem;
  }

  get cancelled(): boolean {
    return this.#cancelling.signal.aborted;
  }

  get startedAt(): number {
    return this.#startedAt;
  }

  get counters(): Counters {
    return this.#record.counters;
  }

  /** The share of items that have ended, between 0 and 1; undefined while the total is not known. */
  get share(): number | undefined {
    return this.#record.share;
  }

  pause(): void {
    if (this.#finished || this.handedOut !== undefined) return;
    this.#options.poolSize.pause();
    this.#record.pause();
    this.#updates.touch();
  }

  resume(): void {
    if (this.#finished) return;
    this.#record.resume();
    this.#options.poolSize.resume();
    this.#updates.touch();
  }

  /** @param poolSize `auto`: the run finds it from now on. */
  resize(poolSize: number | 'auto'): void {
    const live = this.#options.poolSize;
    // Sampled before and after the change, so that the chart marks this moment and not the next sample.
    this.#record.mark(live.size);
    if (poolSize === 'auto') live.automate();
    else live.resize(Math.min(poolSize, live.ceiling));
    this.#limits.forget();
    this.#record.mark(live.size);
    this.#updates.touch();
  }

  /** @throws RangeError if it cannot be done. */
  changeLimit(change: LimitChange): void {
    if (this.#finished) return;
    this.#limits.change(change);
    this.#updates.touch();
  }

  /** @param reason why, for the run's journal. */
  cancel(reason = new Error('Cancelled by hand.')): void {
    if (this.#finished) return;
    this.#record.resume();
    this.#cancelling.abort(reason);
    this.#updates.touch();
  }

  acknowledge(sequence: number): void {
    this.#updates.acknowledge(sequence);
  }

  /** For a page that was (re)loaded, in its language: updates continue after the sequence number in the snapshot. */
  snapshot(): RunSnapshot {
    this.#updates.reopen();
    const { title, destination, ...further } = this.describe();
    return { ...further, title: titleInWords(title), destination: destinationInWords(destination) };
  }

  /** The run's state for any caller other than the page that receives the updates. */
  describe(): RunSnapshot {
    const { kind, title, destination } = this.#options;
    const progress = this.#progress(this.#updates.sequence);
    return { ...progress, kind, title, destination, samples: this.#record.samples() };
  }

  rows(list: RowList, offset: number, limit: number): RowsPage {
    return this.#record.rows(list, offset, limit);
  }

  /** The items of a list, by number. */
  list(list: RowList): Uint32Array {
    return this.#record.list(list);
  }

  item(index: number): StoredItem | undefined {
    return this.#record.item(index);
  }

  row(index: number): Row | undefined {
    return this.#record.row(index);
  }

  /** The columns of the list that the run's items came from. */
  get listColumns(): string[] {
    return this.#record.listColumns;
  }

  /** Yields the items in the order in which they ended, reading a few at a time. */
  items(filter: Status | 'all'): Generator<StoredItem & StoredDetails> {
    return this.#record.items(filter);
  }

  /** Stops sending updates. */
  close(): void {
    this.#updates.close();
  }

  /**
   * Before the first result the heartbeat is enough: the page draws one message at a time, and the first picture would
   * have to wait behind a message that only tells of a count or a start.
   */
  #touch(): void {
    if (this.#record.ended > 0) this.#updates.touch();
  }

  /** Sends time, lanes, rate and chart even while no item ends. If the run is paused and idle, nothing changes. */
  #beat(): void {
    if (this.state === 'paused' && this.#record.busy === 0) return;
    this.#record.reach(this.#options.handedOut?.elsewhere()?.reached);
    this.#record.measure(this.#options.poolSize.size);
    this.#updates.touch();
  }

  #progress(sequence: number) {
    const { size: poolSize, automatic } = this.#options.poolSize;
    const limits = this.#limits;
    const { handedOut } = this.#options;
    const { limit, bandwidth } = limits;
    const elsewhere = handedOut?.elsewhere();
    const hosts = this.#finished ? undefined : (elsewhere?.hosts ?? limits.hosts);
    const idleFor =
      this.state === 'running' ? this.#record.idleFor(poolSize, (host) => limits.atOnceOf(host)) : undefined;
    return {
      runId: this.runId,
      ...(this.isWatched && { isWatched: true as const }),
      ...(handedOut && {
        handedOut: {
          ...elsewhere?.handedOut,
          run: handedOut.run,
          isLost: !this.#finished && handedOut.isLost(),
        },
      }),
      sequence,
      state: this.state,
      poolSize,
      poolAutomatic: automatic,
      ...this.#record.standing(poolSize, hosts),
      ...(hosts && { hosts }),
      ...(idleFor && { idleFor }),
      ...(limit && { limit }),
      ...(bandwidth !== undefined && { bandwidth }),
      ...this.beside.told,
      ...(this.#problem !== undefined && { problem: this.#problem }),
    };
  }
}

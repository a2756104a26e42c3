import type { LivePoolSize, RunOptions, Summary } from '../../engine/index.ts';
import type {
  Counters,
  RowsPage,
  RunId,
  RunSnapshot,
  RunState,
  RunUpdate,
  ThumbId,
} from '../../shared/ipc/run.ts';
import type { Status } from '../../shared/result.ts';
import type { StoredDetails, StoredItem } from '../views/row-store.ts';
import { RunRecord } from '../views/run-record.ts';
import { UpdateChannel } from '../views/update-channel.ts';

/** While something is on, time and lanes are told at least this often, in milliseconds. */
const heartbeatMs = 250;

export interface WindowRunOptions {
  readonly runId: RunId;
  readonly kind: 'thumbnails' | 'fetch';
  readonly title: string;
  readonly destination: string;
  readonly poolSize: LivePoolSize;
  /** Does the work: the engine, or in a test what plays it. */
  readonly work: (options: RunOptions) => Promise<Summary>;
  /** Under what id the page may show this item's picture, if it has one. */
  readonly thumbOf: (item: StoredItem) => ThumbId | undefined;
  readonly tell: (update: RunUpdate) => void;
}

/** One run of the engine: steered by a page, and told to it, now or after a reload. */
export class Run {
  readonly runId: RunId;
  readonly #options: WindowRunOptions;
  readonly #record: RunRecord;
  readonly #cancelling = new AbortController();
  readonly #updates: UpdateChannel<RunUpdate>;
  readonly #startedAt = Date.now();
  readonly #begun = Promise.withResolvers<void>();
  #finished = false;
  #problem: string | undefined;

  constructor(options: WindowRunOptions) {
    this.#options = options;
    this.runId = options.runId;
    this.#record = new RunRecord(options.thumbOf);
    this.#updates = new UpdateChannel<RunUpdate>({
      make: (sequence) => ({ ...this.#progress(sequence), ...this.#record.takeChanges() }),
      send: options.tell,
    });
  }

  /** Runs to the end. Never rejects: what ends it early is its `problem`, told with what was done before. */
  async run(): Promise<void> {
    const { poolSize, work } = this.#options;
    const record = this.#record;
    const beating = setInterval(() => this.#beat(), heartbeatMs);
    try {
      await work({
        poolSize,
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
        onWarning: (warning) => {
          record.warn(warning);
          this.#updates.touch();
        },
      });
      if (!this.cancelled) record.setTotalToEnded();
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

  /** Resolves at the first sign of life: a count, an item, or the end. */
  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  /** Why it ended early, where it was not cancelled. */
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

  /** Between 0 and 1; undefined while it is not known of how much. */
  get share(): number | undefined {
    return this.#record.share;
  }

  pause(): void {
    if (this.#finished) return;
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

  resize(poolSize: number): void {
    const live = this.#options.poolSize;
    // A point with the old size and one with the new: the chart's mark is at the moment, not at the next point.
    this.#record.mark(live.size);
    live.resize(Math.min(poolSize, live.ceiling));
    this.#record.mark(live.size);
    this.#updates.touch();
  }

  cancel(): void {
    if (this.#finished) return;
    this.#record.resume();
    this.#cancelling.abort();
    this.#updates.touch();
  }

  acknowledge(sequence: number): void {
    this.#updates.acknowledge(sequence);
  }

  /** For a page that was (re)loaded: updates go on from the sequence that it is told. */
  snapshot(): RunSnapshot {
    this.#updates.reopen();
    return this.describe();
  }

  /** How it stands, for whoever is not the page that the updates go to. */
  describe(): RunSnapshot {
    const { kind, title, destination } = this.#options;
    const progress = this.#progress(this.#updates.sequence);
    return { ...progress, kind, title, destination, samples: this.#record.samples() };
  }

  rows(filter: Status | 'all', offset: number, limit: number): RowsPage {
    return this.#record.rows(filter, offset, limit);
  }

  item(index: number): StoredItem | undefined {
    return this.#record.item(index);
  }

  /** The columns of the list that its items came from. */
  get listColumns(): string[] {
    return this.#record.listColumns;
  }

  /** Items in the order in which they ended, for those who need them all; a few at a time. */
  items(filter: Status | 'all'): Generator<StoredItem & StoredDetails> {
    return this.#record.items(filter);
  }

  /** Nobody listens any more. */
  close(): void {
    this.#updates.close();
  }

  /**
   * Until the first result, the heartbeat tells enough: a message of a count or a start would be the one that the
   * first picture has to wait behind.
   */
  #touch(): void {
    if (this.#record.ended > 0) this.#updates.touch();
  }

  /** While nothing ends, time goes on: lanes, rate and chart must not freeze. Paused, there is nothing to tell. */
  #beat(): void {
    if (this.state === 'paused' && this.#record.busy === 0) return;
    this.#record.measure(this.#options.poolSize.size);
    this.#updates.touch();
  }

  #progress(sequence: number) {
    const poolSize = this.#options.poolSize.size;
    return {
      runId: this.runId,
      sequence,
      state: this.state,
      poolSize,
      ...this.#record.standing(poolSize),
      ...(this.#problem !== undefined && { problem: this.#problem }),
    };
  }
}

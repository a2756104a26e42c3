import type { LivePoolSize, RunOptions, Summary } from '../engine/index.ts';
import type {
  Counters,
  Row,
  RowsPage,
  RunId,
  RunSnapshot,
  RunState,
  RunUpdate,
  ThumbId,
} from '../shared/ipc/run.ts';
import type { ItemResult, Status } from '../shared/result.ts';
import { ChangedRows } from './runs/changed-rows.ts';
import { FailureGroups } from './runs/failure-groups.ts';
import { Lanes } from './runs/lanes.ts';
import { RowStore, rowOf, type StoredItem } from './runs/row-store.ts';
import { RunClock } from './runs/run-clock.ts';
import { RunTotals } from './runs/run-totals.ts';
import { Throughput } from './runs/throughput.ts';
import { UpdateChannel } from './runs/update-channel.ts';

/** More rows than this in one message nobody could look at; the page asks for those that it shows. */
const mostRows = 300;
/** While something is on, time and lanes are told at least this often, in milliseconds. */
const heartbeat = 250;
const mostWarnings = 20;

export interface RunSessionOptions {
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

/** One run of the engine and everything that a page may want to know of it, now or after a reload. */
export class RunSession {
  readonly runId: RunId;
  readonly #options: RunSessionOptions;
  readonly #clock = new RunClock();
  readonly #totals = new RunTotals();
  readonly #rows = new RowStore();
  readonly #changed = new ChangedRows(mostRows);
  readonly #lanes = new Lanes();
  readonly #failures = new FailureGroups();
  readonly #throughput = new Throughput();
  readonly #warnings: string[] = [];
  readonly #cancelling = new AbortController();
  readonly #updates: UpdateChannel<RunUpdate>;
  readonly #startedAt = Date.now();
  readonly #begun = Promise.withResolvers<void>();
  #started = false;
  #finished = false;
  #problem: string | undefined;

  constructor(options: RunSessionOptions) {
    this.#options = options;
    this.runId = options.runId;
    this.#updates = new UpdateChannel({ make: (sequence) => this.#update(sequence), send: options.tell });
  }

  /** Runs to the end. Never rejects: what ends it early is its `problem`, told with what was done before. */
  async run(): Promise<void> {
    const { poolSize, work } = this.#options;
    const beating = setInterval(() => this.#beat(), heartbeat);
    try {
      await work({
        poolSize,
        signal: this.#cancelling.signal,
        onStart: ({ index, input }) => this.#onStart(index, input),
        onPlace: (place, item) => this.#onPlace(place, item),
        onResult: (result) => this.#onResult(result),
        onTotal: (total, final) => {
          this.#totals.setTotal(total, final);
          this.#begun.resolve();
          this.#touch();
        },
        onWarning: (warning) => this.#onWarning(warning),
      });
      // The count is made beside the work, and may be the later of the two.
      if (!this.cancelled) this.#totals.setTotal(this.#totals.ended, true);
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    } finally {
      clearInterval(beating);
      this.#throughput.mark(this.#clock.read(), this.#totals.ended, poolSize.size);
      this.#clock.pause();
      this.#finished = true;
      this.#begun.resolve();
      this.#updates.touch();
    }
  }

  get state(): RunState {
    if (this.#finished) return 'finished';
    if (this.#cancelling.signal.aborted) return 'cancelling';
    if (this.#options.poolSize.paused) return 'paused';
    return this.#started || this.#totals.ended > 0 ? 'running' : 'scanning';
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
    return this.#totals.counters(this.#finished ? 0 : this.#lanes.busy);
  }

  /** Between 0 and 1; undefined while it is not known of how much. */
  get share(): number | undefined {
    return this.#totals.share;
  }

  pause(): void {
    if (this.#finished) return;
    this.#options.poolSize.pause();
    this.#clock.pause();
    this.#updates.touch();
  }

  resume(): void {
    if (this.#finished) return;
    this.#clock.resume();
    this.#options.poolSize.resume();
    this.#updates.touch();
  }

  resize(poolSize: number): void {
    const live = this.#options.poolSize;
    // A point with the old size and one with the new: the chart's mark is at the moment, not at the next point.
    this.#throughput.mark(this.#clock.read(), this.#totals.ended, live.size);
    live.resize(Math.min(poolSize, live.ceiling));
    this.#throughput.mark(this.#clock.read(), this.#totals.ended, live.size);
    this.#updates.touch();
  }

  cancel(): void {
    if (this.#finished) return;
    this.#clock.resume();
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
    return { ...progress, kind, title, destination, samples: this.#throughput.all() };
  }

  rows(filter: Status | 'all', offset: number, limit: number): RowsPage {
    return { total: this.#rows.count(filter), rows: this.#rowsOf(this.#rows.indexes(filter, offset, limit)) };
  }

  item(index: number): StoredItem | undefined {
    return this.#rows.item(index);
  }

  /** Items in the order in which they ended, for those who need them all; a few at a time. */
  *items(filter: Status | 'all'): Generator<StoredItem> {
    const atOnce = 500;
    for (let offset = 0; offset < this.#rows.count(filter); offset += atOnce) {
      for (const index of this.#rows.indexes(filter, offset, atOnce)) {
        const item = this.#rows.item(index);
        if (item !== undefined) yield item;
      }
    }
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
    if (this.#totals.ended > 0) this.#updates.touch();
  }

  #onStart(index: number, input: string): void {
    if (!this.#started) this.#totals.begin(this.#clock.read());
    this.#started = true;
    this.#begun.resolve();
    this.#rows.start(index, input);
    this.#changed.add(index);
    this.#touch();
  }

  #onPlace(place: number, item: { readonly index: number; readonly input: string } | undefined): void {
    if (item === undefined) {
      this.#lanes.free(place);
    } else {
      this.#rows.start(item.index, item.input);
      this.#lanes.take(place, { index: item.index, name: this.#rows.name(item.index) }, this.#clock.read());
    }
    this.#touch();
  }

  #onResult(result: ItemResult): void {
    this.#begun.resolve();
    this.#rows.settle(result);
    this.#totals.add(result);
    if (result.error) this.#failures.add(result.error);
    this.#changed.add(result.index);
    this.#throughput.measure(this.#clock.read(), this.#totals.ended, this.#options.poolSize.size);
    this.#updates.touch();
  }

  #onWarning(warning: string): void {
    if (this.#warnings.length < mostWarnings) this.#warnings.push(warning);
    this.#updates.touch();
  }

  /** While nothing ends, time goes on: lanes, rate and chart must not freeze. Paused, there is nothing to tell. */
  #beat(): void {
    if (this.state === 'paused' && this.#lanes.busy === 0) return;
    this.#throughput.measure(this.#clock.read(), this.#totals.ended, this.#options.poolSize.size);
    this.#updates.touch();
  }

  #update(sequence: number): RunUpdate {
    const { indexes, leftOut } = this.#changed.take();
    return {
      ...this.#progress(sequence),
      rows: this.#rowsOf(indexes),
      samples: this.#throughput.takeFresh(),
      ...(leftOut > 0 && { rowsLeftOut: leftOut }),
    };
  }

  #progress(sequence: number) {
    const now = this.#clock.read();
    const { poolSize } = this.#options;
    return {
      runId: this.runId,
      sequence,
      state: this.state,
      counters: this.counters,
      poolSize: poolSize.size,
      elapsedMs: Math.round(now),
      ...(this.#finished ? this.#totals.finalRate(now) : this.#totals.rate(now)),
      lanes: this.#finished ? [] : this.#lanes.list(poolSize.size),
      failures: this.#failures.list(),
      ...(this.#warnings.length > 0 && { warnings: [...this.#warnings] }),
      ...(this.#problem !== undefined && { problem: this.#problem }),
    };
  }

  #rowsOf(indexes: readonly number[]): Row[] {
    return indexes.flatMap((index) => {
      const item = this.#rows.item(index);
      if (item === undefined) return [];
      const thumb = this.#options.thumbOf(item);
      return { ...rowOf(item, this.#rows.name(index)), ...(thumb !== undefined && { thumb }) };
    });
  }
}

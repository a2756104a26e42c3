import { hostOf } from '../../engine/run/front-ends/index.ts';
import type { JobKind } from '../../shared/ipc/job.ts';
import {
  type Counters,
  type IdleFor,
  isNarrowed,
  type Row,
  type RowsPage,
  type RunSnapshot,
  type RunUpdate,
  type ThumbId,
} from '../../shared/ipc/run.ts';
import type { HostsStanding } from '../../shared/progress/hosts-standing.ts';
import type { Reached } from '../../shared/progress/progress.ts';
import type { ItemResult, Status } from '../../shared/result.ts';
import { ChangedRows } from './changed-rows.ts';
import { FailureGroups } from './failure-groups.ts';
import { Lanes } from './lanes.ts';
import type { RowList } from './row-lists.ts';
import { rowOf } from './row-of-item.ts';
import { RowStore, type StoredDetails, type StoredItem } from './row-store.ts';
import { RunClock } from './run-clock.ts';
import { RunTotals } from './run-totals.ts';
import { SizesTried } from './sizes-tried.ts';
import { Throughput } from './throughput.ts';

/** At most this many rows are in one message: nobody could read more, and the page asks for the rows that it shows. */
const mostRows = 300;
const mostWarnings = 20;
/** How many items are read at a time when all of them are needed. */
const itemsAtOnce = 500;

type Standing = Pick<
  RunSnapshot,
  | 'counters'
  | 'listed'
  | 'elapsedMs'
  | 'perSecond'
  | 'bytesPerSecond'
  | 'secondsLeft'
  | 'slowestHost'
  | 'lanes'
  | 'sizes'
  | 'failures'
  | 'warnings'
>;

/** Everything known about one run: its items, counters, lanes, failures and samples, in the run's own time. */
export class RunRecord {
  readonly #thumbOf: (item: StoredItem) => ThumbId | undefined;
  readonly #clock: Pick<RunClock, 'read' | 'pause' | 'resume'>;
  readonly #totals = new RunTotals();
  readonly #rows: RowStore;
  readonly #changed = new ChangedRows(mostRows);
  readonly #lanes = new Lanes();
  readonly #failures = new FailureGroups();
  readonly #throughput = new Throughput();
  readonly #sizes = new SizesTried();
  readonly #warnings: string[] = [];
  #started = false;
  #closed = false;

  /** @param thumbOf the id under which the page may show an item's picture, if it has one. */
  constructor(
    thumbOf: (item: StoredItem) => ThumbId | undefined,
    clock: Pick<RunClock, 'read' | 'pause' | 'resume'> = new RunClock(),
    kind?: JobKind,
  ) {
    this.#rows = new RowStore(kind);
    this.#thumbOf = thumbOf;
    this.#clock = clock;
  }

  setTotal(total: number, known: boolean): void {
    this.#totals.setTotal(total, known);
  }

  /** Sets the total to the number of ended items. For the end of a run: the separate count may not have finished. */
  setTotalToEnded(): void {
    this.#totals.setTotal(this.#totals.ended, true);
  }

  start(index: number, input: string): void {
    if (!this.#started) this.#totals.begin(this.#clock.read());
    this.#started = true;
    this.#rows.start(index, input);
    this.#changed.add(index);
  }

  place(place: number, item: { readonly index: number; readonly input: string } | undefined): void {
    if (item === undefined) {
      this.#lanes.free(place);
      return;
    }
    this.#rows.start(item.index, item.input);
    const { index, input } = item;
    this.#lanes.take(place, { index, name: this.#rows.name(index) }, this.#clock.read(), hostOf(input));
  }

  settle(result: ItemResult, poolSize: number): void {
    this.#rows.settle(result);
    this.#totals.add(result);
    this.#lanes.settle(result.index, result.stages);
    if (result.error) this.#failures.add(result.input, result.error);
    this.#changed.add(result.index);
    this.measure(poolSize);
  }

  warn(warning: string): void {
    if (this.#warnings.length < mostWarnings) this.#warnings.push(warning);
  }

  /** How far those are who do the run, where they tell before its results come. */
  reach(reached: Reached | undefined): void {
    if (!this.#closed) this.#totals.reach(reached);
  }

  /** Adds a sample to the chart if one is due. */
  measure(poolSize: number): void {
    const now = this.#clock.read();
    const { worked } = this.#totals;
    this.#throughput.measure(now, worked, poolSize);
    const { total, inFlight } = this.counters;
    this.#sizes.measure(now, worked, poolSize, total - this.#totals.ended > inFlight);
  }

  /** Adds a sample to the chart now. */
  mark(poolSize: number): void {
    this.#throughput.mark(this.#clock.read(), this.#totals.worked, poolSize);
  }

  pause(): void {
    this.#clock.pause();
  }

  resume(): void {
    this.#clock.resume();
  }

  /** Ends the run: its time stands still, and its rate becomes that of the whole run. */
  close(poolSize: number): void {
    // What nobody has told a result of is not done.
    this.#totals.reach(undefined);
    this.mark(poolSize);
    this.#clock.pause();
    this.#closed = true;
  }

  /** Whether any item has started or ended. */
  get begun(): boolean {
    return this.#started || this.#totals.ended > 0;
  }

  get ended(): number {
    return this.#totals.ended;
  }

  get busy(): number {
    return this.#lanes.busy;
  }

  get counters(): Counters {
    return this.#totals.counters(this.#closed ? 0 : this.#lanes.busy);
  }

  /** The share of items that have ended, between 0 and 1; undefined while the total is not known. */
  get share(): number | undefined {
    return this.#totals.share;
  }

  /** The run's current state, with a lane for each slot. */
  standing(poolSize: number, hosts?: HostsStanding): Standing {
    const now = this.#clock.read();
    const { listed } = this.#totals;
    return {
      counters: this.counters,
      ...(listed && { listed }),
      elapsedMs: Math.round(now),
      ...(this.#closed ? this.#totals.finalRate(now) : this.#totals.rate(now, hosts)),
      sizes: this.#sizes.list(),
      lanes: this.#closed ? [] : this.#lanes.list(poolSize),
      failures: this.#failures.list(),
      ...(this.#warnings.length > 0 && { warnings: [...this.#warnings] }),
    };
  }

  /**
   * The hosts that idle slots wait for. None where no slot is idle or nothing waits: then a slot is idle because there
   * is nothing left to begin.
   */
  idleFor(poolSize: number, atOnceOf: (host: string) => number | undefined): IdleFor | undefined {
    const { total, inFlight } = this.counters;
    if (this.#lanes.busy >= poolSize || total - this.#totals.ended <= inFlight) return undefined;
    const hosts = this.#lanes.fullHosts(atOnceOf);
    const [first, ...others] = new Set(hosts.map(atOnceOf));
    if (first === undefined) return undefined;
    return { hosts, ...(others.length === 0 && { atOnce: first }) };
  }

  /** Returns what has changed since the last call. */
  takeChanges(): Pick<RunUpdate, 'rows' | 'samples' | 'rowsLeftOut'> {
    const { indexes, leftOut } = this.#changed.take();
    return {
      rows: this.#rowsOf(indexes),
      samples: this.#throughput.takeFresh(),
      ...(leftOut > 0 && { rowsLeftOut: leftOut }),
    };
  }

  samples(): RunSnapshot['samples'] {
    return this.#throughput.all();
  }

  rows(list: RowList, offset: number, limit: number): RowsPage {
    const { filter } = list;
    if (isNarrowed(list)) {
      const indexes = this.#rows.list(list);
      return { total: indexes.length, rows: this.#rowsOf([...indexes.subarray(offset, offset + limit)]) };
    }
    return { total: this.#rows.count(filter), rows: this.#rowsOf(this.#rows.indexes(filter, offset, limit)) };
  }

  /** The items of a list, by number. */
  list(list: RowList): Uint32Array {
    return this.#rows.list(list);
  }

  item(index: number): StoredItem | undefined {
    return this.#rows.item(index);
  }

  row(index: number): Row | undefined {
    return this.#rowsOf([index])[0];
  }

  /** The columns of the list that the run's items came from. */
  get listColumns(): string[] {
    return this.#rows.listColumns;
  }

  /** Yields the items in the order in which they ended. */
  *items(filter: Status | 'all'): Generator<StoredItem & StoredDetails> {
    for (let offset = 0; offset < this.#rows.count(filter); offset += itemsAtOnce) {
      for (const index of this.#rows.indexes(filter, offset, itemsAtOnce)) {
        const item = this.#rows.item(index);
        if (item !== undefined) yield { ...item, ...this.#rows.details(index) };
      }
    }
  }

  #rowsOf(indexes: readonly number[]): Row[] {
    return indexes.flatMap((index) => {
      const item = this.#rows.item(index);
      if (item === undefined) return [];
      const thumb = this.#thumbOf(item);
      const name = this.#rows.shownName(index);
      const row = rowOf(item, {
        name,
        place: this.#rows.place(index),
        stages: this.#rows.stages(index),
        colour: this.#rows.colour(index),
      });
      return { ...row, ...(thumb !== undefined && { thumb }) };
    });
  }
}

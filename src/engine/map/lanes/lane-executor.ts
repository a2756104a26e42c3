import { type Failure, ItemError } from '../../../shared/failure.ts';
import type { Together } from '../../pool/in-flight.ts';
import type { Outcome } from '../../pool/threads/protocol.ts';
import type { EndedItems } from '../common/messages.ts';
import { type Ending, type Job, notBegun } from '../common/outcome.ts';
import { isWorthATry, timedOut, withTries } from '../common/tries.ts';
import { ChunkSize } from './chunk-size.ts';
import {
  dataProblem,
  type Entry,
  type Failed,
  failed,
  indexesOf,
  itemsOf,
  unsendable,
  untried,
} from './entry.ts';
import { EntryQueue } from './entry-queue.ts';
import { busyPlaces, idlestPlace, startingPlaces } from './free-places.ts';
import { type Chunk, Lane, type Place } from './lane.ts';
import type { LaneExecutorOptions } from './lane-options.ts';
import { LaneWatch } from './lane-watch.ts';
import { RetryWaits } from './retry-waits.ts';

/** So many workers in a row may die before they are ready, and an item may be at so many that die before it begins. */
const mostDeaths = 3;
const firstReopeningMs = 50;

/**
 * Hands items out to workers in chunks. A place of the pool does one chunk; while items are short, a second one waits at
 * it. What has not begun can always be taken back: for a pause, a smaller pool, an abort, a worker that is to end, or a
 * chunk that is stuck behind a slow item.
 */
export class LaneExecutor<Item, Value> {
  readonly #options: LaneExecutorOptions<Item>;
  readonly #lanes = new Set<Lane<Entry<Item, Value>>>();
  readonly #queue = new EntryQueue<Entry<Item, Value>>();
  readonly #chunkSize: ChunkSize;
  readonly #watch: LaneWatch<Entry<Item, Value>>;
  readonly #unsubscribe: () => void;
  readonly #waiting = new RetryWaits<Item, Value>();
  readonly #opened = Promise.withResolvers<void>();
  #mostLanes: number;
  #isDispatching = false;
  #isCancelled = false;
  #isClosed = false;
  #failure: ItemError | undefined;
  #failedStarts = 0;
  #reopening: NodeJS.Timeout | undefined;
  #wake: () => void = () => {};
  #together: Together = (endJobs) => endJobs();

  constructor(options: LaneExecutorOptions<Item>) {
    this.#options = options;
    this.#mostLanes = options.mostLanes;
    // What was moved to a worker that dies is gone: only the item that is being done may be there.
    this.#chunkSize = new ChunkSize(options.transfer ? 1 : options.chunkSize);
    this.#watch = new LaneWatch({
      lanes: this.#lanes,
      timeoutMs: options.opening.timeoutMs,
      size: () => this.#options.poolSize.size,
      isIdle: () => this.#queue.length === 0 && busyPlaces(this.#lanes) < this.#options.poolSize.limit,
      takenBack: (entries) => this.#putBack(entries),
    });
    this.#unsubscribe = options.poolSize.onChange(() => this.#resized());
    this.#opened.promise.catch(() => {});
  }

  /**
   * Opens the first worker.
   * @throws ItemError if the task cannot be loaded or begun there.
   */
  open(): Promise<void> {
    this.#openLane();
    return this.#opened.promise;
  }

  begin(job: Job<Item>, ending: Ending<Value>): void {
    if (this.#failure) ending.fail(this.#failure);
    else if (this.#isCancelled || this.#isClosed) ending.end(notBegun);
    else {
      this.#queue.add({ job, ending, tries: 0, deaths: 0 });
      this.#dispatchSoon();
    }
  }

  ahead(): number {
    const { size, waitsAhead } = this.#chunkSize;
    return this.#waiting.size + (waitsAhead ? (2 * size - 1) * this.#options.poolSize.limit : 0);
  }

  onRoom(wake: () => void, together: Together): void {
    this.#wake = wake;
    this.#together = together;
  }

  cancel(): void {
    this.#isCancelled = true;
    // Before the workers hear of it: what is in progress ends at once, and the next of its chunk would begin.
    for (const lane of this.#lanes) this.#putBack(lane.takeAllBack());
    this.#options.run.cancel();
    this.#waiting.end((entry) => entry.ending.end({ status: 'cancelled', ms: 0 }));
    for (const entry of this.#queue.take(this.#queue.length)) entry.ending.end(untried(entry));
  }

  /** Begins nothing any more. Resolves when its workers have said all that they had to say. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#unsubscribe();
    this.#watch.stop();
    clearTimeout(this.#reopening);
    this.#waiting.end();
    await Promise.all(Array.from(this.#lanes, (lane) => lane.close()));
  }

  #dispatchSoon(): void {
    if (this.#isDispatching) return;
    this.#isDispatching = true;
    // What is given in one go goes to a worker together.
    queueMicrotask(() => {
      this.#isDispatching = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    const { limit } = this.#options.poolSize;
    if (this.#isClosed || this.#failure) return;
    const { size, waitsAhead } = this.#chunkSize;
    let busy = busyPlaces(this.#lanes);
    while (this.#queue.length > 0 && busy < limit) {
      const { place, count } = idlestPlace(this.#lanes, (lane) => this.#roomOf(lane) > 0);
      if (!place) break;
      const share = Math.ceil(this.#queue.length / Math.min(count, limit - busy));
      if (this.#send(place, Math.min(size, share))) busy += 1;
    }
    this.#openLanes(limit - busy);
    if (!waitsAhead || busy > limit) return;
    for (const lane of this.#lanes) {
      for (const place of lane.places) {
        if (this.#queue.length < size) return;
        if (lane.isReady && place.chunks.length === 1) this.#send(place, size);
      }
    }
  }

  /** How many items a worker may still be given. */
  #roomOf(lane: Lane<Entry<Item, Value>>): number {
    return Math.max(0, (this.#options.itemsPerWorker ?? Number.POSITIVE_INFINITY) - lane.given);
  }

  #openLanes(free: number): void {
    if (this.#reopening) return;
    let starting = startingPlaces(this.#lanes);
    while (starting < Math.min(free, this.#queue.length) && this.#lanes.size < this.#mostLanes) {
      this.#openLane();
      starting += this.#options.opening.places;
    }
  }

  #openLane(): void {
    const { run, opening, onProgress } = this.#options;
    const lane = new Lane<Entry<Item, Value>>(run, opening, {
      ready: () => {
        this.#failedStarts = 0;
        this.#opened.resolve();
        this.#dispatch();
      },
      ended: (place, chunk, items) => this.#together(() => this.#ended(place, chunk, items)),
      progress: ({ job }, progress) => onProgress?.(job, progress),
      over: (over, how, broken) => this.#over(over, how, broken),
    });
    this.#lanes.add(lane);
  }

  /** @returns whether anything was sent. */
  #send(place: Place<Entry<Item, Value>>, most: number): boolean {
    const { transfer } = this.#options;
    const entries = this.#queue.take(Math.min(most, this.#roomOf(place.lane)), ({ deaths }) => deaths > 0);
    if (entries.length === 0) return false;
    const order = { indexes: indexesOf(entries), items: itemsOf(entries, transfer !== undefined) };
    try {
      const moved = transfer ? entries.flatMap(({ job }) => transfer(job.item)) : [];
      place.lane.send(place, entries, order, moved);
      return true;
    } catch (error) {
      const lost = unsendable(entries);
      this.#putBack(entries.filter((entry) => !lost.has(entry)));
      const reason = error instanceof Error ? error.message : String(error);
      const message = `The item cannot be sent to a worker thread: ${reason}`;
      for (const entry of lost) this.#settle(entry, failed({ code: 'BAD_INPUT', message }, 0));
      return false;
    }
  }

  #ended(
    { lane }: Place<Entry<Item, Value>>,
    { entries }: Chunk<Entry<Item, Value>>,
    { from, values, ms, others }: EndedItems,
  ): void {
    let total = 0;
    let other = 0;
    for (let at = 0; at < values.length; at += 1) {
      const entry = entries[from + at] as Entry<Item, Value>;
      const took = ms[at] as number;
      total += took;
      if (others?.[other]?.[0] !== at) {
        entry.ending.end({ status: 'done', value: values[at] as Value, ms: took });
        continue;
      }
      const ended = others[other]?.[1] as Failure | 'cancelled';
      other += 1;
      if (ended === 'cancelled') entry.ending.end({ status: 'cancelled', ms: took });
      else this.#settle(entry, failed(ended, took));
    }
    this.#chunkSize.took(values.length, total);
    if (this.#roomOf(lane) === 0 && lane.places.every(({ chunks }) => chunks.length === 0)) lane.retire();
    this.#dispatchSoon();
  }

  #settle(entry: Entry<Item, Value>, outcome: Failed): void {
    const { retries = 0 } = this.#options;
    entry.tries += 1;
    if (entry.tries > retries || this.#isCancelled || this.#isClosed || !isWorthATry(outcome.error)) {
      entry.ending.end({ ...outcome, error: withTries(outcome.error, entry.tries) });
      return;
    }
    this.#waiting.add(entry, () => this.#putBack([entry]));
    this.#wake();
  }

  #putBack(entries: readonly Entry<Item, Value>[]): void {
    if (this.#failure) for (const { ending } of entries) ending.fail(this.#failure);
    else if (entries.length > 0) this.#queue.takeBack(entries);
    this.#dispatchSoon();
  }

  #resized(): void {
    if (busyPlaces(this.#lanes) > this.#options.poolSize.limit)
      for (const lane of this.#lanes) this.#putBack(lane.takeAllBack());
    this.#dispatchSoon();
  }

  /** A worker is gone: what had ended or not begun is done again, what it was in has failed. */
  #over(lane: Lane<Entry<Item, Value>>, how: Outcome<unknown>, broken: Failure | undefined): void {
    this.#lanes.delete(lane);
    const lost = how.status === 'failed' && lane.overdue.size === 0;
    const error = how.status === 'failed' ? how.error : undefined;
    for (const { entry, hasBegun, isUnexplained, ms } of lane.held()) {
      if (how.status === 'cancelled')
        entry.ending.end(hasBegun ? { status: 'cancelled', ms } : untried(entry));
      else if (lane.overdue.has(entry))
        this.#settle(entry, failed(timedOut(this.#options.opening.timeoutMs ?? 0), ms));
      else {
        if (lost && isUnexplained) entry.deaths += 1;
        const isLost = lost && (hasBegun || entry.deaths > mostDeaths || this.#options.transfer);
        if (isLost && error) this.#settle(entry, failed(error, ms));
        else this.#putBack([entry]);
      }
    }
    if (this.#isCancelled)
      for (const entry of this.#queue.take(this.#queue.length)) entry.ending.end(untried(entry));
    if (broken) this.#fail(broken);
    else if (!lane.isReady) this.#couldNotStart(error);
    this.#dispatchSoon();
  }

  #couldNotStart(error: Failure | undefined): void {
    if (this.#isClosed) {
      this.#opened.reject(new ItemError('TASK_NOT_FOUND', 'The run ended before its task was loaded.'));
      return;
    }
    if (error?.code === 'BAD_INPUT') {
      this.#opened.reject(dataProblem(error));
      return;
    }
    this.#failedStarts += 1;
    const isShort = error?.code === 'TOO_MANY_OPEN_FILES';
    if (isShort && this.#lanes.size > 0) this.#mostLanes = this.#lanes.size;
    else if (!error || this.#failedStarts === mostDeaths) this.#fail(error);
    else {
      const waitMs = firstReopeningMs * 2 ** this.#failedStarts;
      this.#reopening ??= setTimeout(() => {
        this.#reopening = undefined;
        if (this.#lanes.size === 0) this.#openLane();
        this.#dispatch();
      }, waitMs);
    }
  }

  /** No item can be done any more. */
  #fail(failure: Failure | undefined): void {
    const { code, message } = failure ?? { code: 'WORKER_DIED', message: 'The workers have ended.' };
    this.#failure = new ItemError(code, message);
    this.#opened.reject(this.#failure);
    for (const lane of this.#lanes) this.#putBack(lane.takeAllBack());
    this.#waiting.end(({ ending }) => ending.fail(this.#failure));
    for (const { ending } of this.#queue.take(this.#queue.length)) ending.fail(this.#failure);
  }
}

import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  type Transferable,
} from 'node:worker_threads';
import type { Failure } from '../../../shared/failure.ts';
import type { Outcome } from '../../pool/threads/protocol.ts';
import type { PoolRun } from '../../pool/worker-pool.ts';
import { Claims } from '../common/claims.ts';
import type { ChunkOrder, EndedItems, LaneOpening, LaneOrder, LaneReport } from '../common/messages.ts';

/** So long what a worker has printed is waited for when it is to end, in milliseconds. */
export const longestPrintMs = 1_000;

/** Items that were sent together. Those from `count` on have been taken back. */
export interface Chunk<AnEntry> {
  readonly entries: readonly AnEntry[];
  readonly chunk: number;
  count: number;
  reported: number;
}

/** One place of a worker: the chunk that it does, and perhaps one that waits. */
export interface Place<AnEntry> {
  readonly lane: Lane<AnEntry>;
  readonly number: number;
  readonly chunks: Chunk<AnEntry>[];
  /** Which of its two numbers the next chunk gets. */
  odd: 0 | 1;
  /** When it last reported anything. */
  heardAt: number;
}

/** An item that a worker still had when it ended. */
interface Held<AnEntry> {
  readonly entry: AnEntry;
  readonly hasBegun: boolean;
  /** Whether none was in progress that the worker may have died of. */
  readonly isUnexplained: boolean;
  readonly ms: number;
}

/** What a lane tells. */
export interface LaneEvents<AnEntry> {
  ready(lane: Lane<AnEntry>): void;
  ended(place: Place<AnEntry>, chunk: Chunk<AnEntry>, items: EndedItems): void;
  progress(entry: AnEntry, progress: unknown): void;
  /** It is over, with these items in it. @param broken no item can be done: the task cannot be loaded. */
  over(lane: Lane<AnEntry>, how: Outcome<unknown>, broken: Failure | undefined): void;
}

const unreadable: Outcome<never> = {
  status: 'failed',
  error: {
    code: 'TASK_THREW',
    message: 'The task returned what cannot be read in another thread, as what is nested too deep.',
  },
  ms: 0,
};

/** A worker's part in one run, seen from the thread that hands out the items. */
export class Lane<AnEntry> {
  readonly places: readonly Place<AnEntry>[];
  readonly claims: Claims;
  /** How many items it has been given, without those taken back. */
  given = 0;
  isReady = false;
  isOver = false;
  /** The entries whose time was up, for which the thread was ended. */
  overdue: ReadonlySet<AnEntry> = new Set();
  readonly #port: MessagePort;
  readonly #ending = new AbortController();
  readonly #gone: Promise<void>;
  #retiring: NodeJS.Timeout | undefined;
  readonly #events: LaneEvents<AnEntry>;
  #broken: Failure | undefined;
  /** A report could not be read. Those behind it are as if they had not been heard: what they tell is not in a row. */
  #isDeaf = false;

  constructor(run: PoolRun, opening: Omit<LaneOpening, 'port' | 'claims'>, events: LaneEvents<AnEntry>) {
    this.#events = events;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.places = Array.from({ length: opening.places }, (_, number) => ({
      lane: this,
      number,
      chunks: [],
      odd: 0,
      heardAt: 0,
    }));
    this.claims = Claims.ofChunks(2 * opening.places);
    port1.on('message', (report: LaneReport) => this.#heard(report));
    port1.on('messageerror', () => {
      this.#isDeaf = true;
      this.end();
    });
    const payload: LaneOpening = { ...opening, port: port2, claims: this.claims.buffer };
    const over = run.execute('map-lane', payload, [port2], this.#ending.signal);
    this.#gone = over.then((how) => this.#over(how));
  }

  /**
   * Sends items to a place that has room for them.
   * @throws DataCloneError if one of them cannot be sent; then none is.
   */
  send(
    place: Place<AnEntry>,
    entries: readonly AnEntry[],
    order: Omit<ChunkOrder, 'chunk'>,
    transfer: readonly Transferable[],
  ): void {
    const chunk = place.number * 2 + place.odd;
    this.claims.open(chunk);
    this.#port.postMessage({ chunk, ...order } satisfies ChunkOrder, transfer);
    place.odd = place.odd === 0 ? 1 : 0;
    place.chunks.push({ entries, chunk, count: entries.length, reported: 0 });
    place.heardAt = performance.now();
    this.given += entries.length;
  }

  /** Takes back what has not begun. */
  takeBack(place: Place<AnEntry>): AnEntry[] {
    const taken: AnEntry[] = [];
    for (const chunk of place.chunks) {
      if (!this.claims.isWaiting(chunk.chunk, chunk.count)) continue;
      const begun = this.claims.takeBack(chunk.chunk, chunk.count);
      taken.push(...chunk.entries.slice(begun, chunk.count));
      // Its number is not free before the worker has come to its end and says so.
      chunk.count = begun;
    }
    this.given -= taken.length;
    return taken;
  }

  takeAllBack(): AnEntry[] {
    return this.places.flatMap((place) => this.takeBack(place));
  }

  /** What it still had when it ended. An item that had ended but was not reported counts as not begun. */
  held(): Held<AnEntry>[] {
    const held = this.places.flatMap(({ chunks }) =>
      chunks.flatMap(({ entries, chunk, count, reported }) => {
        const begun = this.claims.takeBack(chunk, count);
        const ended = this.claims.ended(chunk);
        const ms = this.claims.msInProgress(chunk) ?? 0;
        return entries.slice(reported, count).map((entry, at) => {
          // One that was in the middle of an item when a report could not be read did not die of that item.
          const hasBegun = !this.#isDeaf && reported + at >= ended && reported + at < begun;
          return { entry, hasBegun, ms: hasBegun ? ms : 0 };
        });
      }),
    );
    // Where one was in progress, the others had no part in it.
    const isUnexplained = !held.some(({ hasBegun }) => hasBegun);
    return held.map((each) => ({ ...each, isUnexplained }));
  }

  /**
   * Lets the worker go. Resolves when it has gone, and what was printed there has been passed on. One that still loads
   * its task is not waited for: nothing was done there.
   */
  async close(): Promise<void> {
    this.#port.close();
    if (this.isReady || this.#broken) await this.#gone;
  }

  /** Ends the thread, which has nothing to do any more, when what was printed there has been passed on. */
  retire(): void {
    this.#port.postMessage('retire' satisfies LaneOrder);
    this.#retiring ??= setTimeout(() => this.end(), longestPrintMs);
  }

  /** Ends the thread, in the middle of whatever it does. */
  end(): void {
    clearTimeout(this.#retiring);
    this.#ending.abort();
  }

  #heard(report: LaneReport): void {
    if (this.isOver || this.#isDeaf) return;
    switch (report.kind) {
      case 'ready':
        this.isReady = true;
        this.#events.ready(this);
        break;
      case 'broken':
        this.#broken = report.error;
        void this.close();
        break;
      case 'printed':
        this.end();
        break;
      case 'progress': {
        const entry = this.#chunkOf(report.chunk)?.entries[report.at];
        if (entry !== undefined) this.#events.progress(entry, report.progress);
        break;
      }
      case 'ended':
        this.#ended(report);
    }
  }

  #ended(report: EndedItems): void {
    const place = this.places[report.chunk >> 1];
    const chunk = this.#chunkOf(report.chunk);
    if (!place || !chunk) return;
    place.heardAt = performance.now();
    chunk.reported = report.from + report.values.length;
    const isOver = report.isLast === true || chunk.reported >= chunk.entries.length;
    if (isOver) place.chunks.splice(place.chunks.indexOf(chunk), 1);
    this.#events.ended(place, chunk, report);
  }

  #chunkOf(number: number): Chunk<AnEntry> | undefined {
    return this.places[number >> 1]?.chunks.find(({ chunk }) => chunk === number);
  }

  #over(how: Outcome<unknown>): void {
    // What it reported before its end may not have been heard yet.
    for (let next = receiveMessageOnPort(this.#port); next; next = receiveMessageOnPort(this.#port))
      this.#heard(next.message);
    this.isOver = true;
    clearTimeout(this.#retiring);
    this.#port.close();
    this.#events.over(this, this.#isDeaf ? unreadable : how, this.#broken);
  }
}

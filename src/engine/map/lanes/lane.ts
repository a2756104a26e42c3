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
import type { ChunkOrder, EndedItems, LaneOpening, LaneReport } from '../common/messages.ts';

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

/** What a lane tells. */
export interface LaneEvents<AnEntry> {
  ready(lane: Lane<AnEntry>): void;
  ended(place: Place<AnEntry>, chunk: Chunk<AnEntry>, items: EndedItems): void;
  progress(entry: AnEntry, progress: unknown): void;
  /** It is over, with these items in it. @param broken no item can be done: the task cannot be loaded. */
  over(lane: Lane<AnEntry>, how: Outcome<unknown>, broken: Failure | undefined): void;
}

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
  readonly #events: LaneEvents<AnEntry>;
  #broken: Failure | undefined;

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
    port1.on('messageerror', () => this.end());
    const payload: LaneOpening = { ...opening, port: port2, claims: this.claims.buffer };
    void run.execute('map-lane', payload, [port2], this.#ending.signal).then((how) => this.#over(how));
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
  held(): { readonly entry: AnEntry; readonly hasBegun: boolean; readonly ms: number }[] {
    return this.places.flatMap(({ chunks }) =>
      chunks.flatMap(({ entries, chunk, count, reported }) => {
        const begun = this.claims.takeBack(chunk, count);
        const ended = this.claims.ended(chunk);
        const ms = this.claims.msInProgress(chunk) ?? 0;
        return entries.slice(reported, count).map((entry, at) => {
          const place = reported + at;
          return { entry, hasBegun: place >= ended && place < begun, ms };
        });
      }),
    );
  }

  /** Lets the worker go when it has done what it has. */
  close(): void {
    this.#port.close();
  }

  /** Ends the thread, in the middle of whatever it does. */
  end(): void {
    this.#ending.abort();
  }

  #heard(report: LaneReport): void {
    if (this.isOver) return;
    switch (report.kind) {
      case 'ready':
        this.isReady = true;
        this.#events.ready(this);
        break;
      case 'broken':
        this.#broken = report.error;
        this.close();
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
    this.#port.close();
    this.#events.over(this, how, this.#broken);
  }
}

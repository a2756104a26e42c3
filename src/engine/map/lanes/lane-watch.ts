import type { Lane } from './lane.ts';

/** How often it looks, in milliseconds. */
const everyMs = 25;
/** A chunk of which nothing is heard for so long is behind a slow item. */
const stuckMs = 25;
/** A task whose time is up may use so long to end; then its thread is ended. */
const tidyMs = 250;
/** A worker that the pool has become too small for is let go after so long. */
const idleMs = 5_000;

export interface Watched<Entry> {
  readonly lanes: ReadonlySet<Lane<Entry>>;
  readonly timeoutMs: number | undefined;
  /** The pool size. */
  readonly size: () => number;
  /** Whether there are places for more items than there are. */
  readonly isIdle: () => boolean;
  /** Gets items that wait behind a slow one. */
  readonly takenBack: (entries: readonly Entry[]) => void;
}

/** Looks at the workers now and then, for what none of them can tell itself. */
export class LaneWatch<Entry> {
  readonly #watched: Watched<Entry>;
  readonly #timer: NodeJS.Timeout;

  constructor(watched: Watched<Entry>) {
    this.#watched = watched;
    this.#timer = setInterval(() => this.#look(), everyMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { lanes, timeoutMs, isIdle } = this.#watched;
    if (timeoutMs !== undefined) for (const lane of lanes) this.#endIfOverdue(lane, timeoutMs);
    if (isIdle()) this.#freeWhatIsStuck();
    this.#letGoWhatIsIdle();
  }

  #endIfOverdue(lane: Lane<Entry>, timeoutMs: number): void {
    const overdue = new Set<Entry>();
    for (const { chunks } of lane.places) {
      for (const { chunk, entries } of chunks) {
        // In this order: the next item may begin in between, and that has taken no time.
        const entry = entries[lane.claims.ended(chunk)];
        const ms = lane.claims.msInProgress(chunk);
        if (ms !== undefined && ms > timeoutMs + tidyMs && entry !== undefined) overdue.add(entry);
      }
    }
    if (overdue.size === 0 || lane.overdue.size > 0) return;
    lane.overdue = overdue;
    lane.end();
  }

  #freeWhatIsStuck(): void {
    const now = performance.now();
    for (const lane of this.#watched.lanes) {
      for (const place of lane.places)
        if (now - place.heardAt > stuckMs) this.#watched.takenBack(lane.takeBack(place));
    }
  }

  /** A pool that has become smaller does not keep the threads of its former size. */
  #letGoWhatIsIdle(): void {
    const { lanes, size } = this.#watched;
    let left = lanes.size;
    const now = performance.now();
    for (const lane of lanes) {
      if ((left - 1) * lane.places.length < size() || left === 1) return;
      const isIdle = lane.places.every(
        ({ chunks, heardAt }) => chunks.length === 0 && now - heardAt > idleMs,
      );
      if (!lane.isReady || !isIdle) continue;
      lane.close();
      left -= 1;
    }
  }
}

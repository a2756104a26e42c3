/** Nothing may start now; the feed calls its `onReady` listener when that changes. */
export const WAIT = Symbol('wait');
/** There is nothing more to start, now or later. */
export const END = Symbol('end');

/**
 * The source of jobs for the in-flight window. It holds back jobs that may not start yet (because a source is still
 * being read, or a host is at its limit), so that the window only needs to count the jobs in flight.
 */
export interface Feed<Job> {
  /** The next job that may start, or `WAIT`, or `END`. Called again after every job that settles. */
  take(): Job | typeof WAIT | typeof END;
  /** Registers the callback for a feed that has answered `WAIT`. There is one listener. */
  onReady(wake: () => void): void;
  /** Stops the source; no job is taken afterwards. */
  close(): Promise<void>;
  /** Why `take` has answered `WAIT` or `END`; undefined where the feed cannot tell. */
  waitsFor?(): FeedWait | undefined;
}

/** What a feed waits for: that more is read, or that a host may be asked. `end`: for nothing any more. */
export type FeedWait =
  | { readonly kind: 'reader' | 'end' }
  /** `by`: the host's requests in flight, the gap between them, or that it turns requests away. */
  | { readonly kind: 'host'; readonly host: string; readonly by: 'limit' | 'gap' | 'refusals' };

/** What a task is applied to: anything that can be iterated, also asynchronously. */
export type Items<Item> = Iterable<Item> | AsyncIterable<Item>;

/** A feed of any iterable. An async one is read at most one item ahead, so that the window's pace slows the source. */
export function feedOf<Item>(items: Items<Item>): Feed<Item> {
  return Symbol.asyncIterator in items ? new AsyncFeed(items) : new SyncFeed(items);
}

const forReader: FeedWait = { kind: 'reader' };
const forNothing: FeedWait = { kind: 'end' };

class SyncFeed<Item> implements Feed<Item> {
  readonly #iterator: Iterator<Item>;
  #ended = false;

  constructor(items: Iterable<Item>) {
    this.#iterator = items[Symbol.iterator]();
  }

  take(): Item | typeof END {
    if (this.#ended) return END;
    // What throws here has ended, as in any loop: it is not asked to return.
    this.#ended = true;
    const next = answered(this.#iterator.next());
    if (next.done) return END;
    this.#ended = false;
    return next.value;
  }

  onReady(): void {
    // A synchronous source is always ready.
  }

  waitsFor(): FeedWait | undefined {
    return this.#ended ? forNothing : undefined;
  }

  async close(): Promise<void> {
    if (!this.#ended) this.#iterator.return?.();
    this.#ended = true;
  }
}

class AsyncFeed<Item> implements Feed<Item> {
  readonly #iterator: AsyncIterator<Item>;
  #ahead: { readonly item: Item } | undefined;
  #reading = false;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => {};

  constructor(items: AsyncIterable<Item>) {
    this.#iterator = items[Symbol.asyncIterator]();
  }

  take(): Item | typeof WAIT | typeof END {
    if (this.#failure) throw this.#failure.error;
    const ahead = this.#ahead;
    this.#ahead = undefined;
    if (!this.#ended && !this.#reading) this.#readOn();
    if (ahead) return ahead.item;
    return this.#ended ? END : WAIT;
  }

  onReady(wake: () => void): void {
    this.#wake = wake;
  }

  waitsFor(): FeedWait {
    return this.#ended ? forNothing : forReader;
  }

  async close(): Promise<void> {
    const ended = this.#ended;
    this.#ended = true;
    this.#ahead = undefined;
    // return() queues behind a next() in progress, so it is not called then: a source that hangs must not hang the run.
    if (!ended && !this.#reading) await this.#iterator.return?.();
    else if (!ended) void Promise.resolve(this.#iterator.return?.()).catch(() => {});
  }

  #readOn(): void {
    this.#reading = true;
    Promise.resolve(this.#iterator.next())
      .then((answer) => {
        this.#reading = false;
        const next = answered(answer);
        if (next.done) this.#ended = true;
        else if (!this.#ended) this.#ahead = { item: next.value };
      })
      .catch((error: unknown) => {
        this.#reading = false;
        this.#failure = { error };
      })
      .then(() => this.#wake());
  }
}

/** Refuses what is no answer of an iterator, as loops do: it would count as one more item, without end. */
function answered<Item>(answer: IteratorResult<Item>): IteratorResult<Item> {
  if (typeof answer !== 'object' || answer === null)
    throw new TypeError(`Iterator result ${String(answer)} is not an object`);
  return answer;
}

/** A feed of items that arrive in chunks, with one async step for each chunk. Reads one chunk ahead. */
export function feedOfChunks<Item>(chunks: AsyncIterable<readonly Item[]>): Feed<Item> {
  const source = new AsyncFeed(chunks);
  let chunk: readonly Item[] = [];
  let next = 0;
  return {
    take: () => {
      while (next >= chunk.length) {
        const taken = source.take();
        if (isControl(taken)) return taken;
        chunk = taken;
        next = 0;
      }
      const item = chunk[next] as Item;
      next += 1;
      return item;
    },
    onReady: (wake) => source.onReady(wake),
    waitsFor: () => source.waitsFor(),
    close: () => source.close(),
  };
}

/** Groups the items that a feed has ready, up to `most()` of them: never waits for a batch to fill up. */
export function batched<Item>(feed: Feed<Item>, most: () => number): Feed<Item[]> {
  return {
    take: () => {
      const batch: Item[] = [];
      for (let room = most(); room > 0; room -= 1) {
        const taken = feed.take();
        if (isControl(taken)) {
          if (batch.length === 0) return taken;
          break;
        }
        batch.push(taken);
      }
      return batch;
    },
    onReady: (wake) => feed.onReady(wake),
    waitsFor: () => feed.waitsFor?.(),
    close: () => feed.close(),
  };
}

/** Numbers the items of a feed from 0: an item's position in the input. */
export function numbered<Item>(feed: Feed<Item>): Feed<{ item: Item; index: number }> {
  let index = 0;
  return {
    take: () => {
      const taken = feed.take();
      if (isControl(taken)) return taken;
      return { item: taken, index: index++ };
    },
    onReady: (wake) => feed.onReady(wake),
    waitsFor: () => feed.waitsFor?.(),
    close: () => feed.close(),
  };
}

function isControl<Item>(taken: Item | typeof WAIT | typeof END): taken is typeof WAIT | typeof END {
  return taken === WAIT || taken === END;
}

import { AutomaticSize } from './automatic/automatic-size.ts';
import type { TurnMeasure } from './automatic/window-meter.ts';
import { END, type Feed, WAIT } from './feed.ts';
import type { LivePoolSize } from './live-pool-size.ts';
import { Slots } from './slots.ts';

/** A job in flight. `place` is the lowest number from 0 that no other job in flight has. */
interface Ticket<Job, Outcome> {
  readonly job: Job;
  readonly place: number;
  end(outcome: Outcome): void;
  fail(error: unknown): void;
}

/**
 * Calls a function that ends several jobs. The room that they leave is filled once, when it has returned, and not after
 * each of them.
 */
export type Together = (endJobs: () => void) => void;

/** The window's connections to a run. */
export interface BeginningOptions<Job, Outcome> {
  readonly feed: Feed<Job>;
  readonly poolSize: LivePoolSize;
  /**
   * Begins the job, and tells the ticket later how it ended. A failure of the job is part of its outcome; a ticket that
   * fails is a bug and ends the run. For jobs so short that a promise for each would be much of their time.
   */
  readonly begin: (ticket: Ticket<Job, Outcome>) => void;
  readonly onSettled: (job: Job, outcome: Outcome, place: number) => void;
  /** Tells what a job has done, for an automatic pool size. Default: one item. */
  readonly measure?: (outcome: Outcome) => TurnMeasure;
  /** How many jobs may be in flight beyond the pool size: such as only wait, at a thread or for another try. Default 0. */
  readonly ahead?: (() => number) | undefined;
  /** No job starts while it returns false. For consumers slower than the pool. */
  readonly mayStart?: (running: number) => boolean;
  /** Receives a callback to call when the answer of `mayStart` may have changed. */
  readonly onWakeable?: (wake: () => void, together: Together) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface InFlightOptions<Job, Outcome> extends Omit<BeginningOptions<Job, Outcome>, 'begin'> {
  /** Does the job. As for `begin`, a rejection is a bug and ends the run. */
  readonly execute: (job: Job, place: number) => Promise<Outcome>;
}

/** At most this many jobs that settle at once start in a row; then timers, signals and I/O are handled. */
const startsATurn = 1_000;

const oneItem: TurnMeasure = { items: 1, work: 1, isOverload: false };

/** `beginInFlight` for jobs that are promises. */
export function runInFlight<Job, Outcome>({
  execute,
  ...options
}: InFlightOptions<Job, Outcome>): Promise<void> {
  return beginInFlight({
    ...options,
    begin: (ticket) =>
      void execute(ticket.job, ticket.place).then(
        (outcome) => ticket.end(outcome),
        (error: unknown) => ticket.fail(error),
      ),
  });
}

/**
 * The in-flight window: keeps as many jobs running as the pool size allows at the moment and, while the feed has any,
 * no fewer. It stands in front of piscina, because piscina cannot be resized, and because a queue of a million items
 * must not become a million promises: the window takes a job only when there is a slot for it.
 *
 * Resolves when the feed has ended and nothing is in flight. After an abort it takes no more jobs and resolves when
 * those in flight have settled; an abort is no rejection.
 */
export async function beginInFlight<Job, Outcome>(options: BeginningOptions<Job, Outcome>): Promise<void> {
  const { feed, poolSize, begin, onSettled, mayStart, ahead, signal } = options;
  const { promise: finished, resolve, reject } = Promise.withResolvers<void>();
  let running = 0;
  const places = new Slots();
  const search = poolSize.shared ?? new AutomaticSize({ poolSize });
  let startsLeft = startsATurn;
  let nextTurn: NodeJS.Immediate | undefined;
  let stopped = signal?.aborted ?? false;
  let filling = false;
  let bug: { readonly error: unknown } | undefined;

  const stopFor = (error: unknown): void => {
    bug ??= { error };
    stopped = true;
  };

  const hasRoom = (): boolean => {
    const { limit } = poolSize;
    // A pause holds back what would only wait, too.
    return running < limit || (limit > 0 && ahead !== undefined && running < limit + ahead());
  };

  class InFlight implements Ticket<Job, Outcome> {
    readonly job: Job;
    readonly place = places.take();
    readonly #startedAt = search.started();

    constructor(job: Job) {
      this.job = job;
    }

    end(outcome: Outcome): void {
      running -= 1;
      places.free(this.place);
      try {
        onSettled(this.job, outcome, this.place);
      } catch (error) {
        stopFor(error);
      }
      // Only now: whoever shares the places may start something at once, this run too.
      if (this.#startedAt !== undefined || poolSize.shared)
        search.settled(this.#startedAt, () => options.measure?.(outcome) ?? oneItem);
      fill();
    }

    fail(error: unknown): void {
      running -= 1;
      places.free(this.place);
      stopFor(error);
      fill();
    }
  }

  const onNextTurn = (): void => {
    nextTurn = undefined;
    startsLeft = startsATurn;
    fill();
  };

  const takeWhatFits = (): void => {
    while (!stopped && hasRoom() && (mayStart?.(running) ?? true)) {
      if (startsLeft === 0) {
        nextTurn ??= setImmediate(onNextTurn);
        return;
      }
      const job = feed.take();
      if (job === WAIT) return;
      if (job === END) {
        // While jobs are in flight the feed is asked again, because one of them may come back to be retried.
        if (running === 0) stopped = true;
        return;
      }
      startsLeft -= 1;
      running += 1;
      const ticket = new InFlight(job);
      try {
        begin(ticket);
      } catch (error) {
        ticket.fail(error);
      }
    }
  };

  const fill = (): void => {
    // A feed may call back from within take().
    if (filling) return;
    filling = true;
    try {
      takeWhatFits();
    } catch (error) {
      stopFor(error);
    }
    filling = false;
    if (stopped && running === 0) {
      if (bug) reject(bug.error);
      else resolve();
    }
  };

  const together: Together = (endJobs) => {
    if (filling) {
      endJobs();
      return;
    }
    filling = true;
    try {
      endJobs();
    } finally {
      filling = false;
      fill();
    }
  };

  const onAbort = (): void => {
    stopped = true;
    fill();
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  const unsubscribe = poolSize.onChange(fill);
  feed.onReady(fill);
  options.onWakeable?.(fill, together);
  fill();
  try {
    await finished;
  } finally {
    clearImmediate(nextTurn);
    unsubscribe();
    search.close();
    signal?.removeEventListener('abort', onAbort);
    await feed.close();
  }
}

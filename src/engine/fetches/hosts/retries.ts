import { ExponentialBackoff, halfJitterGenerator, type IBackoff, type IBackoffFactory } from 'cockatiel';
import type { Retry } from '../protocol/protocol.ts';

const backoff = new ExponentialBackoff({
  generator: halfJitterGenerator,
  initialDelay: 500,
  maxDelay: 60_000,
});

/** If a server asks for a longer wait than this, in milliseconds, the item fails. */
export const maxWaitMs = 300_000;
/** An attempt that added to the file is continued after this time, in milliseconds. */
const continueAfterMs = 100;
/** The first wait for other items to close their files, in milliseconds; each further wait is twice as long. */
const roomAfterMs = 50;
const mostWaitsForRoom = 9;

/** Counts the tries of one item and decides how long to wait between them. */
export class Tries {
  /** The number of tries that failed since the file last came on, plus the current one. */
  count = 0;
  #backoff: IBackoff<unknown> | undefined;
  #waitsForRoom = 0;

  /**
   * Decides what to do after a failed attempt.
   * @returns how long to wait before the next one, in milliseconds, or undefined if there is none.
   */
  next(retry: Retry | undefined, retries: number): number | undefined {
    if (!retry || (retry.afterMs ?? 0) > maxWaitMs) return undefined;
    if (retry.progress) {
      // The line bears again, so what failed before is over. It ends nevertheless: progress is what no try had before.
      this.count = 0;
      this.#backoff = undefined;
      return continueAfterMs;
    }
    if (this.count > retries) return undefined;
    const factory: IBackoffFactory<unknown> = this.#backoff ?? backoff;
    this.#backoff = factory.next(undefined);
    return Math.max(retry.afterMs ?? 0, this.#backoff.duration);
  }

  /**
   * Decides what to do after an attempt that could not open a file, because too many are open; others close theirs as
   * they end. It says nothing about the server and does not count as a try. The waits add up to 25 seconds at most.
   */
  nextWithRoomForFiles(): number | undefined {
    if (this.#waitsForRoom === mostWaitsForRoom) return undefined;
    this.count -= 1;
    this.#waitsForRoom += 1;
    return roomAfterMs * 2 ** (this.#waitsForRoom - 1);
  }
}

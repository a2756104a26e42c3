import { ExponentialBackoff, halfJitterGenerator, type IBackoff, type IBackoffFactory } from 'cockatiel';
import type { Retry } from '../protocol/protocol.ts';

const backoff = new ExponentialBackoff({
  generator: halfJitterGenerator,
  initialDelay: 500,
  maxDelay: 60_000,
});

/** A server that asks for more patience than this gets the item failed instead, in milliseconds. */
export const maxWaitMs = 300_000;
/** An attempt that brought the file on is soon continued, in milliseconds. */
const continueAfterMs = 100;
/** The first wait for others to close their files, in milliseconds; each further one is twice as long. */
const roomAfterMs = 50;
const mostWaitsForRoom = 9;

/** The tries of one item, and what is waited between them. */
export class Tries {
  /** Those that ended in vain, and the one that is on. */
  count = 0;
  #backoff: IBackoff<unknown> | undefined;
  #waitsForRoom = 0;

  /**
   * Decides after a failed attempt.
   * @returns how long to wait before the next one, in milliseconds; undefined when there is none.
   */
  next(retry: Retry | undefined, retries: number): number | undefined {
    if (!retry || (retry.afterMs ?? 0) > maxWaitMs) return undefined;
    if (retry.progress) {
      // Each such attempt adds to the file, so that this ends; it does not use up the tries.
      this.count -= 1;
      this.#backoff = undefined;
      return continueAfterMs;
    }
    if (this.count > retries) return undefined;
    const factory: IBackoffFactory<unknown> = this.#backoff ?? backoff;
    this.#backoff = factory.next(undefined);
    return Math.max(retry.afterMs ?? 0, this.#backoff.duration);
  }

  /**
   * Decides after an attempt that found too many files open, which others close as they end. It says nothing about the
   * server and does not use up the tries; in all it waits 25 seconds.
   */
  nextWithRoomForFiles(): number | undefined {
    if (this.#waitsForRoom === mostWaitsForRoom) return undefined;
    this.count -= 1;
    this.#waitsForRoom += 1;
    return roomAfterMs * 2 ** (this.#waitsForRoom - 1);
  }
}

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
/** The first and the longest wait for a host's name, in milliseconds. */
const nameAfterMs = 250;
const longestNameWaitMs = 1_000;
const mostWaitsForName = 16;
/** So many refusals of one item are taken for its host's, if the host answers others. */
const mostExcused = 6;
/** A host that answers so many others between two refusals of an item, and refuses none of them, means the item. */
const othersAnswered = 10;

/** How many requests a host has answered, and how many it has refused. */
export interface HostCounts {
  readonly answers: number;
  readonly refusals: number;
}

/** Counts the tries of one item and decides how long to wait between them. */
export class Tries {
  /** The number of tries that failed since the file last came on, plus the current one. */
  count = 0;
  #backoff: IBackoff<unknown> | undefined;
  #waitsForRoom = 0;
  #waitsForName = 0;
  #excused = 0;
  #seen: HostCounts = { answers: 0, refusals: 0 };

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
   * Decides what to do after an attempt that was not made, because the host's name is still being looked up. The waits add
   * up to 15 seconds at most.
   */
  nextWithName(retry: Retry, retries: number): number | undefined {
    if (this.#waitsForName === mostWaitsForName) return this.next(retry, retries);
    this.count -= 1;
    this.#waitsForName += 1;
    return Math.min(longestNameWaitMs, nameAfterMs * 2 ** (this.#waitsForName - 1));
  }

  /**
   * Decides what to do after an attempt that the host turned away (429, 503). While it answers others the refusal is about
   * its load, not about the item, and does not count as a try: the host's own pace says when it is asked next.
   * @param counts what the host has answered and refused in this run, with this refusal.
   */
  nextAfterRefusal(retry: Retry, retries: number, counts: HostCounts): number | undefined {
    const answers = counts.answers - this.#seen.answers;
    const refusalsOfOthers = counts.refusals - this.#seen.refusals - 1;
    const isFirst = this.#seen.refusals === 0;
    this.#seen = counts;
    const meansHost = answers > 0 && (isFirst || answers < othersAnswered || refusalsOfOthers > 0);
    const afterMs = retry.afterMs ?? 0;
    if (retries === 0 || !meansHost || this.#excused === mostExcused || afterMs > maxWaitMs)
      return this.next(retry, retries);
    this.#excused += 1;
    this.count -= 1;
    return afterMs;
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

import { stat } from 'node:fs/promises';

export interface SettlingOptions {
  /** A file is at rest when it has not changed for so long. */
  readonly quietMs: number;
  /** What is at rest waits at most so long for what still changes. */
  readonly mostWaitMs: number;
  /** Called when there is something at rest. */
  readonly onSettled: () => void;
}

interface Changed {
  readonly size: number;
  readonly at: number;
}

/** So many files are remembered, however many change. Whatever changed before the last of them is at rest or will be told of again. */
const mostRemembered = 256;

/**
 * Gathers changes of files until they are at rest, so that many are told of once and none while it is being written. A burst
 * without an end is told of at intervals; a file that only grows is not told of before it has stopped.
 */
export class Settling {
  readonly #options: SettlingOptions;
  /** The files that changed last, the latest at the end. */
  readonly #recent = new Map<string, Changed>();
  /** Whether something else is to be told of. */
  #isMore = false;
  #since: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;
  #isStopped = false;

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  changed(path: string, size: number): void {
    this.#note(path, size);
    this.#since ??= performance.now();
    this.#lookLater();
  }

  /**
   * A file that is gone is nothing to do, even if it came a moment ago.
   * @param isToldOf whether it is told of all the same: something may be left of it.
   */
  gone(path: string, isToldOf: boolean): void {
    this.#recent.delete(path);
    if (!isToldOf) return;
    this.#isMore = true;
    this.#since ??= performance.now();
    this.#lookLater();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#recent.clear();
  }

  #note(path: string, size: number): void {
    this.#recent.delete(path);
    this.#recent.set(path, { size, at: performance.now() });
    if (this.#recent.size <= mostRemembered) return;
    const [oldest = ''] = this.#recent.keys();
    this.#recent.delete(oldest);
    this.#isMore = true;
  }

  /** One timer, whatever the number of changes. */
  #lookLater(): void {
    if (this.#isLooking || this.#isStopped) return;
    this.#timer ??= setTimeout(() => void this.#look(), this.#options.quietMs);
  }

  async #look(): Promise<void> {
    this.#timer = undefined;
    this.#isLooking = true;
    await this.#askSizes();
    this.#isLooking = false;
    if (this.#isStopped) return;
    const { quietMs, mostWaitMs } = this.#options;
    const now = performance.now();
    const moving = [...this.#recent].filter(([, { at }]) => now - at < quietMs);
    const atRest = this.#isMore || this.#recent.size > moving.length;
    const isDue = moving.length === 0 || now - (this.#since ?? now) >= mostWaitMs;
    if (atRest && isDue) {
      this.#recent.clear();
      for (const [path, changed] of moving) this.#recent.set(path, changed);
      this.#isMore = false;
      this.#since = now;
      this.#options.onSettled();
    }
    if (moving.length > 0) this.#lookLater();
    else this.#since = undefined;
  }

  /** Not every system tells of every write: what has another size than it had is still being written. */
  async #askSizes(): Promise<void> {
    const still = [...this.#recent].filter(([, { at }]) => performance.now() - at >= this.#options.quietMs);
    await Promise.all(
      still.map(async ([path, before]) => {
        const size = await stat(path).then(
          (found) => found.size,
          () => undefined,
        );
        // It may have changed once more meanwhile.
        if (this.#recent.get(path) !== before) return;
        if (size === undefined) this.#recent.delete(path);
        else if (size !== before.size) this.#note(path, size);
      }),
    );
  }
}

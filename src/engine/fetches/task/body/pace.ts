import { Bandwidth } from '../../protocol/bandwidth.ts';
import { AttemptError } from '../../protocol/fetch-errors.ts';
import type { WorkerSettings } from '../../protocol/protocol.ts';

/**
 * Rules for every body, wherever it goes: the run's bandwidth limit and the least speed. A body that stops entirely is
 * left to the transport's time-out.
 */
export class Pace {
  readonly #url: string;
  readonly #settings: WorkerSettings;
  readonly #bandwidth: Bandwidth | undefined;
  #since = performance.now();
  #bytes = 0;

  constructor(url: string, settings: WorkerSettings) {
    this.#url = url;
    this.#settings = settings;
    this.#bandwidth = settings.bandwidth && new Bandwidth(settings.bandwidth);
  }

  /**
   * Call when bytes have arrived.
   * @param behind how long their taker wants to pause, in milliseconds.
   * @returns how long to pause reading, in milliseconds.
   * @throws AttemptError `TOO_SLOW`.
   */
  took(bytes: number, behind: number): number {
    const wait = Math.max(behind, this.#bandwidth?.take(bytes) ?? 0);
    const { minSpeed, timeoutMs } = this.#settings;
    this.#bytes += bytes;
    const now = performance.now();
    const elapsed = now - this.#since;
    // Time that our own bandwidth limit takes does not count against the server.
    if (wait > 0 || elapsed >= timeoutMs) {
      if (wait === 0 && this.#bytes * 1_000 < minSpeed * elapsed) {
        throw new AttemptError(
          'TOO_SLOW',
          `${this.#url}: only ${this.#bytes} bytes came in ${Math.round(elapsed / 1_000)} s.`,
          { retryable: true },
        );
      }
      this.#since = now + wait;
      this.#bytes = 0;
    }
    return wait;
  }
}

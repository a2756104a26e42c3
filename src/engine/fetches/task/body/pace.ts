import { Bandwidth } from '../../protocol/bandwidth.ts';
import { AttemptError } from '../../protocol/fetch-errors.ts';
import type { WorkerSettings } from '../../protocol/protocol.ts';

/**
 * What holds for every body, whoever takes it: the run's bandwidth, and that it does more than drip. A silent one is
 * the transport's time-out.
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
    const { bandwidth } = settings;
    this.#bandwidth = bandwidth && new Bandwidth(bandwidth.bytesPerSecond, bandwidth.clock);
  }

  /**
   * Bytes have come.
   * @param behind how long their taker wants nothing more, in milliseconds.
   * @returns how long to read nothing more, in milliseconds.
   * @throws AttemptError `TOO_SLOW`.
   */
  took(bytes: number, behind: number): number {
    const wait = Math.max(behind, this.#bandwidth?.take(bytes) ?? 0);
    const { minSpeed, timeoutMs } = this.#settings;
    this.#bytes += bytes;
    const now = performance.now();
    const elapsed = now - this.#since;
    // What our own bandwidth limit holds back is not the server's pace.
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

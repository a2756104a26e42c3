import type { LivePoolSize } from '../pool/live-pool-size.ts';
import { fewFilesWarning } from '../pool/open-files.ts';

export interface StartGateOptions {
  /** Until this resolves, the list is only read and no request is sent. If it rejects, the run ends with that error. */
  readonly ready: Promise<unknown>;
  /** With more requests in flight than this, the limit of open files would be exceeded. */
  readonly mostInFlight: number;
  readonly poolSize: LivePoolSize;
  readonly onWarning: ((warning: string) => void) | undefined;
}

/** Holds requests back until the workers have booted, and while the limit of open files allows no more. */
export class StartGate {
  readonly #options: StartGateOptions;
  #isReady = false;
  #cannotStart: { readonly error: unknown } | undefined;
  #hasWarned = false;

  constructor(options: StartGateOptions) {
    this.#options = options;
  }

  /**
   * Whether a request may start. A host's gap counts from then on, so it must not start before its thread has booted.
   */
  mayStart(running: number): boolean {
    if (this.#cannotStart) throw this.#cannotStart.error;
    return this.#isReady && this.#hasRoom(running);
  }

  /** @param wake called when the answer of `mayStart` changes. */
  onOpened(wake: () => void): void {
    this.#options.ready
      .then(
        () => {
          this.#isReady = true;
        },
        (error: unknown) => {
          this.#cannotStart = { error };
        },
      )
      .then(wake);
  }

  /** Warns once if fewer requests may be in flight than the person asked for; who leaves the size to the run asked for none. */
  #hasRoom(running: number): boolean {
    const { mostInFlight, poolSize, onWarning } = this.#options;
    if (running < mostInFlight) return true;
    if (!this.#hasWarned && !poolSize.automatic) {
      this.#hasWarned = true;
      onWarning?.(fewFilesWarning(mostInFlight, poolSize.size));
    }
    return false;
  }
}

import type { LivePoolSize } from '../pool/live-pool-size.ts';
import { fewFilesWarning } from '../pool/open-files.ts';

export interface StartGateOptions {
  /** When requests may leave; until then the list is only read. Where it rejects, the run ends with that. */
  readonly ready: Promise<unknown>;
  /** More in flight than this would have more files open than may be. */
  readonly mostInFlight: number;
  readonly poolSize: LivePoolSize;
  readonly onWarning: ((warning: string) => void) | undefined;
}

/** Holds requests back: until the workers have booted, and where one more would have too many files open. */
export class StartGate {
  readonly #options: StartGateOptions;
  #isReady = false;
  #cannotStart: { readonly error: unknown } | undefined;
  #hasWarned = false;

  constructor(options: StartGateOptions) {
    this.#options = options;
  }

  /** A host's gap counts from when its request leaves, not from when it waits for a thread that boots. */
  mayStart(running: number): boolean {
    if (this.#cannotStart) throw this.#cannotStart.error;
    return this.#isReady && this.#hasRoom(running);
  }

  /** @param wake is called once `mayStart` answers otherwise. */
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

  /** Says once where fewer may be in flight than was asked for. */
  #hasRoom(running: number): boolean {
    const { mostInFlight, poolSize, onWarning } = this.#options;
    if (running < mostInFlight) return true;
    if (!this.#hasWarned) {
      this.#hasWarned = true;
      onWarning?.(fewFilesWarning(mostInFlight, poolSize.size));
    }
    return false;
  }
}

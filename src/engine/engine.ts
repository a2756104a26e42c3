import type { FetchRequest, ThumbnailRequest } from '../shared/requests.ts';
import type { Summary } from '../shared/result.ts';
import type { Ledger } from './ledger/ledger.ts';
import { Workers, type WorkersOptions } from './pool/workers.ts';
import type { RunContext, RunOptions } from './run/run-options.ts';

export { LivePoolSize } from './pool/live-pool-size.ts';
export { wantedPoolSize } from './pool/wanted-pool-size.ts';

/** A request for a run. */
export type RunRequest = ThumbnailRequest | FetchRequest;

/**
 * The engine: it owns the ledger and the workers, and runs requests with them. Each front end makes one engine and
 * gives it requests; nothing else opens a ledger or starts a pool. The first run loads the ledger and the features it
 * needs, so that workers can boot on other cores meanwhile.
 */
export class Engine implements AsyncDisposable {
  readonly #workers: Workers;
  /** Resolves to `undefined` if there is no place for a ledger. */
  #ledger: Promise<Ledger | undefined> | undefined;
  /** Warnings about the ledger that no run has reported yet. */
  #warnings: string[] = [];
  #onWarning: RunOptions['onWarning'];

  constructor(options: WorkersOptions = {}) {
    this.#workers = new Workers(options);
  }

  /** Starts workers before a run asks for them. A run that needs others, or none, leaves them running until `close`. */
  startWorkers(
    wanted: { kind: 'thumbnails'; threads?: number } | { kind: 'fetches'; thumbnails: boolean },
  ): void {
    if (wanted.kind === 'fetches') this.#workers.startForFetches(wanted.thumbnails);
    else this.#workers.startForThumbnails(wanted.threads);
  }

  /**
   * Opens the ledger, and has the workers that are kept between runs load what thumbnails need. Problems with either
   * are reported by the first run that needs it.
   */
  async warmUp(): Promise<void> {
    await Promise.all([this.#openLedger(), this.#workers.warmUp()]);
  }

  /**
   * Runs a request to its end.
   * @returns the totals; each item is reported to `options.onResult` as it ends.
   * @throws UsageError when the run could not start: a path or list is missing, or there is no place for the outputs.
   */
  async run(request: RunRequest, options: RunOptions = {}): Promise<Summary> {
    // Only a run that listens to warnings takes over: a preview does not, and warnings wait for the next run.
    if (options.onWarning) this.#onWarning = options.onWarning;
    const ledger = await this.#openLedger();
    if (options.onWarning) for (const warning of this.#warnings.splice(0)) options.onWarning(warning);
    return runRequest(request, { ...options, workers: this.#workers, ...(ledger && { ledger }) });
  }

  /** Like `run`, but without the ledger and with workers of its own: a timed run must neither skip items nor share. */
  time(request: RunRequest, options: RunOptions = {}): Promise<Summary> {
    return runRequest(request, { ...options, force: true, workers: this.#workers.apart() });
  }

  /** Ends the kept workers, even in the middle of an item; the next run starts new ones. */
  endWorkers(): Promise<void> {
    return this.#workers.end();
  }

  /** Writes everything that is pending. Failures to write are reported to the last run's `onWarning`. */
  async closeLedger(): Promise<void> {
    const ledger = this.#ledger;
    this.#ledger = undefined;
    (await ledger)?.close();
  }

  async close(): Promise<void> {
    await this.endWorkers();
    await this.closeLedger();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #openLedger(): Promise<Ledger | undefined> {
    this.#ledger ??= import('./ledger/sqlite-ledger.ts').then(({ openLedger }) =>
      openLedger((warning) => this.#warn(warning)),
    );
    return this.#ledger;
  }

  #warn(warning: string): void {
    if (this.#onWarning) this.#onWarning(warning);
    else this.#warnings.push(warning);
  }
}

/**
 * Loads a feature with the first request that needs it: a run of thumbnails does not wait for the code that fetches.
 */
async function runRequest(request: RunRequest, context: RunContext): Promise<Summary> {
  switch (request.kind) {
    case 'thumbnails': {
      const { runThumbnails } = await import('./thumbnails/run-thumbnails.ts');
      return runThumbnails(request, context);
    }
    case 'fetch': {
      const { runFetches } = await import('./fetches/run-fetches.ts');
      return runFetches(request, context);
    }
  }
}

import type { FetchRequest, ThumbnailRequest } from '../shared/requests.ts';
import type { Summary } from '../shared/result.ts';
import type { Ledger } from './ledger/ledger.ts';
import { Workers, type WorkersOptions } from './pool/workers.ts';
import type { RunContext, RunOptions } from './run/run-options.ts';

export { LivePoolSize } from './pool/live-pool-size.ts';

/** What a run is asked for. */
export type RunRequest = ThumbnailRequest | FetchRequest;

/**
 * The engine: it owns the ledger and the workers, and runs requests with them. Every front end makes one and gives it
 * requests; nothing else opens a ledger or starts a pool. Ledger and features are loaded by the first run, so that
 * workers can boot on other cores meanwhile.
 */
export class Engine implements AsyncDisposable {
  readonly #workers: Workers;
  /** `undefined` inside: there is no place for one. */
  #ledger: Promise<Ledger | undefined> | undefined;
  /** What is wrong with the ledger, where no run has been told of it yet. */
  #warnings: string[] = [];
  #onWarning: RunOptions['onWarning'];

  constructor(options: WorkersOptions = {}) {
    this.#workers = new Workers(options);
  }

  /** Starts workers before a run asks for them. A run that needs others, or none, leaves them for `close`. */
  startWorkers(
    wanted: { kind: 'thumbnails'; threads?: number } | { kind: 'fetches'; thumbnails: boolean },
  ): void {
    if (wanted.kind === 'fetches') this.#workers.startForFetches(wanted.thumbnails);
    else this.#workers.startForThumbnails(wanted.threads);
  }

  /**
   * Opens the ledger and has the workers that are kept between runs load what thumbnails need. What is wrong with either
   * is told by the run that needs it.
   */
  async warmUp(): Promise<void> {
    await Promise.all([this.#openLedger(), this.#workers.warmUp()]);
  }

  /**
   * Runs a request to its end.
   * @returns the totals; each item is told to `options.onResult` as it ends.
   * @throws UsageError when nothing could start: no such path or list, no place for the outputs.
   */
  async run(request: RunRequest, options: RunOptions = {}): Promise<Summary> {
    // A preview listens to no warnings: they wait for a run that does.
    if (options.onWarning) this.#onWarning = options.onWarning;
    const ledger = await this.#openLedger();
    if (options.onWarning) for (const warning of this.#warnings.splice(0)) options.onWarning(warning);
    return runRequest(request, { ...options, workers: this.#workers, ...(ledger && { ledger }) });
  }

  /** Like `run`, but outside the ledger and on workers of its own: timing must neither skip nor share. */
  time(request: RunRequest, options: RunOptions = {}): Promise<Summary> {
    return runRequest(request, { ...options, force: true, workers: this.#workers.apart() });
  }

  /** Ends the workers that are kept, and with them what does not end by itself; the next run starts new ones. */
  endWorkers(): Promise<void> {
    return this.#workers.end();
  }

  /** Writes what has not been written. What cannot be is told to the last run's `onWarning`. */
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

/** A feature is loaded by the first request that needs it: who makes thumbnails does not wait for what fetches. */
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

import {
  type Ledger,
  openLedger,
  type RunOptions,
  runFetches,
  runThumbnails,
  type Summary,
  startThumbnailPool,
  type WorkerPool,
  warmUp,
} from '../../engine/index.ts';
import type { ResolvedJob } from './resolved-job.ts';

export interface EngineHostOptions {
  /** The worker threads' entry, as the bundle has it. Without one: the sources' own. */
  readonly workerFile?: string | undefined;
  readonly wasmSharp: boolean;
  readonly poolCeiling: number;
}

/**
 * The page draws and main answers while the pool has every core at work: what a person looks at goes first. Half
 * of what Linux has, which still leaves the pool all that nobody else uses.
 */
const nice = 10;

/** The engine as the window holds it: one ledger and one warm pool, for all runs. */
export class EngineHost {
  readonly #options: EngineHostOptions;
  #pool: WorkerPool | undefined;
  #ledger: Ledger | undefined;
  #ledgerOpened = false;
  #warnings: string[] = [];

  constructor(options: EngineHostOptions) {
    this.#options = options;
  }

  /**
   * Starts the pool, has its first worker load what thumbnails need and opens the ledger, so that the first
   * picture after a drop waits for none of it. What is wrong with it is told by the run that needs it.
   */
  async warmUp(): Promise<void> {
    this.#withLedger();
    await warmUp(this.#warmPool());
  }

  /** Runs a job to its end. What the shell always gives the engine is added here. */
  async run(job: ResolvedJob, options: RunOptions): Promise<Summary> {
    const all = { ...this.#workers(), ...options, force: job.force, ...this.#withLedger() };
    for (const warning of this.#warnings.splice(0)) options.onWarning?.(warning);
    switch (job.kind) {
      case 'thumbnails': {
        const pool = options.dryRun ? {} : { pool: this.#warmPool() };
        return runThumbnails(job.request, { ...all, ...pool });
      }
      case 'fetch':
        return runFetches(job.request, all);
    }
  }

  /** Like `run`, but outside the ledger and on threads of its own: timing must neither skip nor share. */
  time(job: ResolvedJob, options: RunOptions): Promise<Summary> {
    const all = { ...this.#workers(), ...options, force: true };
    switch (job.kind) {
      case 'thumbnails':
        return runThumbnails(job.request, all);
      case 'fetch':
        return runFetches(job.request, all);
    }
  }

  /** Ends the workers, and with them what does not end by itself; the next run starts new ones. */
  async endWorkers(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.destroy();
  }

  async close(): Promise<void> {
    await this.endWorkers();
    this.#ledger?.close();
    this.#ledger = undefined;
  }

  #warmPool(): WorkerPool {
    if (this.#pool === undefined) {
      const starting = startThumbnailPool(this.#options.poolCeiling, this.#workers());
      this.#pool = starting;
      // One that could not start is tried anew by the next run.
      starting.ready.catch(() => {
        if (this.#pool === starting) this.#pool = undefined;
      });
    }
    return this.#pool;
  }

  #workers() {
    const { workerFile, wasmSharp } = this.#options;
    return { wasmSharp, nice, ...(workerFile !== undefined && { workerFile }) };
  }

  #withLedger(): { ledger?: Ledger } {
    if (!this.#ledgerOpened) {
      this.#ledgerOpened = true;
      this.#ledger = openLedger((warning) => this.#warnings.push(warning));
    }
    return this.#ledger === undefined ? {} : { ledger: this.#ledger };
  }
}

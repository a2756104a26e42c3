import type { FetchRequest, MapRequest, ThumbnailRequest } from '../shared/requests.ts';
import type { Summary } from '../shared/result.ts';
import type { PooledTask } from '../shared/settings/pool-sizes.ts';
import { withoutSets } from '../shared/settings/set-kinds.ts';
import { isS3Address } from './cluster/places/s3-address.ts';
import type { StateSize } from './files/state/state-size.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { LivePoolSize } from './pool/live-pool-size.ts';
import type { Machine } from './pool/machine.ts';
import { wantedPoolSize } from './pool/wanted-pool-size.ts';
import { Workers, type WorkersOptions } from './pool/workers.ts';
import type { Forecast } from './run/forecast/forecast.ts';
import { ForecastOfRun } from './run/forecast/forecast-of-run.ts';
import type { PlannedItems } from './run/forecast/planned-items.ts';
import type { Journal } from './run/journal/journal-of-run.ts';
import { SharedHosts } from './run/limits/shared-hosts.ts';
import type { JournalOptions, RunContext, RunOptions } from './run/run-options.ts';
import type { ImageLibrary } from './thumbnails/image-library.ts';
import type { FolderWatch, FolderWatchOptions } from './thumbnails/watch/folder-watch.ts';

export { LivePoolSize } from './pool/live-pool-size.ts';
export { wantedPoolSize } from './pool/wanted-pool-size.ts';

/** Fewer items are done before a forecast is read. */
const leastToForecast = 50;

/** A request for a run. */
export type RunRequest = ThumbnailRequest | FetchRequest | MapRequest;

/** What `Engine.examine` finds. */
export interface Examination {
  readonly machine: Machine;
  /** A text tells why sharp cannot be loaded. */
  readonly images: ImageLibrary | string;
  readonly state: StateSize;
}

/**
 * The engine: it owns the ledger and the workers, and runs requests with them. Each front end makes one engine and
 * gives it requests; nothing else opens a ledger or starts a pool. The first run loads the ledger and the features it
 * needs, so that workers can boot on other cores meanwhile.
 */
export class Engine implements AsyncDisposable {
  readonly #workers: Workers;
  readonly #hosts = new SharedHosts();
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
   * Opens the ledger, loads the code of thumbnails' runs, and has the workers that are kept between runs load what they
   * need. Problems with ledger or workers are reported by the first run that needs it.
   */
  async warmUp(): Promise<void> {
    await Promise.all([this.#openLedger(), this.#workers.warmUp(), loadThumbnails()]);
  }

  /**
   * Runs a request to its end.
   * @returns the totals; each item is reported to `options.onResult` as it ends.
   * @throws UsageError when the run could not start: a path or list is missing, or there is no place for the outputs.
   */
  async run(request: RunRequest, asked: RunOptions = {}): Promise<Summary> {
    // One object from here on: the journal follows what the run changes.
    const options = { ...asked, poolSize: wantedPoolSize(taskOf(request), asked.poolSize) };
    // Only a run that listens to warnings takes over: a preview does not, and warnings wait for the next run.
    if (options.onWarning) this.#onWarning = options.onWarning;
    const ledger = await this.#openLedger();
    if (options.onWarning) for (const warning of this.#warnings.splice(0)) options.onWarning(warning);
    const watch = options.onTotal && new ForecastOfRun();
    const watched = watch ? watch.listening(options) : options;
    const context = { ...watched, workers: this.#workers, hosts: this.#hosts, ...(ledger && { ledger }) };
    const journal = await openJournal(request, options);
    try {
      const totals = await runRequest(request, journal?.listening(context) ?? context);
      const forecast = watch?.forecast;
      const summary = forecast ? { ...totals, forecast } : totals;
      journal?.end(summary);
      return summary;
    } catch (error) {
      journal?.fail(error);
      throw error;
    }
  }

  /** Like `run`, but without the ledger and with workers of its own: a timed run must neither skip items nor share. */
  time(request: RunRequest, options: RunOptions = {}): Promise<Summary> {
    const workers = this.#workers.apart();
    return runRequest(withoutSets(request), { ...options, force: true, workers });
  }

  /**
   * Runs with the workers that are kept, but without the ledger: what is made is made anew, and forgotten. For a few items
   * to be looked at, and for files that are soon gone.
   */
  runApart(request: RunRequest, options: RunOptions = {}): Promise<Summary> {
    return runRequest(withoutSets(request), { ...options, force: true, workers: this.#workers });
  }

  /**
   * Foretells what a run will come to: of images by making some thumbnails, for a second, into a folder that is removed; of
   * URLs from former runs, without asking anybody.
   * @param planned what a dry run of the request says.
   * @returns undefined if nothing can be foretold, or it would take no time worth foretelling.
   */
  async forecast(
    request: RunRequest,
    planned: PlannedItems,
    { poolSize, signal }: { readonly poolSize: number; readonly signal?: AbortSignal },
  ): Promise<Forecast | undefined> {
    // What a person's own function does is not done beforehand, nor known.
    if (planned.count < leastToForecast || request.kind === 'map') return undefined;
    if (request.kind === 'fetch') {
      const { forecastByRuns } = await import('./run/forecast/forecast-by-runs.ts');
      return forecastByRuns(planned.hosts, poolSize, request.recipe.perHost);
    }
    const [{ forecastBySample }, { inScratchFolder }] = await Promise.all([
      import('./run/forecast/forecast-by-sample.ts'),
      import('./run/scratch-folder.ts'),
    ]);
    return inScratchFolder((outputFolder) => {
      // They are of its shard already, and are known by their folders there. A list is read once.
      const part = { paths: [...planned.sample.items], list: undefined, shard: undefined };
      const sample = { ...request, ...part, outputFolder, mirror: false };
      return forecastBySample(
        planned.count,
        (options) => this.time(sample, { ...options, poolSize }),
        signal,
      );
    });
  }

  /** Watches the folder of a request: tells when a run of it may find something to do. Nothing is run by it. */
  async watch(
    request: ThumbnailRequest,
    options: Omit<FolderWatchOptions, 'isOutputFolder'>,
  ): Promise<FolderWatch> {
    const [{ FolderWatch }, ledger] = await Promise.all([
      import('./thumbnails/watch/folder-watch.ts'),
      this.#openLedger(),
    ]);
    const isOutputFolder = (folder: string) => ledger?.isOutputFolder(folder) ?? false;
    return new FolderWatch(request, { ...options, isOutputFolder });
  }

  /** What the machine gives, which build of sharp is there, and how large the state is. Nothing of it is secret. */
  async examine(): Promise<Examination> {
    const [{ machine }, { imageLibrary }, { stateFolder }, { stateSize }] = await Promise.all([
      import('./pool/machine.ts'),
      import('./thumbnails/image-library.ts'),
      import('./files/state-folder.ts'),
      import('./files/state/state-size.ts'),
    ]);
    const images = await imageLibrary().catch((error: unknown) => String(error));
    return { machine: machine(), images, state: stateSize(stateFolder()) };
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

  /** Ends the workers, and writes everything that is pending. */
  async close(): Promise<void> {
    await this.endWorkers();
    await this.closeLedger();
  }

  /** `close`, for `await using`. */
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

function taskOf({ kind }: RunRequest): PooledTask {
  return kind === 'map' ? 'module' : kind;
}

/** Opens the journal that was asked for. */
async function openJournal(
  request: RunRequest,
  { journal = false, dryRun = false, ...options }: RunOptions & { readonly poolSize: LivePoolSize },
): Promise<Journal | undefined> {
  if (!journal || dryRun) return undefined;
  const { Journal } = await import('./run/journal/journal-of-run.ts');
  const said: JournalOptions = journal === true ? { front: 'library', title: request.kind } : journal;
  return new Journal({ ...options, request, journal: said });
}

function loadThumbnails() {
  return import('./thumbnails/run-thumbnails.ts');
}

/**
 * Loads a feature with the first request that needs it: a run of thumbnails does not wait for the code that fetches.
 */
async function runRequest(request: RunRequest, options: RunContext): Promise<Summary> {
  const shard =
    request.shard === undefined
      ? undefined
      : (await import('./cluster/shards/shard.ts')).shardOf(request.shard);
  const context = { ...options, ...(shard && { shard }) };
  if (request.kind === 'map' || !usesStorage(request)) return runLocally(request, context);
  const { runWithStorage } = await import('./cluster/storage/run-with-storage.ts');
  return runWithStorage(request, context, runLocally);
}

async function runLocally(request: RunRequest, context: RunContext): Promise<Summary> {
  switch (request.kind) {
    case 'thumbnails': {
      const { runThumbnails } = await loadThumbnails();
      return runThumbnails(request, context);
    }
    case 'fetch': {
      const { runFetches } = await import('./fetches/run-fetches.ts');
      if (request.recipe.dataset === 'off') return runFetches(request, context);
      const { runDataset } = await import('./cluster/dataset/run-dataset.ts');
      return runDataset(request, context, runFetches);
    }
    case 'map': {
      const { runMap } = await import('./map/run-map.ts');
      return runMap(request, context);
    }
  }
}

/** Whether inputs or outputs lie in an object storage. */
function usesStorage(request: ThumbnailRequest | FetchRequest): boolean {
  if (request.outputFolder !== undefined && isS3Address(request.outputFolder)) return true;
  if (request.kind === 'thumbnails') return request.paths.some(isS3Address);
  return request.inputs.some(
    (input) =>
      (input.kind === 'argument' && isS3Address(input.value)) ||
      (input.kind === 'report' && isS3Address(input.path)),
  );
}

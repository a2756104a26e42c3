import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Transferable } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { ItemError, UsageError } from '../../shared/failure.ts';
import { againWithRoomForFiles, isShortOfFiles } from '../files/room-for-files.ts';
import { asWorkingFolderGone } from '../files/working-folder.ts';
import { ThreadLoad } from './thread-load.ts';
import { CancelFlags } from './threads/cancel-flags.ts';
import type { LoadedKind, Outcome, TaskKind, TaskMessage, WorkerData } from './threads/protocol.ts';
import { defaultWorkerFile } from './worker-file.ts';

export interface WorkerPoolOptions {
  /** The most worker threads. They start when needed and end when idle. */
  readonly maxThreads: number;
  /** The most threads if there were no limit of open files. Default: `maxThreads`. */
  readonly wantedThreads?: number;
  /** Items a thread holds at once: 1 for tasks that compute, more for tasks that wait. Default 1. */
  readonly itemsPerThread?: number;
  /** `sync` wakes a sleeping worker fastest, but stops its timers and sockets between items. Default `disabled`. */
  readonly atomics?: 'sync' | 'disabled';
  /** The limit of a worker's JavaScript heap, in MiB. Default: Node's own. */
  readonly maxHeapMiB?: number;
  /** The heap's space for new objects, in MiB, for tasks that mostly work outside the heap. Default: Node's own. */
  readonly maxYoungMiB?: number;
  /** How many threads start at once and stay, even when idle. Default 1. */
  readonly minThreads?: number;
  /** The task that each worker loads at its start, before it gets any item. */
  readonly preload?: LoadedKind;
  /**
   * The niceness of the threads relative to the rest of the process, as for nice(1). Only on Linux, where each thread
   * has its own; elsewhere it would apply to the whole process. Default 0.
   */
  readonly nice?: number;
  /** The worker's entry file; front ends that bundle the engine name theirs. Default: the one beside the sources. */
  readonly workerFile?: string;
  /**
   * Whether to use sharp's WebAssembly build. For hosts that link the system's GLib: Electron on Linux. Default false.
   */
  readonly wasmSharp?: boolean;
  /** Where what its threads print goes. Default `stdout`. */
  readonly printsTo?: 'stdout' | 'stderr';
}

/** The options that the front end decides; the others belong to the pool's task. */
export type WorkerHostOptions = Pick<WorkerPoolOptions, 'workerFile' | 'wasmSharp' | 'nice'>;

/** How long an idle worker is kept, in milliseconds: long enough for a slider that is moved back and forth. */
const idleTimeoutMs = 5_000;

/**
 * How often to retry starting a thread; the first wait is this long, in milliseconds, each further one twice as long.
 */
const firstRevivalMs = 20;
const mostRevivals = 9;

/** The piscina pool of worker threads, and what its runs share: posting items and cancelling runs. */
export class WorkerPool {
  readonly #piscina: Piscina<TaskMessage, Outcome<unknown>>;
  readonly #flags: CancelFlags;
  readonly #wantedThreads: number;
  readonly #ready: Promise<void>;
  #destruction: Promise<void> | undefined;
  /** The error that ended the pool although there was work. */
  #failure: unknown;
  #revivals = 0;
  readonly #load = new ThreadLoad();

  private constructor(
    piscina: Piscina<TaskMessage, Outcome<unknown>>,
    flags: CancelFlags,
    { preload, wantedThreads, maxThreads }: WorkerPoolOptions,
  ) {
    this.#piscina = piscina;
    this.#flags = flags;
    this.#wantedThreads = wantedThreads ?? maxThreads;
    // A worker that dies without an item is reported only here; piscina replaces it if it had booted.
    piscina.on('error', (error) => this.#onLost(error));
    this.#ready = this.#ping(preload);
    // The error reaches whoever awaits `ready`, which may be nobody yet.
    this.#ready.catch(() => {});
  }

  /**
   * Starts a pool. The caller continues while its threads boot; items given to it meanwhile wait for them.
   */
  static start(options: WorkerPoolOptions): WorkerPool {
    const flags = new CancelFlags();
    const piscina = new Piscina<TaskMessage, Outcome<unknown>>({
      filename: options.workerFile ?? fileURLToPath(defaultWorkerFile),
      minThreads: options.minThreads ?? 1,
      maxThreads: options.maxThreads,
      ...(process.platform === 'linux' && options.nice && { niceIncrement: options.nice }),
      idleTimeout: idleTimeoutMs,
      concurrentTasksPerWorker: options.itemsPerThread ?? 1,
      atomics: options.atomics ?? 'disabled',
      workerData: {
        cancelFlags: flags.buffer,
        wasmSharp: options.wasmSharp ?? false,
        preload: options.preload,
        printsTo: options.printsTo,
      } satisfies WorkerData,
      // As bin/shoal.cjs has it: a thread does not take it over from the one that starts it.
      ...(process.env.SHOAL_DEBUG && { execArgv: ['--enable-source-maps'] }),
      recordTiming: false,
      resourceLimits: {
        ...(options.maxHeapMiB && { maxOldGenerationSizeMb: options.maxHeapMiB }),
        ...(options.maxYoungMiB && { maxYoungGenerationSizeMb: options.maxYoungMiB }),
      },
    });
    return new WorkerPool(piscina, flags, options);
  }

  /**
   * Resolves once the first worker has answered a ping. Rejects if it cannot boot, so that this is an error and not a
   * run that hangs; the pool has ended then.
   */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** The most threads that the pool may have. */
  get mostThreads(): number {
    return this.#piscina.options.maxThreads;
  }

  /** Whether there are fewer threads than this because of the limit of open files. */
  isShortOfFilesFor(threads: number): boolean {
    return this.mostThreads < Math.min(threads, this.#wantedThreads);
  }

  /** The number of threads alive now. */
  get threads(): number {
    return this.#piscina.threads.length;
  }

  /** How busy the busiest thread was since the last call, from 0 to 1: of threads that serve an event loop. */
  busiest(): number {
    return this.#load.busiestOf(this.#piscina.threads);
  }

  /** Opens a run on this pool: its items can be cancelled together without affecting other runs. */
  openRun(): PoolRun {
    const slot = this.#flags.acquire();
    return {
      execute: <Value>(
        kind: TaskKind,
        payload: unknown,
        transfer?: readonly Transferable[],
        end?: AbortSignal,
      ) => this.#execute<Value>(kind, slot, payload, transfer, end),
      cancel: () => this.#flags.cancel(slot),
      close: () => this.#flags.release(slot),
    };
  }

  /**
   * Ends all threads; items in flight end as cancelled, at once. Resolves when the threads are gone: a thread in the
   * middle of native work (sharp's) ends only after that.
   */
  destroy(): Promise<void> {
    this.#destruction ??= this.#piscina.destroy();
    return this.#destruction;
  }

  async #ping(preload: LoadedKind | undefined): Promise<void> {
    try {
      await this.#post({ kind: 'ping', slot: 0, payload: preload });
    } catch (error) {
      // We ended the pool while it booted: its items are cancelled, which is no error.
      if (this.#destruction && !this.#failure) return;
      await this.destroy();
      const cause = this.#failure ?? error;
      throw whyNotStarted(cause, this.#piscina.options.filename);
    }
  }

  async #execute<Value>(
    kind: TaskKind,
    slot: number,
    payload: unknown,
    transfer: readonly Transferable[] = [],
    end?: AbortSignal,
  ): Promise<Outcome<Value>> {
    const posted = performance.now();
    // Otherwise piscina would start new threads.
    if (this.#destruction && !this.#failure) return { status: 'cancelled', ms: 0 };
    try {
      if (this.#failure) throw this.#failure;
      return (await this.#post({ kind, slot, payload }, transfer, end)) as Outcome<Value>;
    } catch (error) {
      const ms = performance.now() - posted;
      if (this.#destruction && !this.#failure) return { status: 'cancelled', ms };
      return { status: 'failed', error: failureOfDeath(this.#failure ?? error).toFailure(), ms };
    }
  }

  /** Posts a task, again if its thread could not open files to start; not if buffers were transferred with it. */
  #post(
    message: TaskMessage,
    transfer: readonly Transferable[] = [],
    end?: AbortSignal,
  ): Promise<Outcome<unknown>> {
    const post = () =>
      this.#piscina.run(message, { transferList: [...transfer], ...(end && { signal: end }) });
    return post().catch((error: unknown) => {
      if (this.#destruction || transfer.length > 0) throw error;
      return againWithRoomForFiles(error, post);
    });
  }

  /**
   * A thread could not start. piscina does nothing about it, so if it was the last thread, waiting tasks would wait for
   * ever: posting another task makes piscina start another thread.
   */
  #onLost(error: unknown): void {
    const { threads, queueSize } = this.#piscina;
    if (this.#destruction || threads.length > 0 || queueSize === 0) return;
    if (this.#revivals === mostRevivals) {
      this.#failure = error;
      void this.destroy();
      return;
    }
    const revive = (): void => {
      this.#post({ kind: 'ping', slot: 0, payload: undefined }).then(
        () => {
          this.#revivals = 0;
        },
        () => {},
      );
    };
    setTimeout(revive, firstRevivalMs * 2 ** this.#revivals);
    this.#revivals += 1;
  }
}

/** A run's access to the pool. */
export interface PoolRun {
  /**
   * @param transfer the buffers that are transferred to the thread instead of being copied.
   * @param end ends the thread with whatever it is doing, when it aborts.
   */
  execute<Value>(
    kind: TaskKind,
    payload: unknown,
    transfer?: readonly Transferable[],
    end?: AbortSignal,
  ): Promise<Outcome<Value>>;
  /** Asks the items in flight to stop early. */
  cancel(): void;
  /** Releases the run's cancel slot. Call only when nothing is in flight. */
  close(): void;
}

function failureOfDeath(error: unknown): ItemError {
  if (error instanceof Error && error.name === 'DataCloneError') {
    return new ItemError('BAD_INPUT', `The item cannot be sent to a worker thread: ${error.message}`, {
      cause: error,
    });
  }
  if (isShortOfFiles(error)) {
    return new ItemError('TOO_MANY_OPEN_FILES', 'There was no room for one more worker thread.', {
      cause: error,
    });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new ItemError('WORKER_DIED', `The worker thread that held this item ended: ${reason}`, {
    cause: error,
  });
}

function whyNotStarted(cause: unknown, file: string | null): unknown {
  if (isShortOfFiles(cause)) {
    const message = 'The worker threads could not start: too many files are open. Allow more (ulimit -n).';
    return new UsageError(message, { cause });
  }
  const problem = asWorkingFolderGone(cause);
  if (problem === cause && file !== null && !existsSync(file)) {
    const advice =
      'If a bundler has moved this library, have it keep shoal external, or name the file by workerFile.';
    return new UsageError(`The worker threads could not start. Their file is not there: ${file}. ${advice}`, {
      cause,
    });
  }
  return problem === cause ? new Error('The worker threads could not start.', { cause }) : problem;
}

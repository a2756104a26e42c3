import { fileURLToPath } from 'node:url';
import type { Transferable } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { ItemError, UsageError } from '../../shared/failure.ts';
import { againWithRoomForFiles, isShortOfFiles } from '../files/room-for-files.ts';
import { asWorkingFolderGone } from '../files/working-folder.ts';
import { CancelFlags } from './threads/cancel-flags.ts';
import type { LoadedKind, Outcome, TaskKind, TaskMessage, WorkerData } from './threads/protocol.ts';
import { defaultWorkerFile } from './worker-file.ts';

export interface WorkerPoolOptions {
  /** The most worker threads there will ever be. They start as they are needed and end when idle. */
  readonly maxThreads: number;
  /** How many it would be, were there no limit of open files. Default: `maxThreads`. */
  readonly wantedThreads?: number;
  /** Items a thread holds at once: 1 for tasks that compute, more for tasks that wait. Default 1. */
  readonly itemsPerThread?: number;
  /** `sync` wakes a sleeping worker fastest, but stops its timers and sockets between items. Default `disabled`. */
  readonly atomics?: 'sync' | 'disabled';
  /** JavaScript heap of a worker, in MiB. Default: Node's own. */
  readonly maxHeapMiB?: number;
  /** Of it the space for new objects, in MiB, for tasks whose work is mostly outside the heap. Default: Node's own. */
  readonly maxYoungMiB?: number;
  /** Threads that start at once and stay, even idle. Default 1. */
  readonly minThreads?: number;
  /** The task that each worker loads as it starts, before anything is given to it. */
  readonly preload?: LoadedKind;
  /**
   * How much the threads stand back behind the rest of the process, as nice(1) counts. Only on Linux, where
   * niceness is a thread's; elsewhere it would be the whole process's. Default 0.
   */
  readonly nice?: number;
  /** The worker's entry file; shells that bundle the engine name theirs. Default: the one beside the sources. */
  readonly workerFile?: string;
  /** Work with sharp's WebAssembly build. For hosts that link the system's GLib: Electron on Linux. Default false. */
  readonly wasmSharp?: boolean;
}

/** What of it the front end decides; the rest belongs to the pool's task. */
export type WorkerHostOptions = Pick<WorkerPoolOptions, 'workerFile' | 'wasmSharp' | 'nice'>;

/** How long an idle worker is kept, in milliseconds: long enough for a slider that moves to and fro. */
const idleTimeoutMs = 5_000;

/** A thread that cannot start is tried again so often, the first time after this long, in milliseconds, then twice that. */
const firstRevivalMs = 20;
const mostRevivals = 9;

/** The piscina pool of worker threads, and what its runs share: how an item is posted, how a run is cancelled. */
export class WorkerPool {
  readonly #piscina: Piscina<TaskMessage, Outcome<unknown>>;
  readonly #flags: CancelFlags;
  readonly #wantedThreads: number;
  readonly #ready: Promise<void>;
  #destruction: Promise<void> | undefined;
  /** Why it had to end although there was something to do. */
  #failure: unknown;
  #revivals = 0;

  private constructor(
    piscina: Piscina<TaskMessage, Outcome<unknown>>,
    flags: CancelFlags,
    { preload, wantedThreads, maxThreads }: WorkerPoolOptions,
  ) {
    this.#piscina = piscina;
    this.#flags = flags;
    this.#wantedThreads = wantedThreads ?? maxThreads;
    // A worker that dies while it holds nothing is only reported here; piscina replaces it if it had booted.
    piscina.on('error', (error) => this.#onLost(error));
    this.#ready = this.#ping(preload);
    // Told to whoever waits for it, which may be nobody yet.
    this.#ready.catch(() => {});
  }

  /**
   * Starts a pool. Its threads boot while the caller goes on, and what is given to it meanwhile waits for them.
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
   * Resolves once the first worker has answered a ping; rejects where it cannot boot, so that this is an error and
   * not a run that hangs. The pool is ended then.
   */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** The most threads there will ever be. */
  get mostThreads(): number {
    return this.#piscina.options.maxThreads;
  }

  /** Whether fewer threads than so many work because no more files may be open. */
  isShortOfFilesFor(threads: number): boolean {
    return this.mostThreads < Math.min(threads, this.#wantedThreads);
  }

  /** Threads alive now. */
  get threads(): number {
    return this.#piscina.threads.length;
  }

  /** Opens a run on this pool: its items can be cancelled together without touching other runs. */
  openRun(): PoolRun {
    const slot = this.#flags.acquire();
    return {
      execute: <Value>(kind: TaskKind, payload: unknown, transfer?: readonly Transferable[]) =>
        this.#execute<Value>(kind, slot, payload, transfer),
      cancel: () => this.#flags.cancel(slot),
      close: () => this.#flags.release(slot),
    };
  }

  /**
   * Ends all threads; items still in flight end as cancelled, at once. Resolves when the threads are gone: one in the
   * middle of native work (sharp's) cannot be before that has ended.
   */
  destroy(): Promise<void> {
    this.#destruction ??= this.#piscina.destroy();
    return this.#destruction;
  }

  async #ping(preload: LoadedKind | undefined): Promise<void> {
    try {
      await this.#post({ kind: 'ping', slot: 0, payload: preload });
    } catch (error) {
      // Ended by ourselves while it booted: what was given to it is cancelled, which is no error.
      if (this.#destruction && !this.#failure) return;
      await this.destroy();
      const cause = this.#failure ?? error;
      throw whyNotStarted(cause);
    }
  }

  async #execute<Value>(
    kind: TaskKind,
    slot: number,
    payload: unknown,
    transfer: readonly Transferable[] = [],
  ): Promise<Outcome<Value>> {
    const posted = performance.now();
    // piscina would start threads anew.
    if (this.#destruction && !this.#failure) return { status: 'cancelled', ms: 0 };
    try {
      if (this.#failure) throw this.#failure;
      return (await this.#post({ kind, slot, payload }, transfer)) as Outcome<Value>;
    } catch (error) {
      const ms = performance.now() - posted;
      if (this.#destruction && !this.#failure) return { status: 'cancelled', ms };
      return { status: 'failed', error: failureOfDeath(this.#failure ?? error).toFailure(), ms };
    }
  }

  /** A task whose thread had no room to start can be posted again, but for what was handed over with it. */
  #post(message: TaskMessage, transfer: readonly Transferable[] = []): Promise<Outcome<unknown>> {
    const post = () => this.#piscina.run(message, { transferList: [...transfer] });
    return post().catch((error: unknown) => {
      if (this.#destruction || transfer.length > 0) throw error;
      return againWithRoomForFiles(error, post);
    });
  }

  /**
   * A thread could not start. piscina leaves it at that, and what waits would wait for ever where it was the last: a task
   * that is posted anew has it start another.
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

/** One run's door to the pool. */
export interface PoolRun {
  /** @param transfer what is handed over to the thread instead of being copied. */
  execute<Value>(
    kind: TaskKind,
    payload: unknown,
    transfer?: readonly Transferable[],
  ): Promise<Outcome<Value>>;
  /** Asks the items in flight to stop early. */
  cancel(): void;
  /** Gives the run's slot back; only once nothing is in flight. */
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

function whyNotStarted(cause: unknown): unknown {
  if (isShortOfFiles(cause)) {
    const message = 'The worker threads could not start: too many files are open. Allow more (ulimit -n).';
    return new UsageError(message, { cause });
  }
  const problem = asWorkingFolderGone(cause);
  return problem === cause ? new Error('The worker threads could not start.', { cause }) : problem;
}

import { type Stats, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Failure } from '../../../shared/failure.ts';
import type { ThumbnailRequest } from '../../../shared/requests.ts';
import { failureOfSystemError, isSystemError } from '../../files/system-error.ts';
import { PassedOver } from './passed-over.ts';
import { Settling } from './settling.ts';

/** `gone`: the folder is not there, and its return is waited for. `failed`: nothing is watched any more. */
export type FolderWatchState =
  | { readonly kind: 'watching' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly error: Failure };

/** The options of a watch. */
export interface FolderWatchOptions {
  /** Called when a run may find something to do: first once all is watched, then when what came or changed is at rest. */
  readonly onChanged: () => void;
  /** Called when the state changes. */
  readonly onState: (state: FolderWatchState) => void;
  /** Only files of these names are watched, and no folders. Default: all that a walk would take. */
  readonly names?: ReadonlySet<string>;
  /** Tells of folders with outputs, beside those of the request. */
  readonly isOutputFolder?: (folder: string) => boolean;
  /** A file is at rest when it has not changed for so long. */
  readonly quietMs?: number;
  /** What is at rest waits at most so long for what still changes. */
  readonly mostWaitMs?: number;
}

/** The system's limits of what one user may watch. */
const limitCodes: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EMFILE']);

/**
 * Watches the folder of a request, and tells when a run of it may find something to do: not what. A run finds that out by
 * itself, and so nothing is kept of what changes. What vanishes is told of only where a run of the request would remove
 * something for it.
 */
export class FolderWatch {
  readonly #root: string;
  readonly #options: FolderWatchOptions;
  readonly #passedOver: PassedOver;
  readonly #settling: Settling;
  readonly #watcher: FSWatcher;
  #state: FolderWatchState['kind'] | undefined;

  /** @param request of one folder, which need not be there yet. */
  constructor(request: ThumbnailRequest, options: FolderWatchOptions) {
    this.#root = resolve(request.paths[0] ?? '');
    this.#options = options;
    const { isOutputFolder = () => false, quietMs = 1_500, mostWaitMs = 20_000, onChanged } = options;
    this.#passedOver = new PassedOver(this.#root, request, isOutputFolder);
    this.#settling = new Settling({ quietMs, mostWaitMs, onSettled: onChanged });
    this.#watcher = watch(this.#root, {
      ignoreInitial: true,
      // What is replaced by way of another file is gathered here as well.
      atomic: false,
      ignored: (path, stats) => this.#passedOver.has(path, stats),
      ...((!request.recursive || options.names) && { depth: 0 }),
    });
    this.#watcher
      .on('ready', () => this.#lookForRoot())
      .on('add', (path, stats) => this.#changed(path, stats))
      .on('change', (path, stats) => this.#changed(path, stats))
      .on('unlink', (path) => this.#vanished(path, request.mirror && this.#passedOver.isImage(path)))
      .on('addDir', (path) => path === this.#root && this.#lookForRoot())
      .on('unlinkDir', (path) => {
        if (path === this.#root) this.#lookForRoot();
        else this.#vanished(path, request.mirror);
      })
      .on('error', (error) => this.#failed(error));
  }

  /** Ends it: nothing is told any more. */
  async close(): Promise<void> {
    this.#settling.stop();
    await this.#watcher.close();
  }

  #changed(path: string, stats: Stats | undefined): void {
    // Unknown sizes count as changing, until two looks agree.
    const { names } = this.#options;
    if (names && !names.has(basename(path))) return;
    if (this.#passedOver.isImage(path)) this.#settling.changed(path, stats?.size ?? -1);
  }

  #vanished(path: string, isToldOf: boolean): void {
    this.#settling.gone(path, isToldOf);
  }

  #lookForRoot(): void {
    if (this.#state === 'failed') return;
    let root: Stats | undefined;
    try {
      root = statSync(this.#root, { throwIfNoEntry: false });
    } catch (error) {
      this.#failed(error);
      return;
    }
    if (!root) {
      this.#tell({ kind: 'gone' });
      return;
    }
    if (!root.isDirectory()) {
      // Nothing would tell when the folder is back.
      this.#end({ code: 'NOT_A_FOLDER', message: `${this.#root} is not a folder.` });
      return;
    }
    if (this.#state === 'watching') return;
    this.#tell({ kind: 'watching' });
    this.#options.onChanged();
  }

  /** A folder below that cannot be read is a failed item of each run, which tells of it. */
  #failed(error: unknown): void {
    if (this.#state === 'failed' || !isSystemError(error)) return;
    const isLimit = limitCodes.has(error.code);
    if (!isLimit && error.path !== this.#root) return;
    this.#end(isLimit ? tooMany(error) : failureOfSystemError(error, this.#root, 'read'));
  }

  #end(error: Failure): void {
    void this.close();
    this.#tell({ kind: 'failed', error });
  }

  #tell(state: FolderWatchState): void {
    if (state.kind === this.#state) return;
    this.#state = state.kind;
    this.#options.onState(state);
  }
}

/** Half a folder watched would be a promise that is not kept. */
function tooMany({ code }: NodeJS.ErrnoException): Failure {
  const what = code === 'EMFILE' ? 'watchers' : 'folders';
  return { code: 'TOO_MANY_WATCHES', message: `The system lets no more ${what} be watched.` };
}

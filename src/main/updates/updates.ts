import type { AppUpdater } from 'electron-updater';
import { z } from 'zod';
import type { ReasonForNoUpdates, UpdateChoice, UpdateState } from '../../shared/updates/update-messages.ts';
import type { JsonFile } from '../storage/json-file.ts';
import { isUnreachable, whyFailed } from './why-failed.ts';

/** At most once in this time, in milliseconds, nobody having asked. */
const askEveryMs = 24 * 60 * 60 * 1000;
/** How often it is considered whether it is time. */
const lookAtClockMs = 60 * 60 * 1000;

export const updateMemorySchema = z.object({
  /** When a server was last asked. */
  askedAt: z.number().optional(),
  /** The version of which the person does not want to hear again. */
  notNow: z.string().optional(),
});
type UpdateMemory = z.infer<typeof updateMemorySchema>;

/** What becomes of the state where something failed. */
type Failed = (message: string) => UpdateState;

const asFailed: Failed = (message) => ({ kind: 'failed', message });

interface UpdatesOptions {
  /** Why this copy has no updates; undefined if it has. */
  readonly none: ReasonForNoUpdates | undefined;
  readonly choice: () => UpdateChoice;
  readonly memory: JsonFile<UpdateMemory>;
  readonly load: () => Promise<AppUpdater>;
  /** Whether a run is on: nothing is looked for by itself then, and nothing installed. */
  readonly isBusy: () => boolean;
  /** Ends all that is under way, so that another copy may take this one's place. */
  readonly shutDown: () => Promise<void>;
  /** Ends the app. */
  readonly quit: () => void;
  readonly tell: (state: UpdateState) => void;
  readonly now?: () => number;
}

/** Looks for newer versions of the app, fetches them when told to, and has them installed when the app quits. */
export class Updates {
  readonly #options: UpdatesOptions;
  #state: UpdateState;
  #loading: Promise<AppUpdater> | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  /** What the person wanted when the newer version was fetched. */
  #fetchedAt: UpdateChoice | undefined;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    this.#state = options.none === undefined ? { kind: 'idle' } : { kind: 'none', why: options.none };
  }

  get state(): UpdateState {
    return this.#state;
  }

  /** From now on looks by itself, where the person wants that. */
  start(): void {
    if (this.#options.none !== undefined) return;
    void this.lookIfDue();
    this.#clock = setInterval(() => void this.lookIfDue(), lookAtClockMs);
    this.#clock.unref();
  }

  /** Before the app quits. */
  async stop(): Promise<void> {
    clearInterval(this.#clock);
    // Who has turned updates off since then does not want that one either.
    const isUnwanted = this.#options.choice() === 'off' && this.#fetchedAt !== 'off';
    if (this.#state.kind === 'ready' && isUnwanted) (await this.#updater()).autoInstallOnAppQuit = false;
  }

  /** Nobody has asked: what goes wrong is not told either. */
  async lookIfDue(): Promise<void> {
    const { choice, isBusy, memory, now = Date.now } = this.#options;
    if (choice() === 'off' || isBusy()) return;
    // A clock that was set back must not keep it from looking for years.
    const passed = Math.abs(now() - (memory.read().askedAt ?? 0));
    if (passed < askEveryMs) return;
    const before = this.#state;
    await this.#look(() => before);
  }

  /** Looks because the person asked. */
  async look(): Promise<void> {
    await this.#look(asFailed);
  }

  async #look(failed: Failed): Promise<void> {
    const { none, choice, memory, now = Date.now } = this.#options;
    const { kind } = this.#state;
    if (none !== undefined || kind === 'looking' || kind === 'downloading' || kind === 'ready') return;
    this.#become({ kind: 'looking' });
    try {
      const updater = await this.#updater();
      const found = await updater.checkForUpdates();
      memory.write({ ...memory.read(), askedAt: now() });
      if (!found?.isUpdateAvailable) return this.#become({ kind: 'newest' });
      this.#become(this.#withVersion('found', found.updateInfo.version));
    } catch (error) {
      if (!isUnreachable(error)) memory.write({ ...memory.read(), askedAt: now() });
      return this.#become(failed(whyFailed(error)));
    }
    if (choice() === 'install') await this.#download(failed);
  }

  /** Fetches what was found; it is installed when the app quits. */
  async download(): Promise<void> {
    await this.#download(asFailed);
  }

  async #download(failed: Failed): Promise<void> {
    if (this.#state.kind !== 'found') return;
    const { version } = this.#state;
    this.#become({ kind: 'downloading', version, share: 0 });
    const updater = await this.#updater();
    const progress = ({ percent }: { percent: number }) =>
      this.#become({ kind: 'downloading', version, share: Math.min(1, Math.max(0, percent / 100)) });
    updater.on('download-progress', progress);
    try {
      await updater.downloadUpdate();
      this.#fetchedAt = this.#options.choice();
      this.#become(this.#withVersion('ready', version));
    } catch (error) {
      this.#become(failed(whyFailed(error)));
    } finally {
      updater.off('download-progress', progress);
    }
  }

  /** The version is not told of again, neither now nor after the next start. */
  notNow(): void {
    const { memory, none } = this.#options;
    if (none !== undefined || (this.#state.kind !== 'found' && this.#state.kind !== 'ready')) return;
    const { kind, version } = this.#state;
    memory.write({ ...memory.read(), notNow: version });
    this.#become(this.#withVersion(kind, version));
  }

  /** Installs now and starts the newer version. In the middle of a run nothing happens. */
  async restart(): Promise<void> {
    if (this.#state.kind !== 'ready' || this.#options.isBusy()) return;
    const updater = await this.#updater();
    await this.#options.shutDown();
    // What is not installed does not quit either, and all has been ended.
    updater.once('error', this.#options.quit);
    updater.quitAndInstall(true, true);
  }

  #updater(): Promise<AppUpdater> {
    this.#loading ??= this.#options.load();
    return this.#loading;
  }

  #withVersion(kind: 'found' | 'ready', version: string): UpdateState {
    return { kind, version, isQuiet: this.#options.memory.read().notNow === version };
  }

  #become(state: UpdateState): void {
    this.#state = state;
    this.#options.tell(state);
  }
}

import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Engine } from '../../engine/index.ts';
import { removeJournal } from '../../engine/run/front-ends/index.ts';
import { t } from '../../languages/translate.ts';
import type { JournalId } from '../../shared/ipc/history.ts';
import type { RunId } from '../../shared/ipc/run.ts';
import type { Watched, WatchedId, WatchOffer } from '../../shared/ipc/watched.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { ResolvedJob } from '../jobs/resolved-job.ts';
import { assertWritableOutput } from '../jobs/writable-output.ts';
import type { Run } from '../runs/run.ts';
import { type KeptWatch, type KeptWatches, mostWatched, withRun } from './kept-watches.ts';
import { type FolderJob, isFolderJob, WatchedEntry } from './watched-entry.ts';
import { assertFits, isSamePlace } from './watched-places.ts';
import { markOf, whatIsToDo } from './what-is-to-do.ts';

export interface WatchedFoldersOptions {
  readonly file: KeptWatches;
  readonly engine: Pick<Engine, 'run' | 'watch'>;
  /** Starts a run as every run of the window is started. */
  readonly start: (job: ResolvedJob, watched: WatchedId) => Promise<unknown>;
  /** Whether something else is on, or about to be, for which a watched folder waits. */
  readonly isBusy: () => boolean;
  readonly journalOf: (runId: RunId) => JournalId | undefined;
  readonly tell: (watched: Watched) => void;
}

/**
 * The folders that are kept up to date. What comes into one is done by an ordinary run, which skips what is done already. One
 * folder at a time is looked at, behind every run of a person's; a run is started only where a look has found something to do.
 */
export class WatchedFolders {
  readonly #options: WatchedFoldersOptions;
  readonly #entries: WatchedEntry[];
  /** What was taken off the list last, to be put back. */
  #removed: { readonly kept: KeptWatch & { readonly job: FolderJob }; readonly place: number } | undefined;
  #isWorking = false;
  #isClosed = false;

  constructor(options: WatchedFoldersOptions) {
    this.#options = options;
    this.#entries = options.file.read().flatMap(({ job, ...kept }) => {
      return isFolderJob(job) ? [this.#entryOf({ ...kept, job })] : [];
    });
  }

  /** Begins to watch: first for what has changed since the last time. */
  start(): void {
    if (this.#isClosed) return;
    for (const entry of this.#entries) entry.start();
  }

  state(): Watched {
    const { isBusy, file } = this.#options;
    const { problem } = file;
    return {
      folders: this.#entries.map((entry) => entry.view(isBusy())),
      ...(problem !== undefined && { problem }),
    };
  }

  offerFor(job: ResolvedJob): WatchOffer['offer'] {
    if (!isFolderJob(job) || !isFolderThere(job)) return 'none';
    const same = this.#entries.find(({ kept }) => isSamePlace(kept.job, job));
    if (!same || same.kept.paused) return 'keep';
    return JSON.stringify(same.kept.job.request) === JSON.stringify(job.request) ? 'kept' : 'keep';
  }

  /**
   * Keeps the folder of a job up to date. One that is so already gets the new settings.
   * @throws RequestProblem when the job is of something else, does not fit the others, or the list is full.
   */
  add(given: ResolvedJob): void {
    if (!isFolderJob(given) || !isFolderThere(given)) {
      throw new RequestProblem('NOT_A_FOLDER', t('Only a single folder of images can be kept up to date.'));
    }
    assertWritableOutput(given);
    // Everything would be made anew with each file that comes.
    const job = { ...given, force: false };
    const same = this.#entries.find(({ kept }) => isSamePlace(kept.job, job));
    if (!same && this.#entries.length >= mostWatched) {
      throw new RequestProblem(
        'TOO_MANY_WATCHED',
        t('{{most, number}} folders are kept up to date, and no more can be. Stop watching one first.', {
          most: mostWatched,
        }),
      );
    }
    this.#assertFits(job, same);
    if (same) {
      const { tried: _tried, ...kept } = same.kept;
      same.kept = { ...kept, job, paused: false };
      same.restart();
    } else {
      const entry = this.#entryOf({ id: randomUUID() as WatchedId, job, paused: false });
      this.#entries.push(entry);
      entry.start();
    }
    this.#changed();
  }

  /** @throws RequestProblem when it is not there any more, as the others do. */
  pause(id: WatchedId, paused: boolean): void {
    const entry = this.#get(id);
    entry.kept = { ...entry.kept, paused };
    if (paused) entry.stop();
    else entry.start();
    this.#changed();
  }

  /** Looks now, and tries again what could not be done before. */
  runNow(id: WatchedId): void {
    const entry = this.#get(id);
    entry.mend();
    entry.want('by-hand');
  }

  remove(id: WatchedId): void {
    const entry = this.#get(id);
    this.#removed = { kept: entry.kept, place: this.#entries.indexOf(entry) };
    this.#entries.splice(this.#removed.place, 1);
    entry.stop();
    this.#changed();
  }

  /** Takes back the last removal, if it was of this one. */
  putBack(id: WatchedId): void {
    const removed = this.#removed;
    if (removed?.kept.id !== id || this.#entries.length >= mostWatched) {
      throw new RequestProblem('UNKNOWN_WATCHED', t('This folder cannot be put back any more.'));
    }
    this.#assertFits(removed.kept.job);
    this.#removed = undefined;
    const entry = this.#entryOf(removed.kept);
    this.#entries.splice(removed.place, 0, entry);
    entry.start();
    this.#changed();
  }

  /** Call when something that folders wait for has ended. */
  goOn(): void {
    // Without a folder there is nothing to tell of.
    if (this.#entries.length > 0) void this.#work();
  }

  /** Call when a run of a watched folder has ended. One that was cancelled is not to begin anew by itself. */
  async ended(session: Run, id: WatchedId): Promise<void> {
    const entry = this.#entries.find(({ kept }) => kept.id === id);
    if (!entry) return;
    const lastRun = this.#options.journalOf(session.runId);
    const tried = await markOf(inputsOf(session.items('failed')));
    const { tried: _tried, ...kept } = entry.kept;
    entry.doing = undefined;
    entry.problem = session.problem;
    entry.kept = { ...kept, ...(tried && { tried }) };
    if (lastRun) keepRun(entry, lastRun);
    if (session.cancelled && !entry.kept.paused) this.pause(id, true);
    this.#changed();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#entries.map((entry) => entry.close()));
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) await this.#look(next);
    } finally {
      this.#isWorking = false;
    }
  }

  #next(): WatchedEntry | undefined {
    const isFree = !this.#isClosed && !this.#options.isBusy();
    const next = isFree ? this.#entries.find(({ wanted }) => wanted !== undefined) : undefined;
    if (!next) this.#tell();
    return next;
  }

  async #look(entry: WatchedEntry): Promise<void> {
    const { engine, start, isBusy } = this.#options;
    const { wanted } = entry;
    const { job, tried } = entry.kept;
    const { signal } = entry.looking;
    entry.wanted = undefined;
    entry.problem = undefined;
    entry.doing = 'looking';
    this.#tell();
    try {
      const { count, mark } = await whatIsToDo((options) => engine.run(job.request, options), signal);
      const isNew = count > 0 && (wanted === 'by-hand' || mark === undefined || mark !== tried);
      if (!isNew || signal.aborted) return;
      if (isBusy()) {
        entry.wanted ??= wanted;
        return;
      }
      entry.doing = 'working';
      this.#tell();
      await start(job, entry.kept.id);
    } catch (error) {
      if (error instanceof RequestProblem && error.code === 'RUN_ON') entry.wanted ??= wanted;
      else if (!signal.aborted) entry.problem = error instanceof Error ? error.message : String(error);
      entry.doing = undefined;
    } finally {
      if (entry.doing === 'looking') entry.doing = undefined;
    }
  }

  #entryOf(kept: KeptWatch & { readonly job: FolderJob }): WatchedEntry {
    return new WatchedEntry(kept, {
      watch: (...asked) => this.#options.engine.watch(...asked),
      onWanted: () => void this.#work(),
      onChanged: () => this.#tell(),
    });
  }

  #get(id: WatchedId): WatchedEntry {
    const found = this.#entries.find(({ kept }) => kept.id === id);
    if (!found) throw new RequestProblem('UNKNOWN_WATCHED', t('This folder is not watched any more.'));
    return found;
  }

  #assertFits(job: FolderJob, same?: WatchedEntry): void {
    assertFits(
      job,
      this.#entries.filter((entry) => entry !== same).map(({ kept }) => kept.job),
    );
  }

  #changed(): void {
    this.#options.file.write(this.#entries.map(({ kept }) => kept));
    this.#tell();
  }

  #tell(): void {
    if (!this.#isClosed) this.#options.tell(this.state());
  }
}

function isFolderThere({ request }: FolderJob): boolean {
  return statSync(request.paths[0] ?? '', { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function* inputsOf(items: Iterable<{ readonly input: string }>): Generator<string> {
  for (const { input } of items) yield input;
}

function keepRun(entry: WatchedEntry, run: JournalId): void {
  const { kept, leave } = withRun(entry.kept, run);
  entry.kept = kept;
  for (const id of leave) {
    try {
      removeJournal(id);
    } catch {
      // It stays until the oldest of all runs are removed.
    }
  }
}

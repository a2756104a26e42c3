import type { Engine, FolderWatch, FolderWatchState } from '../../engine/index.ts';
import { runOverview } from '../../engine/run/front-ends/index.ts';
import { t, told } from '../../languages/translate.ts';
import { adviceFor, titleOf } from '../../shared/error-codes/error-codes.ts';
import type { WatchedFolder } from '../../shared/ipc/watched.ts';
import { settingsLine } from '../../shared/told/settings-line.ts';
import { formerRunOf } from '../history/former-run.ts';
import { destinationInWords, titleInWords } from '../inputs/kept-words.ts';
import type { ResolvedJob } from '../jobs/resolved-job.ts';
import type { KeptWatch } from './kept-watches.ts';

/** A run of thumbnails of one folder. */
export type FolderJob = Extract<ResolvedJob, { kind: 'thumbnails' }>;

export function isFolderJob(job: ResolvedJob): job is FolderJob {
  return job.kind === 'thumbnails' && job.request.paths.length === 1;
}

interface Parts {
  readonly watch: Engine['watch'];
  /** Called when it may have something to do. */
  readonly onWanted: () => void;
  /** Called when it stands differently. */
  readonly onChanged: () => void;
}

/** One folder that is kept up to date: its watch, and what is known of it. */
export class WatchedEntry {
  readonly #parts: Parts;
  #watch: Promise<FolderWatch> | undefined;
  #standing: FolderWatchState | undefined;
  kept: KeptWatch & { readonly job: FolderJob };
  /** Whether something may be to do; `by-hand`: a person wants it done again as well if it has failed before. */
  wanted: 'by-hand' | 'changed' | undefined;
  doing: 'looking' | 'working' | undefined;
  /** Why the last run could not be made. */
  problem: string | undefined;
  /** Ends the look that is on. */
  looking = new AbortController();

  constructor(kept: KeptWatch & { readonly job: FolderJob }, parts: Parts) {
    this.kept = kept;
    this.#parts = parts;
  }

  /** Begins to watch. What is there already is wanted first. */
  start(): void {
    if (this.kept.paused || this.#watch !== undefined) return;
    const isOn = () => this.#watch === watch;
    const watch = this.#parts.watch(this.kept.job.request, {
      onChanged: () => isOn() && this.want('changed'),
      onState: (state) => {
        if (!isOn()) return;
        this.#standing = state;
        this.#parts.onChanged();
      },
    });
    this.#watch = watch;
  }

  /** From now on nothing is told of it; what the system watches is let go of behind that. */
  stop(): void {
    void this.close();
  }

  /** Like `stop`. Resolves once nothing is watched any more. */
  async close(): Promise<void> {
    const watch = this.#watch;
    this.#watch = undefined;
    this.#standing = undefined;
    this.wanted = undefined;
    this.problem = undefined;
    this.looking.abort();
    this.looking = new AbortController();
    await (await watch)?.close();
  }

  restart(): void {
    this.stop();
    this.start();
  }

  /** Watches again where that had failed: what kept it from watching may be mended. */
  mend(): void {
    if (this.#standing?.kind === 'failed') this.restart();
  }

  want(why: 'by-hand' | 'changed'): void {
    if (this.wanted !== 'by-hand') this.wanted = why;
    this.#parts.onWanted();
  }

  /** @param isBusy whether a run is on. */
  view(isBusy: boolean): WatchedFolder {
    const { id, job, lastRun, paused } = this.kept;
    const last = lastRun && runOverview(lastRun);
    const problem = this.#problem();
    const state = this.#state(isBusy);
    return {
      id,
      title: titleInWords(job.title),
      settings: settingsLine(job.request, t),
      destination: destinationInWords(job.destination),
      ...{ state, paused },
      ...(state === 'failed' && problem !== undefined && { problem }),
      ...(last && { last: formerRunOf(last) }),
    };
  }

  #state(isBusy: boolean): WatchedFolder['state'] {
    if (this.doing !== undefined) return this.doing;
    if (this.wanted !== undefined) return isBusy ? 'waiting' : 'looking';
    // Of one that is paused only what a person has asked for can have failed.
    if (this.kept.paused) return this.problem === undefined ? 'paused' : 'failed';
    if (this.#standing === undefined) return 'looking';
    if (this.#standing.kind === 'gone') return 'gone';
    return this.#problem() === undefined ? 'up-to-date' : 'failed';
  }

  #problem(): string | undefined {
    if (this.#standing?.kind !== 'failed') return this.problem;
    const { code } = this.#standing.error;
    return `${told(titleOf(code))}. ${told(adviceFor(code, 'window'))}`;
  }
}

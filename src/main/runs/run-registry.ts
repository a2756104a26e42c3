import { randomUUID } from 'node:crypto';
import { type Engine, type JournalOptions, LivePoolSize, type RunOptions } from '../../engine/index.ts';
import { t } from '../../languages/translate.ts';
import type { ErrorCode } from '../../shared/error-codes/error-codes.ts';
import type { RunId, RunUpdate } from '../../shared/ipc/run.ts';
import type { WatchedId } from '../../shared/ipc/watched.ts';
import { quitReason } from '../history/former-run.ts';
import { InspectedPictures } from '../images/inspected-pictures.ts';
import { pictureOf, readPicture } from '../images/picture-file.ts';
import type { RunThumbs, ThumbRegistry } from '../images/thumb-registry.ts';
import type { ModuleRegistry } from '../inputs/module-registry.ts';
import { assertModuleMayRun } from '../jobs/module-may-run.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { ResolvedJob } from '../jobs/resolved-job.ts';
import type { RecentRuns } from '../storage/recent-runs.ts';
import { Run } from './run.ts';
import type { Followed } from './run-options.ts';

/** How many runs a page can still ask about, the current one included. Bounded, because rows cost memory. */
const mostHeld = 2;
/** How often the progress of a run is shown in the taskbar, in milliseconds. */
const lookEveryMs = 500;
/** How long items in flight may take to end after a cancel, in milliseconds; then their threads are ended. */
const graceMs = 2_000;
/** How long the answer to a start may wait for the run's first count, item or end, in milliseconds. */
const maxStartMs = 1_000;

export interface Held {
  readonly session: Run;
  readonly job: ResolvedJob;
  readonly thumbs: RunThumbs;
  readonly inspected: InspectedPictures;
  readonly ended: Promise<void>;
  /** The watched folder that it keeps up to date. */
  readonly watched?: WatchedId | undefined;
  /** Of a run that is known by its journal: the words for what its request had and nobody has kept. */
  readonly needs?: readonly string[];
}

/** The pool size that a run starts with, and whether it finds another one itself. */
export interface StartSize {
  readonly size: number;
  readonly automatic: boolean;
}

function liveSize({ size, automatic }: StartSize, ceiling: number): LivePoolSize {
  const first = Math.min(size, ceiling);
  return automatic ? LivePoolSize.automatic(first, ceiling) : new LivePoolSize(first, ceiling);
}

interface StartLimits {
  /** The former run whose rest this one does. */
  readonly continues?: RunId;
  readonly only?: RunOptions['only'];
  /** The run whose items `only` has, for the journal. */
  readonly retryOf?: JournalOptions['retryOf'];
  /** The watched folder that it keeps up to date. */
  readonly watched?: WatchedId;
  /** It is done by workers of a queue, and followed here. */
  readonly followed?: Followed;
}

export interface RunRegistryOptions {
  readonly engine: Pick<Engine, 'run' | 'endWorkers'>;
  readonly thumbs: ThumbRegistry;
  readonly modules: Pick<ModuleRegistry, 'mayRun'>;
  readonly recent: Pick<RecentRuns, 'journalOf' | 'limitOf' | 'retryOf'>;
  readonly poolCeiling: number;
  readonly tell: (update: RunUpdate) => void;
  /** Called at intervals while a run is on. */
  readonly onProgress?: (session: Run) => void;
  /** Called after a run ended by itself or was cancelled, but not when the app quits. */
  readonly onEnded?: (session: Run, job: ResolvedJob, watched: WatchedId | undefined) => void;
}

/** The runs of the app: one at a time is on, and the last few can still be asked about. */
export class RunRegistry {
  readonly #options: RunRegistryOptions;
  readonly #held = new Map<RunId, Held>();
  #on: Held | undefined;
  #quitting = false;

  constructor(options: RunRegistryOptions) {
    this.#options = options;
  }

  /**
   * @throws RequestProblem when a run is on already, or this one cannot start.
   */
  async start(
    job: ResolvedJob,
    wanted: StartSize,
    { continues, watched, followed, ...asked }: StartLimits = {},
  ): Promise<RunId> {
    const { engine, thumbs, modules, recent, poolCeiling, tell } = this.#options;
    this.#assertNoneOn();
    if (job.kind === 'map' && !followed) {
      await assertModuleMayRun(job, modules);
      // Another may have started while the person was asked.
      this.#assertNoneOn();
    }
    // A run that did only what had failed in another is not continued by the whole of that.
    const { only, retryOf } = (continues && recent.limitOf(continues)) ?? asked;
    const runId = randomUUID() as RunId;
    const runThumbs = thumbs.register(async (index) => {
      const item = session.item(index);
      const path = item && pictureOf(item);
      return path === undefined ? undefined : readPicture(path);
    });
    const said = {
      ...(continues && { continues }),
      ...(watched && { watched }),
      ...(retryOf && { retryOf }),
    };
    const session = new Run({
      runId,
      kind: job.kind,
      title: job.title,
      destination: job.destination,
      poolSize: liveSize(wanted, poolCeiling),
      isWatched: watched !== undefined,
      ...(job.kind === 'fetch' && { recipe: job.request.recipe }),
      handedOut: followed,
      work: (options) => {
        const journal = recent.journalOf(runId, job, { ...said, ...(followed && { queue: followed.queue }) });
        if (followed) return followed.work(options, journal);
        const { force, request } = job;
        return engine.run(request, { ...options, force, timings: true, journal, ...(only && { only }) });
      },
      thumbOf: (item) => (pictureOf(item) === undefined ? undefined : runThumbs.idOf(item.index)),
      tell,
    });
    const inspected = new InspectedPictures(thumbs);
    const held: Held = { session, job, thumbs: runThumbs, inspected, ended: session.run(), watched };
    this.#on = held;
    this.#hold(held);
    const looking = this.#lookAfter(session);
    void held.ended.then(() => {
      clearInterval(looking);
      this.#on = undefined;
      this.#ended(held);
    });
    await Promise.race([session.begun, new Promise((resolve) => setTimeout(resolve, maxStartMs))]);
    if (session.state === 'finished' && session.problem !== undefined && session.counters.total === 0) {
      this.#drop(held);
      throw new RequestProblem('CANNOT_START', session.problem);
    }
    return runId;
  }

  /**
   * Starts a run of the failed items alone: of all, or of those with these causes.
   * @throws RequestProblem when no such item failed.
   */
  async retryFailed(runId: RunId, wanted?: readonly ErrorCode[]): Promise<RunId> {
    const { session } = this.#get(runId);
    const failed = new Set<string>();
    const codes = new Set<string>();
    for (const { input, error } of session.items('failed')) {
      if (wanted !== undefined && (error === undefined || !wanted.includes(error.code))) continue;
      failed.add(input);
      if (error) codes.add(error.code);
    }
    if (failed.size === 0) throw new RequestProblem('NOTHING_FAILED', t('Nothing failed in this run.'));
    return this.#startOnly(runId, failed, this.#options.recent.retryOf(runId, [...codes]));
  }

  /** Starts a run of these items of another one alone. */
  async retryItems(runId: RunId, inputs: ReadonlySet<string>): Promise<RunId> {
    return this.#startOnly(runId, inputs);
  }

  async #startOnly(
    runId: RunId,
    only: ReadonlySet<string>,
    retryOf?: JournalOptions['retryOf'],
  ): Promise<RunId> {
    const { session, job, needs = [] } = this.#get(runId);
    if (session.handedOut !== undefined) {
      throw new RequestProblem(
        'ELSEWHERE',
        t('Other machines have done this run: the button over the results hands out again what failed.'),
      );
    }
    if (needs.length > 0) {
      throw new RequestProblem(
        'NEEDS_AGAIN',
        t('This run was given what is not kept: {{needs}}. Run it again to give it.', {
          needs: needs.join(', '),
        }),
      );
    }
    const { poolSize, poolAutomatic } = session.describe();
    return this.start(job, { size: poolSize, automatic: poolAutomatic }, { only, retryOf });
  }

  /** Holds a run that is known by its journal, like one that has just ended. */
  show(held: Held): Run {
    this.#hold(held);
    return held.session;
  }

  get isOn(): boolean {
    return this.#on !== undefined;
  }

  /** The run with this id; without an id, the current run or else the last one that a person has started. */
  find(runId?: RunId): Run | undefined {
    if (runId !== undefined) return this.#held.get(runId)?.session;
    return (this.#on ?? [...this.#held.values()].findLast(({ watched }) => !watched))?.session;
  }

  /** The run with this id. @throws RequestProblem when it is not held. */
  get(runId: RunId): Run {
    return this.#get(runId).session;
  }

  /** The job of the run with this id. @throws RequestProblem when it is not known. */
  jobOf(runId: RunId): ResolvedJob {
    return this.#get(runId).job;
  }

  /** The pictures of a run that the page looks at closely. @throws RequestProblem when the run is not known. */
  inspectedOf(runId: RunId): InspectedPictures {
    return this.#get(runId).inspected;
  }

  cancel(runId: RunId): void {
    const held = this.#get(runId);
    held.session.cancel();
    void this.#endInTime(held);
  }

  /** Ends the current run. Recent runs list it as unfinished, so that the rest of it is offered at the next start. */
  async quit(): Promise<void> {
    this.#quitting = true;
    const on = this.#on;
    if (on !== undefined) {
      on.session.cancel(new Error(quitReason));
      await this.#endInTime(on);
    }
    for (const { session } of this.#held.values()) session.close();
  }

  #assertNoneOn(): void {
    if (this.#on !== undefined || this.#quitting) {
      throw new RequestProblem('RUN_ON', t('A run is on: wait for its end, or cancel it.'));
    }
  }

  #lookAfter(session: Run): NodeJS.Timeout {
    return setInterval(() => this.#options.onProgress?.(session), lookEveryMs);
  }

  #get(runId: RunId): Held {
    const held = this.#held.get(runId);
    if (held === undefined) throw new RequestProblem('UNKNOWN_RUN', t('This run is not held any more.'));
    return held;
  }

  /** Forgets a run that is over, and all that it kept in memory. */
  leave(runId: RunId): void {
    const held = this.#held.get(runId);
    if (held !== undefined && held !== this.#on) this.#drop(held);
  }

  #hold(held: Held): void {
    this.#held.set(held.session.runId, held);
    // What a person has started is asked about for longer than what came by itself.
    const all = [...this.#held.values()];
    for (const oldest of all.toSorted((one, other) => Number(!one.watched) - Number(!other.watched))) {
      if (this.#held.size <= mostHeld) return;
      if (oldest !== this.#on && oldest !== held) this.#drop(oldest);
    }
  }

  #drop({ session, thumbs, inspected }: Held): void {
    session.close();
    thumbs.forget();
    inspected.forget();
    this.#held.delete(session.runId);
  }

  #ended({ session, job, watched }: Held): void {
    if (!this.#quitting) this.#options.onEnded?.(session, job, watched);
  }

  async #endInTime({ ended }: Held): Promise<void> {
    const late = setTimeout(() => void this.#options.engine.endWorkers(), graceMs);
    await ended;
    clearTimeout(late);
  }
}

import { type ErrorCode, type Failure, ItemError } from '../../shared/failure.ts';
import type { FetchRecipe } from '../../shared/recipe.ts';
import type { HostFigures, ItemResult } from '../../shared/result.ts';
import { imageStages, transferStages } from '../../shared/stages.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import type { Outcome } from '../pool/threads/protocol.ts';
import type { RunSource } from '../run/drive-run.ts';
import type { FeatureMeasures } from '../run/limits/run-gauge.ts';
import type { HostsOfRun } from '../run/limits/shared-hosts.ts';
import type { RunOptions, ShardOfItems } from '../run/run-options.ts';
import { type Ending, endingOf, type RunResults } from '../run/run-results.ts';
import type { Turn } from '../run/turn.ts';
import { finalFailure, hostAnswer } from './attempt-results.ts';
import type { FetchJob } from './fetch-job.ts';
import { FetchJobs } from './fetch-jobs.ts';
import type { FetchPlanner } from './fetch-planner.ts';
import { BusiestHosts } from './hosts/busiest-hosts.ts';
import type { HostLimits } from './hosts/host.ts';
import { HostFeed } from './hosts/host-feed.ts';
import type { HostLook } from './hosts/host-progress.ts';
import { HostsWatch } from './hosts/hosts-watch.ts';
import type { RobotsGate, Verdict } from './hosts/robots-gate.ts';
import type { ListEntry, SkippedPage } from './lists/list-entry.ts';
import type { Kept } from './outputs/duplicates.ts';
import type { KeptFiles } from './outputs/kept-files.ts';
import type { HostRules } from './protocol/host-rules.ts';
import type { Attempt, Gathered, Retry, Saved } from './protocol/protocol.ts';
import type { StartGate } from './start-gate.ts';
import type { RecordedThumbnail, ThumbnailStage } from './then-thumbnail/thumbnail-stage.ts';
import { UnchangedFiles } from './unchanged-files.ts';

const firstByte = transferStages.indexOf('firstByte');

export interface FetchRunParts {
  readonly recipe: FetchRecipe;
  readonly poolSize: LivePoolSize;
  readonly options: RunOptions;
  readonly planner: FetchPlanner;
  /** Until the gate opens, the list is only read. */
  readonly gate: StartGate;
  /** Makes one attempt in a worker. */
  readonly attempt: (job: FetchJob) => Promise<Outcome<Attempt>>;
  readonly kept: KeptFiles;
  readonly hosts: HostRules;
  readonly robots: RobotsGate | undefined;
  /** Which hosts are left to other runs now; absent if nobody is asked. */
  readonly sharedHosts: HostsOfRun | undefined;
  readonly thumbnails: ThumbnailStage | undefined;
  readonly results: RunResults;
  /** The part of the entries that is fetched; absent if all are. */
  readonly shard: ShardOfItems | undefined;
  /** What only the threads and their budgets can tell. */
  readonly measures: Omit<FeatureMeasures, 'hostOf'>;
}

/** The driver's source for one run over a list: decides about tries and turns attempts into results. */
export class FetchRun implements RunSource<FetchJob> {
  readonly feed: HostFeed<FetchJob>;
  readonly poolSize: LivePoolSize;
  readonly #parts: FetchRunParts;
  readonly #unchanged: UnchangedFiles;
  readonly #busiest = new BusiestHosts();
  readonly #watch: HostsWatch | undefined;
  readonly measures: FeatureMeasures;

  constructor(entries: AsyncIterable<readonly (ListEntry | SkippedPage)[]>, parts: FetchRunParts) {
    this.#parts = parts;
    this.poolSize = parts.poolSize;
    this.measures = {
      ...parts.measures,
      hostOf: (name) => this.#busiest.measuresOf(name, (host) => this.#limitsOf(host)),
    };
    const { options, thumbnails, recipe } = parts;
    const { originals } = recipe;
    this.#unchanged = new UnchangedFiles({ thumbnails, originals, dryRun: options.dryRun ?? false });
    const jobs = new FetchJobs({ ...parts, unchanged: this.#unchanged });
    const { onHosts } = options;
    const look = (host: string, inFlight: number) => this.#lookAt(host, inFlight);
    this.#watch = onHosts && new HostsWatch(onHosts, look, (host) => this.#busiest.timesOf(host));
    const listed = jobs.of(entries);
    this.feed = new HostFeed(this.#watch?.counted(listed) ?? listed, {
      hostOf: (job) => job.host,
      limitsOf: (host) => this.#limitsOf(host),
      shared: parts.sharedHosts,
      onLimitsChange: (listener) => options.limits?.onChange(listener) ?? (() => {}),
      onHeld: (job, ms) => parts.results.timePart(job, ['host'], [Math.round(ms * 1_000)]),
      onSlowed: (host) =>
        options.onWarning?.(`${host} turns requests away; it is asked more slowly from now on.`),
    });
  }

  /** The hosts with the most requests. */
  get hosts(): HostFigures[] {
    return this.#busiest.list((host) => this.#limitsOf(host).perHost);
  }

  /** Call at the end of the run. */
  close(): void {
    this.#watch?.close();
  }

  #lookAt(host: string, inFlight: number): HostLook {
    const { perHost, isHeld = false } = this.#limitsOf(host);
    const isBound = inFlight < this.poolSize.size || this.feed.isHeldBack(host);
    return { atOnce: perHost, isHeld, isBound };
  }

  /** Asked again each time: one request fetches the robots.txt, and until then the host's other items wait. */
  #limitsOf(host: string): HostLimits {
    const { robots, recipe, hosts, options } = this.#parts;
    const { own, all = recipe.perHost } = options.limits?.atOnceOf(host) ?? {};
    // What was said of this host alone goes before what was said of all, by hand before by a file of rules.
    const { perHost = all, minGap = recipe.minGap } = hosts.for(host);
    return {
      perHost: robots && !robots.knows(host) ? 1 : (own ?? perHost),
      minGapMs: Math.max(minGap * 1_000, robots?.gapOf(host) ?? 0),
      isHeld: options.limits?.isHeld(host) ?? false,
    };
  }

  readonly mayStart = (running: number): boolean => this.#parts.gate.mayStart(running);

  readonly onWakeable = (wake: () => void): void => this.#parts.gate.onOpened(wake);

  readonly comeback = {
    takeBack: (job: FetchJob, delayMs: number | undefined): void => {
      if (delayMs === undefined) this.feed.goOn(job);
      else this.feed.retry(job, delayMs);
    },
    cancelled: (job: FetchJob): ItemResult => job.resultOf({ status: 'cancelled' }, false),
  };

  readonly takeTurn = (job: FetchJob, slot: number): Promise<Turn> => {
    const turn = this.#takeTurn(job, slot);
    return this.#watch?.during(job, turn) ?? turn;
  };

  async #takeTurn(job: FetchJob, slot: number): Promise<Turn> {
    const { options, attempt, robots, planner, results } = this.#parts;
    options.onPlace?.(slot, { index: job.index, input: job.entry.input });
    if (options.dryRun) {
      this.feed.release(job, { kind: 'silent' });
      return ended(job, { status: 'skipped', reason: 'dry-run', output: planner.outputOf(job.payload) });
    }
    if (job.begins()) options.onStart?.({ index: job.index, input: job.entry.input });
    if (robots) {
      const verdict = await robots.judge(job.url, job.way);
      if (verdict.kind !== 'allowed') return this.#notAsked(job, verdict);
      this.feed.leaves(job);
    }
    job.tries.count += 1;
    const outcome = await attempt(job);
    job.ms += outcome.ms;
    const answer = hostAnswer(outcome);
    if (outcome.status === 'done' && outcome.value.stages) {
      const { stages } = outcome.value;
      results.timePart(job, transferStages, stages);
      this.#busiest.add(job.host, (stages[firstByte] ?? 0) / 1_000, answer.kind === 'turned-away');
    }
    this.feed.release(job, answer);
    switch (outcome.status) {
      case 'cancelled':
        return ended(job, { status: 'cancelled' });
      case 'failed':
        return this.#afterFailure(job, outcome.error);
      case 'done':
        return this.#afterAttempt(job, outcome.value);
    }
  }

  /** The site's robots.txt forbids the request, or cannot be read. */
  #notAsked(job: FetchJob, verdict: Exclude<Verdict, { kind: 'allowed' }>): Turn {
    if (verdict.kind === 'failed') {
      job.tries.count += 1;
      this.feed.release(job, hostAnswer({ status: 'done', value: verdict, ms: 0 }));
      const { code, message } = verdict.error;
      const whole = `${job.url} is not asked for, as its site's robots.txt could not be read: ${message}`;
      return this.#afterFailure(job, { code, message: whole }, verdict.retry);
    }
    this.feed.release(job, { kind: 'silent' });
    if (verdict.kind === 'cancelled') return ended(job, { status: 'cancelled' });
    const finalUrl = job.payload.trail?.next;
    return ended(job, {
      status: 'skipped',
      reason: 'robots',
      ...(finalUrl !== undefined && { finalUrl }),
    });
  }

  async #afterAttempt(job: FetchJob, attempt: Attempt): Promise<Turn> {
    switch (attempt.kind) {
      case 'redirected':
        // A redirect belongs to the same try.
        job.tries.count -= 1;
        job.keep(attempt.part);
        job.follow(attempt.trail);
        // The target's host has limits of its own, so the job goes back to the feed.
        return { kind: 'again' };
      case 'noai':
        return ended(job, { status: 'skipped', reason: 'noai' });
      case 'unchanged': {
        const { index, entry, ms } = job;
        this.#parts.kept.confirm(attempt.output);
        return { kind: 'ended', results: [await this.#unchanged.resultOf(index, entry, attempt.output, ms)] };
      }
      case 'saved':
        return this.#saved(job, attempt);
      case 'gathered':
        return this.#gathered(job, attempt);
      case 'failed':
        if (!attempt.retry?.awaitsName) job.keep(attempt.part, attempt.reached);
        return this.#afterFailure(job, attempt.error, attempt.retry);
    }
  }

  #afterFailure(job: FetchJob, error: Failure, retry?: Retry): Turn {
    const delayMs = this.#delayBeforeNext(job, error, retry);
    const isOverload = this.#isOverload(job, error, retry);
    if (delayMs === undefined) {
      const failure = finalFailure(error, job.tries.count, retry?.afterMs);
      return { ...ended(job, { status: 'failed', error: failure }), isOverload };
    }
    // Where a redirect leads is still known when its host's name is.
    if (!retry?.awaitsName) job.startOver();
    return { kind: 'again', delayMs, isOverload };
  }

  /** A host that has answered others and turns this one away, or says no more, has too much to do. A dead one has not. */
  #isOverload(job: FetchJob, error: Failure, retry: Retry | undefined): boolean {
    return retry?.crowded === true || (signsOfLoad.has(error.code) && this.feed.countsOf(job).answers > 0);
  }

  #delayBeforeNext(job: FetchJob, error: Failure, retry: Retry | undefined): number | undefined {
    const { retries } = this.#parts.recipe;
    const { tries } = job;
    if (error.code === 'TOO_MANY_OPEN_FILES') return tries.nextWithRoomForFiles();
    if (retry?.awaitsName) return tries.nextWithName(retry, retries);
    if (retry?.crowded) return tries.nextAfterRefusal(retry, retries, this.feed.countsOf(job));
    return tries.next(retry, retries);
  }

  async #saved(job: FetchJob, saved: Saved): Promise<Turn> {
    const { thumbnails, kept } = this.#parts;
    let stored: Kept;
    try {
      stored = await kept.keep(saved, job.entry.url);
    } catch (error) {
      if (!(error instanceof ItemError)) throw error;
      return this.#afterFailure(job, error.toFailure(), { crowded: false, progress: false });
    }
    const { output, duplicateOf, adopted } = stored;
    const fetched = {
      output,
      bytesIn: saved.received,
      bytesOut: saved.bytes,
      sha256: saved.sha256,
      ...(saved.finalUrl !== undefined && { finalUrl: saved.finalUrl }),
      ...(duplicateOf !== undefined && { duplicateOf }),
      ...(adopted && { adopted }),
      ...(saved.replaced && { replaced: saved.replaced }),
      ...(saved.warning !== undefined && { warning: saved.warning }),
    };
    if (!thumbnails) return ended(job, { status: 'done', ...fetched });
    const made = saved.thumbnail
      ? thumbnails.recordOutput(saved.thumbnail, output)
      : await thumbnails.ofFile(output);
    return this.#withThumbnail(job, fetched, made);
  }

  async #gathered(job: FetchJob, gathered: Gathered): Promise<Turn> {
    const { thumbnails } = this.#parts;
    if (!thumbnails) throw new Error('Bytes were kept in memory for no thumbnail.');
    const { bytes: bytesIn, sha256, finalUrl } = gathered;
    const made = await thumbnails.ofGathered(gathered, job.payload.name, job.entry.url);
    // The bytes are lost with the thread that could not start: fetch them again.
    if (made.status === 'failed' && made.error.code === 'TOO_MANY_OPEN_FILES') {
      return this.#afterFailure(job, made.error);
    }
    return this.#withThumbnail(job, { bytesIn, sha256, ...(finalUrl !== undefined && { finalUrl }) }, made);
  }

  #withThumbnail(job: FetchJob, fetched: Omit<Ending, 'status'>, outcome: RecordedThumbnail): Turn {
    job.ms += outcome.ms;
    if (outcome.stages) this.#parts.results.timePart(job, imageStages, outcome.stages);
    return ended(job, { ...fetched, ...endingOf(outcome, (thumbnail) => ({ thumbnail })) });
  }
}

/** Codes that tell of too much at once if the host has answered before. */
const signsOfLoad: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'CONNECT_TIMEOUT',
  'CONNECTION_LOST',
  'HEADERS_TIMEOUT',
  'BODY_TIMEOUT',
]);

function ended(job: FetchJob, ending: Ending): Turn {
  return { kind: 'ended', results: [job.resultOf(ending)] };
}

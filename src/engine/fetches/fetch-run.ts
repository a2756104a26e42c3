import { type Failure, ItemError } from '../../shared/failure.ts';
import type { FetchRecipe } from '../../shared/recipe.ts';
import type { ItemResult, Produced, SkipReason } from '../../shared/result.ts';
import { runInFlight } from '../pool/in-flight.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import { fewFilesWarning } from '../pool/open-files.ts';
import type { Outcome } from '../pool/threads/protocol.ts';
import type { RunOptions } from '../run/run-options.ts';
import { finalFailure, hostAnswer, inMicroseconds, resultBase } from './attempt-results.ts';
import type { FetchJob } from './fetch-job.ts';
import type { FetchPlanner } from './fetch-planner.ts';
import { HostFeed } from './hosts/host-feed.ts';
import type { RobotsGate, Verdict } from './hosts/robots-gate.ts';
import { ListJobs } from './list-jobs.ts';
import type { ListEntry, ListedUrl } from './lists/list-entry.ts';
import type { Kept } from './outputs/duplicates.ts';
import type { KeptFiles } from './outputs/kept-files.ts';
import type { Attempt, Gathered, Retry, Saved } from './protocol/protocol.ts';
import type { ThumbnailStage } from './then-thumbnail/thumbnail-stage.ts';
import { unchangedResult } from './unchanged-result.ts';

export interface FetchRunParts {
  readonly recipe: FetchRecipe;
  readonly poolSize: LivePoolSize;
  /** More in flight than this would have more files open than may be. */
  readonly mostInFlight: number;
  readonly options: RunOptions;
  readonly planner: FetchPlanner;
  /** When attempts are begun at once; until then the list is only read. */
  readonly ready: Promise<unknown>;
  /** One attempt in a worker. */
  readonly attempt: (job: FetchJob) => Promise<Outcome<Attempt>>;
  readonly kept: KeptFiles;
  readonly robots: RobotsGate | undefined;
  readonly thumbnails: ThumbnailStage | undefined;
  /** Where every result goes. */
  readonly emit: (result: ItemResult) => void;
}

/** What became of one turn of a job in flight. */
type Turn =
  | { readonly kind: 'result'; readonly result: ItemResult }
  | { readonly kind: 'again'; readonly delayMs: number }
  /** Where a redirect leads: that host has limits of its own. */
  | { readonly kind: 'onward' };

/** One run over a list: plans its entries, decides about tries, and turns attempts into results. */
export class FetchRun {
  readonly #parts: FetchRunParts;
  readonly #feed: HostFeed<FetchJob>;
  /** Items between two tries: an abort must not lose them. */
  readonly #between = new Set<FetchJob>();

  constructor(entries: AsyncIterable<readonly ListEntry[]>, parts: FetchRunParts) {
    this.#parts = parts;
    const { perHost, minGap } = parts.recipe;
    const { robots, options, planner, poolSize, emit } = parts;
    const jobs = new ListJobs({
      planner,
      poolSize,
      options,
      emit,
      unchanged: (index, entry, output) => this.#unchanged(index, entry, output, 0),
    });
    this.#feed = new HostFeed(jobs.of(entries), {
      hostOf: (job) => job.host,
      limitsOf: (host) => ({
        // One request asks for the robots.txt; the host's other items wait without a place in flight.
        perHost: robots && !robots.knows(host) ? 1 : perHost,
        minGapMs: Math.max(minGap * 1_000, robots?.gapOf(host) ?? 0),
      }),
      onParked: (host) => options.onWarning?.(`${host} turns requests away; leaving it alone for a while.`),
    });
  }

  /** Resolves when every item has its result, or has been left out by an abort. */
  async toEnd(): Promise<void> {
    const { poolSize, options, emit, ready } = this.#parts;
    let isReady = false;
    let cannotStart: { readonly error: unknown } | undefined;
    const hasRoomFor = this.#room();
    await runInFlight<FetchJob, Turn>({
      feed: this.#feed,
      poolSize,
      // A host's gap counts from when its request leaves, not from when it waits for a thread that boots.
      mayStart: (running) => {
        if (cannotStart) throw cannotStart.error;
        return isReady && hasRoomFor(running);
      },
      onWakeable: (wake) => {
        ready
          .then(
            () => {
              isReady = true;
            },
            (error: unknown) => {
              cannotStart = { error };
            },
          )
          .then(wake);
      },
      signal: options.signal,
      execute: (job, place) => {
        options.onPlace?.(place, { index: job.index, input: job.entry.input });
        return this.#turn(job);
      },
      onSettled: (job, turn, place) => {
        options.onPlace?.(place, undefined);
        if (turn.kind === 'result') {
          emit(turn.result);
        } else {
          this.#between.add(job);
          if (turn.kind === 'again') this.#feed.retry(job, turn.delayMs);
          else this.#feed.goOn(job);
        }
      },
    });
    for (const job of this.#between)
      emit({ ...resultBase(job.index, job.entry), status: 'cancelled', ms: inMicroseconds(job.ms) });
  }

  /** Whether one more may be in flight. Says once where that is fewer than was asked for. */
  #room(): (running: number) => boolean {
    const { mostInFlight, poolSize, options } = this.#parts;
    let told = false;
    return (running) => {
      if (running < mostInFlight) return true;
      if (!told) {
        told = true;
        options.onWarning?.(fewFilesWarning(mostInFlight, poolSize.size));
      }
      return false;
    };
  }

  async #turn(job: FetchJob): Promise<Turn> {
    const { options, attempt, robots } = this.#parts;
    this.#between.delete(job);
    if (options.dryRun) {
      this.#feed.release(job, { kind: 'silent' });
      return this.#skipped(job, 'dry-run', this.#parts.planner.outputOf(job.payload));
    }
    if (job.tries.count === 0 && !job.payload.trail)
      options.onStart?.({ index: job.index, input: job.entry.input });
    if (robots) {
      const verdict = await robots.judge(job.url, job.way);
      if (verdict.kind !== 'allowed') return this.#notAsked(job, verdict);
      this.#feed.leaves(job);
    }
    job.tries.count += 1;
    const outcome = await attempt(job);
    job.ms += outcome.ms;
    this.#feed.release(job, hostAnswer(outcome));
    switch (outcome.status) {
      case 'cancelled':
        return this.#result(job, { status: 'cancelled' });
      case 'failed':
        return this.#afterFailure(job, outcome.error);
      case 'done':
        return this.#afterAttempt(job, outcome.value);
    }
  }

  /** Its site's robots.txt stands in the way, by what it says or as it cannot be read. */
  #notAsked(job: FetchJob, verdict: Exclude<Verdict, { kind: 'allowed' }>): Turn {
    if (verdict.kind === 'failed') {
      job.tries.count += 1;
      this.#feed.release(job, hostAnswer({ status: 'done', value: verdict, ms: 0 }));
      const { code, message } = verdict.error;
      const whole = `${job.url} is not asked for, as its site's robots.txt could not be read: ${message}`;
      return this.#afterFailure(job, { code, message: whole }, verdict.retry);
    }
    this.#feed.release(job, { kind: 'silent' });
    if (verdict.kind === 'cancelled') return this.#result(job, { status: 'cancelled' });
    const finalUrl = job.payload.trail?.next;
    return this.#result(job, {
      status: 'skipped',
      reason: 'robots',
      ...(finalUrl !== undefined && { finalUrl }),
    });
  }

  async #afterAttempt(job: FetchJob, attempt: Attempt): Promise<Turn> {
    switch (attempt.kind) {
      case 'redirected':
        // A part of the same try.
        job.tries.count -= 1;
        job.keep(attempt.part);
        job.follow(attempt.trail);
        return { kind: 'onward' };
      case 'noai':
        return this.#skipped(job, 'noai');
      case 'unchanged':
        this.#parts.kept.confirm(attempt.output);
        return {
          kind: 'result',
          result: await this.#unchanged(job.index, job.entry, attempt.output, job.ms),
        };
      case 'saved':
        return this.#saved(job, attempt);
      case 'gathered':
        return this.#gathered(job, attempt);
      case 'failed':
        job.keep(attempt.part);
        return this.#afterFailure(job, attempt.error, attempt.retry);
    }
  }

  #afterFailure(job: FetchJob, error: Failure, retry?: Retry): Turn {
    const delayMs =
      error.code === 'TOO_MANY_OPEN_FILES'
        ? job.tries.nextWithRoomForFiles()
        : job.tries.next(retry, this.#parts.recipe.retries);
    if (delayMs === undefined) {
      return this.#result(job, {
        status: 'failed',
        error: finalFailure(error, job.tries.count, retry?.afterMs),
      });
    }
    job.startOver();
    return { kind: 'again', delayMs };
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
    const { output, duplicateOf } = stored;
    const result = {
      output,
      bytesIn: saved.received,
      bytesOut: saved.bytes,
      sha256: saved.sha256,
      ...(saved.finalUrl !== undefined && { finalUrl: saved.finalUrl }),
      ...(duplicateOf !== undefined && { duplicateOf }),
    };
    if (!thumbnails) return this.#result(job, { status: 'done', ...result });
    const made = saved.thumbnail
      ? thumbnails.recordOutput(saved.thumbnail, output)
      : await thumbnails.ofFile(output);
    return this.#withThumbnail(job, result, made);
  }

  async #gathered(job: FetchJob, gathered: Gathered): Promise<Turn> {
    const { thumbnails } = this.#parts;
    if (!thumbnails) throw new Error('Bytes were kept in memory for no thumbnail.');
    const { bytes: bytesIn, sha256, finalUrl } = gathered;
    const result = { bytesIn, sha256, ...(finalUrl !== undefined && { finalUrl }) };
    const made = await thumbnails.ofGathered(gathered, job.payload.name, job.entry.url);
    // The bytes went with the thread that had no room to start.
    if (made.status === 'failed' && made.error.code === 'TOO_MANY_OPEN_FILES') {
      return this.#afterFailure(job, made.error);
    }
    return this.#withThumbnail(job, result, made);
  }

  #withThumbnail(job: FetchJob, result: Partial<ItemResult>, outcome: Outcome<Produced>): Turn {
    job.ms += outcome.ms;
    switch (outcome.status) {
      case 'done':
        return this.#result(job, { status: 'done', ...result, thumbnail: outcome.value });
      case 'failed':
        return this.#result(job, { status: 'failed', ...result, error: outcome.error });
      case 'cancelled':
        return this.#result(job, { status: 'cancelled', ...result });
    }
  }

  #unchanged(index: number, entry: ListedUrl, output: string, ms: number): Promise<ItemResult> {
    const { thumbnails, options, recipe } = this.#parts;
    const { dryRun = false } = options;
    return unchangedResult({ index, entry, output, ms }, { thumbnails, originals: recipe.originals, dryRun });
  }

  #skipped(job: FetchJob, reason: SkipReason, output?: string): Turn {
    return this.#result(job, { status: 'skipped', reason, ...(output !== undefined && { output }) });
  }

  #result(job: FetchJob, result: Pick<ItemResult, 'status'> & Partial<ItemResult>): Turn {
    const { count } = job.tries;
    const tried = count > 1 ? { tries: count } : {};
    const error = result.error && { error: { ...result.error, ...tried } };
    const ms = inMicroseconds(job.ms);
    return {
      kind: 'result',
      result: { ...resultBase(job.index, job.entry), ...result, ...error, ...tried, ms },
    };
  }
}

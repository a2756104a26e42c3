import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../../../shared/failure.ts';
import type { HostFigures, ItemResult, Summary } from '../../../shared/result.ts';
import type { Stage } from '../../../shared/stages.ts';
import { Tally } from '../../run/tally.ts';
import { isOfPlace } from '../places/into-place.ts';
import type { Place } from '../places/place.ts';
import { BucketRecord, type KeptResult } from '../records/bucket-record.ts';
import { DamagedState } from '../records/kept-json.ts';
import { bucketName, keyOfRun, type RunRecord } from '../records/run-record.ts';
import { BucketsAtWork, type RunStanding } from '../standings/run-standing.ts';
import { resultsOfBroken } from './broken-bucket.ts';
import { jobIdOf } from './hand-out.ts';
import type { Registry } from './registry.ts';

const lookEveryMs = 300;
/** Workers tell of themselves no more often. */
const hearEveryMs = 1_000;
/** So long may the last look take, in milliseconds. */
const lastLookMs = 1_000;
/** After so many looks without anything new the jobs themselves are asked, in case that nobody could tell of one. */
const looksBeforeAsking = 20;
/** So many jobs are asked about at a time. */
const mostAsked = 50;
const mostHosts = 10;

export interface FollowOptions {
  readonly registry: Registry;
  readonly place: Place;
  readonly onResult: (result: ItemResult) => void;
  readonly onWarning: (warning: string) => void;
  /** Called about once a second, and at the end, with how far the run is and who works on it. */
  readonly onStanding?: (standing: RunStanding) => void;
  readonly signal: AbortSignal;
}

export interface FollowedRun {
  readonly summary: Summary;
  readonly ending: 'ended' | 'cancelled' | 'detached';
  /** The buckets that failed by themselves: what is left of their items has failed with them. */
  readonly problems: ReadonlyMap<number, string>;
}

/**
 * Follows a run to its end: the results of each bucket are told once, when it is complete.
 * @throws UsageError where the place tells nothing any more, or nonsense.
 */
export async function followRun(record: RunRecord, options: FollowOptions): Promise<FollowedRun> {
  let hasLeft = false;
  const onResult = (result: ItemResult): void => {
    if (!hasLeft) options.onResult(result);
  };
  const following = new Following(record, { ...options, onResult });
  const toTheEnd = following.toTheEnd().catch((error: unknown) => {
    if (!isOfPlace(error) && !(error instanceof DamagedState)) throw error;
    throw new UsageError(`${record.id} cannot be followed any more, and goes on: ${error.message}`, {
      cause: error,
    });
  });
  toTheEnd.catch(() => {});
  const ending = await Promise.race([toTheEnd, whenLeft(options.signal)]);
  hasLeft = true;
  return { summary: following.summary(), ending, problems: following.problems };
}

/** Who leaves does not wait for a server that answers nothing. */
async function whenLeft(signal: AbortSignal): Promise<'detached'> {
  if (!signal.aborted) await once(signal, 'abort');
  await sleep(lastLookMs);
  return 'detached';
}

class Following {
  readonly problems = new Map<number, string>();
  readonly #record: RunRecord;
  readonly #options: FollowOptions;
  readonly #tally = new Tally();
  readonly #done = new Set<number>();
  /** They have ended, but a share may show that to this machine a little later. */
  readonly #announced = new Set<number>();
  readonly #stages: Partial<Record<Stage, number>> = {};
  readonly #hosts: HostFigures[] = [];
  readonly #buckets: readonly number[];
  readonly #atWork: BucketsAtWork;
  #heardAt = Number.NEGATIVE_INFINITY;
  #twice = 0;
  #told = 0;

  constructor(record: RunRecord, options: FollowOptions) {
    this.#record = record;
    this.#options = options;
    this.#atWork = new BucketsAtWork(record.id);
    this.#buckets = record.retryOf?.buckets ?? [...record.sizes.keys()];
  }

  async toTheEnd(): Promise<FollowedRun['ending']> {
    const { registry, signal, onWarning } = this.#options;
    const { id } = this.#record;
    await this.#tellRefused();
    let seen = 0;
    let quiet = 0;
    for (;;) {
      const events = await registry.eventsFrom(id, seen);
      seen += events.length;
      for (const event of events) {
        if ('problem' in event) this.problems.set(event.bucket, event.problem);
        else this.#announced.add(event.bucket);
      }
      for (const bucket of this.#announced) await this.#tellBucket(bucket);
      const isOver = this.#done.size + this.problems.size >= this.#buckets.length;
      if (isOver) break;
      await this.#hear();
      if (signal.aborted) return 'detached';
      if (await registry.isCancelled(id)) return 'cancelled';
      quiet = events.length > 0 ? 0 : quiet + 1;
      if (quiet >= looksBeforeAsking) {
        await this.#askJobs();
        quiet = 0;
      }
      await sleep(lookEveryMs, undefined, { signal }).catch(() => {});
    }
    for (const [bucket, problem] of this.problems) await this.#tellBroken(bucket, problem);
    this.#tellStanding();
    if (this.#twice > 0) onWarning(twiceWarning(this.#twice));
    await registry.hasEnded(id);
    return 'ended';
  }

  summary(): Summary {
    const seconds = (Date.now() - Date.parse(this.#record.submittedAt)) / 1_000;
    const summary = this.#tally.summary();
    return {
      ...summary,
      seconds: round(seconds),
      perSecond: round(summary.total / Math.max(seconds, 0.001)),
      ...(Object.keys(this.#stages).length > 0 && { stages: this.#stages }),
      ...(this.#hosts.length > 0 && { hosts: this.#hosts }),
    };
  }

  /** Asks what the workers do. */
  async #hear(): Promise<void> {
    const { registry, onStanding } = this.#options;
    if (!onStanding || performance.now() - this.#heardAt < hearEveryMs) return;
    this.#heardAt = performance.now();
    const isOpen = (bucket: number): boolean => !this.#done.has(bucket) && !this.problems.has(bucket);
    this.#atWork.hear(await registry.heard.all(), isOpen);
    this.#tellStanding();
  }

  #tellStanding(): void {
    this.#options.onStanding?.({
      items: this.#record.items,
      ...this.#atWork.standing(this.#tally.summary()),
      buckets: {
        all: this.#buckets.length,
        ended: this.#done.size,
        broken: this.problems.size,
        atWork: this.#atWork.size,
      },
    });
  }

  /** What only a bucket's own summary tells: of what was adopted it is not known. */
  #count({ stages = {}, hosts = [] }: Summary): void {
    for (const [stage, ms] of Object.entries(stages) as [Stage, number][]) {
      this.#stages[stage] = (this.#stages[stage] ?? 0) + ms;
    }
    this.#hosts.push(...hosts);
    this.#hosts.sort((one, other) => other.requests - one.requests).splice(mostHosts);
  }

  async #tellRefused(): Promise<void> {
    const content = await this.#options.place.read(keyOfRun(this.#record.id, 'refused.ndjson'));
    for (const line of content?.toString().split('\n') ?? []) {
      if (line !== '') this.#tell(JSON.parse(line) as KeptResult);
    }
  }

  /** @returns whether the bucket is complete. */
  async #tellBucket(bucket: number): Promise<boolean> {
    if (this.#done.has(bucket)) return true;
    const report = await new BucketRecord(this.#options.place, this.#record.id, bucket).report();
    if (!report) return false;
    this.#done.add(bucket);
    this.#announced.delete(bucket);
    this.#atWork.hasEnded(bucket);
    this.#count(report.end.summary);
    this.problems.delete(bucket);
    const { twice = 0, warnings = [] } = report.end;
    this.#twice += twice;
    for (const warning of warnings) this.#options.onWarning(`bucket ${bucketName(bucket)}: ${warning}`);
    for await (const result of report.results) this.#tell(result);
    return true;
  }

  /** Each item is in the report, if its name can be read. */
  async #tellBroken(bucket: number, problem: string): Promise<void> {
    const { place, onWarning } = this.#options;
    try {
      for await (const result of resultsOfBroken(this.#record, bucket, problem, place)) this.#tell(result);
    } catch (error) {
      onWarning(`The items of bucket ${bucket} cannot be read: ${String(error)}`);
    }
  }

  #tell(kept: KeptResult): void {
    const { type: _type, ...result } = { type: undefined, ...kept };
    const told: ItemResult = { index: this.#told, ...result };
    this.#told += 1;
    this.#tally.add(told);
    this.#options.onResult(told);
  }

  /** A worker that dies at the wrong moment has told nobody what became of a bucket. Its job, or the place, tells. */
  async #askJobs(): Promise<void> {
    const queue = await this.#options.registry.queue();
    const open = this.#buckets.filter(
      (bucket) => !this.#done.has(bucket) && !this.#announced.has(bucket) && !this.problems.has(bucket),
    );
    for (const bucket of open.slice(0, mostAsked)) {
      const job = await queue.getJob(jobIdOf(this.#record.id, bucket));
      if (job && !(await job.isFailed())) continue;
      if (await this.#tellBucket(bucket)) continue;
      this.problems.set(bucket, job?.failedReason ?? 'The queue has lost its job.');
    }
  }
}

function twiceWarning(count: number): string {
  return count === 1
    ? 'One URL was listed twice and is fetched once.'
    : `${count} URLs were listed before and are fetched once.`;
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

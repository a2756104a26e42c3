import { QueueProblem } from '../../../shared/machines/queue-problem.ts';
import { openPlace } from '../places/open-place.ts';
import type { Place } from '../places/place.ts';
import { protocolVersion, type RunRecord, readRun } from '../records/run-record.ts';
import type { HeardWorker } from '../standings/worker-standing.ts';
import { connectQueue } from './connection.ts';
import { type FollowedRun, type FollowOptions, followRun } from './follow-run.ts';
import { orRefused } from './queue-faults.ts';
import { type ConnectedWorker, type QueuedRun, Registry } from './registry.ts';
import { type RetriedRun, retryQueued } from './retry-run.ts';
import { type Submission, submitRun } from './submit-run.ts';

/** A run and how far it is, by its buckets that have ended. */
export interface QueuedProgress extends QueuedRun {
  readonly done: number;
  readonly failed: number;
  readonly ended: number;
  /** Of the buckets that failed by themselves, and their items with them. */
  readonly broken: number;
}

type Listening = Pick<FollowOptions, 'onResult' | 'onWarning' | 'onStanding' | 'signal'>;

/** Why there is nothing of a run in its place. */
const whyNothing = {
  splitting: 'BEING_SPLIT',
  'not started': 'NEVER_STARTED',
  cancelled: 'CANCELLED_EARLY',
  queued: 'GONE',
  ended: 'GONE',
} as const;

/** What a person does with a queue who is no worker: submit, follow, list, cancel. */
export class QueueClient implements AsyncDisposable {
  readonly #registry: Registry;
  readonly #places: Place[] = [];
  /** The runs that have ended, by id, as they were counted. */
  readonly #over = new Map<string, QueuedProgress>();

  private constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** @throws UsageError if the queue cannot be reached. */
  static async connect(url: string, onNotice: (notice: string) => void): Promise<QueueClient> {
    return new QueueClient(new Registry(await connectQueue(url, { onNotice })));
  }

  /** Whether the server is reached now. One that is not is waited for. */
  get isConnected(): boolean {
    return this.#registry.isConnected;
  }

  /** Splits a run and hands it out. */
  async submit(
    submission: Submission,
    { place, ...options }: Pick<FollowOptions, 'onWarning' | 'signal'> & { readonly place: string },
  ): Promise<RunRecord> {
    const opened = await this.#open(place);
    return orRefused(submitRun(submission, { ...options, place: opened, registry: this.#registry }));
  }

  async follow(record: RunRecord, place: string, options: Listening): Promise<FollowedRun> {
    return followRun(record, { ...options, place: await this.#open(place), registry: this.#registry });
  }

  /** A run that is in the queue, with its record. @throws UsageError if there is none, or it was never started. */
  async find(id: string): Promise<{ readonly run: QueuedRun; readonly record: RunRecord }> {
    const run = await this.#run(id);
    const record = await readRun(await this.#open(run.place), run.id);
    if (run.state === 'not started' || !record) {
      throw new QueueProblem(whyNothing[run.state], { run: run.id, place: run.place });
    }
    return { run, record };
  }

  /** The runs that the queue knows, the newest first, and how far they are. */
  async runs(): Promise<QueuedProgress[]> {
    const runs: QueuedProgress[] = [];
    for (const run of await this.#registry.runs()) {
      if (run.state !== 'ended') this.#over.delete(run.id);
      const progress = this.#over.get(run.id) ?? (await this.#progressOf(run));
      // Whoever looks at a queue asks again and again, and may see the runs of a month.
      if (progress.state === 'ended') this.#over.set(run.id, progress);
      runs.push(progress);
    }
    return runs;
  }

  async #progressOf(run: QueuedRun): Promise<QueuedProgress> {
    // The last that was told of a bucket counts.
    const buckets = new Map((await this.#registry.eventsFrom(run.id, 0)).map((each) => [each.bucket, each]));
    let [done, failed, ended, broken] = [0, run.refused, 0, 0];
    for (const event of buckets.values()) {
      if ('problem' in event) {
        broken += 1;
        continue;
      }
      ended += 1;
      done += event.done;
      failed += event.failed;
    }
    // Nobody may have followed it to its end.
    const isOver = run.state === 'queued' && ended === run.buckets;
    if (isOver) await this.#registry.hasEnded(run.id);
    return { ...run, ...(isOver && { state: 'ended' }), done, failed, ended, broken };
  }

  /** Does again what failed. @returns undefined if nothing did. */
  async retry(
    id: string,
    codes?: readonly string[],
  ): Promise<(RetriedRun & { readonly place: string }) | undefined> {
    const { run, record } = await this.find(id);
    const place = await this.#open(run.place);
    const again = await orRefused(retryQueued(record, place, this.#registry, codes));
    return again && { ...again, place: run.place };
  }

  /** @returns the id of the run. @throws UsageError if there is no such run, or it has ended. */
  async cancel(id: string): Promise<string> {
    const run = await this.#run(id);
    if (run.state === 'ended') throw new QueueProblem('HAS_ENDED', { run: run.id });
    await orRefused(this.#registry.cancel(run.id));
    return run.id;
  }

  /** @param id of a run, or how that begins. @throws UsageError unless it is of one run. */
  async #run(id: string): Promise<QueuedRun> {
    const exact = await this.#registry.run(id);
    if (exact) return exact;
    const [first, second] = (await this.#registry.runs()).filter((run) => run.id.startsWith(id));
    if (!first || id === '') throw new QueueProblem('UNKNOWN_RUN', { run: id });
    if (second) throw new QueueProblem('SEVERAL_RUNS', { beginning: id, run: first.id });
    return first;
  }

  /** The workers that are connected: those that take our buckets, and those of another version of the protocol. */
  async workers(): Promise<{ readonly ours: ConnectedWorker[]; readonly others: ConnectedWorker[] }> {
    const workers = await this.#registry.workers();
    const { ours = [], others = [] } = Object.groupBy(workers, ({ version }) =>
      version === protocolVersion ? 'ours' : 'others',
    );
    return { ours, others };
  }

  /** What the workers of our version have told of themselves, those too that were lost a short while ago. */
  heardWorkers(): Promise<HeardWorker[]> {
    return this.#registry.heard.all();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const place of this.#places) await place.close();
    await this.#registry.close();
  }

  async #open(text: string): Promise<Place> {
    const place = await openPlace(text);
    this.#places.push(place);
    return place;
  }
}

import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { ItemResult } from '../../../shared/result.ts';
import { version as program } from '../../../shared/version.ts';
import type { LivePoolSize } from '../../pool/live-pool-size.ts';
import { type WantedPoolSize, wantedPoolSize } from '../../pool/wanted-pool-size.ts';
import { openPlace } from '../places/open-place.ts';
import type { Place } from '../places/place.ts';
import { BucketRecord } from '../records/bucket-record.ts';
import { type RunRecord, readRun } from '../records/run-record.ts';
import { Pulse } from '../standings/pulse.ts';
import { connectQueue } from './connection.ts';
import { Lease, LeaseLost, leaseMs } from './lease.ts';
import { LeasedPoolSize } from './leased-pool-size.ts';
import { isOfQueue, QueueFaults } from './queue-faults.ts';
import { type BucketJob, queueName, Registry } from './registry.ts';
import { type RequestRunner, runBucket, type WorkerAccess } from './run-bucket.ts';
import { type Turn, Turns } from './turns.ts';

/** How often is looked for jobs whose worker is gone, in milliseconds. */
const stalledIntervalMs = 3_000;
/** A job whose workers were killed is handed out again, however often that was. */
const mostKills = 1_000_000;
/** So many buckets are worked on at once: the second begins while the last items of the first are done. */
const bucketsAtOnce = 2;
/** The second begins when so many times as many items are left as the pool has places: its threads take a while to boot. */
const startsAhead = 6;
/** So long a call for the next job waits for one: who is told to end waits no longer. */
const waitSeconds = 1;
const pauseAfterFaultMs = 1_000;
/** What is in flight at the end may take so long, in milliseconds. */
const mostToEndMs = 8_000;

/** What whoever watches a worker is told. */
export interface WorkerEvents {
  onBucketStart(): void;
  /** `handed back`: another worker goes on with it, or has it already. */
  onBucketEnd(ending: 'done' | 'failed' | 'handed back'): void;
  onResult(task: RunRecord['request']['kind'], result: ItemResult): void;
}

export interface QueueWorkerOptions extends WorkerAccess {
  readonly engine: RequestRunner;
  readonly poolSize?: WantedPoolSize | undefined;
  /** Told what a person who looks at this worker should know. */
  readonly onNotice: (notice: string) => void;
  readonly events?: WorkerEvents | undefined;
}

/** Takes buckets from a queue, one after the other, until it is told to end. */
export class QueueWorker {
  readonly name = `${hostname()}-${process.pid}-shoal-${program}`;
  readonly #options: QueueWorkerOptions;
  readonly #redis: Redis;
  readonly #registry: Registry;
  readonly #faults: QueueFaults;
  readonly #places = new Map<string, Promise<Place>>();
  readonly #runs = new Map<string, RunRecord>();
  /** By kind of task: the size that was found last is the first of the next bucket. */
  readonly #sizes = new Map<string, LivePoolSize>();
  readonly #working = new Set<LeasedPoolSize>();
  readonly #turns = new Turns();
  readonly #pulse = new Pulse((standing) => this.#registry.heard.tell(this.name, standing));
  #taken = 0;

  private constructor(redis: Redis, options: QueueWorkerOptions) {
    this.#redis = redis;
    this.#registry = new Registry(redis);
    this.#options = options;
    this.#faults = new QueueFaults(options.onNotice);
  }

  /** Connects, waiting for the server where it is not there yet. */
  static async connect(url: string, options: QueueWorkerOptions): Promise<QueueWorker> {
    const redis = await connectQueue(url, { isPatient: true, onNotice: options.onNotice });
    return new QueueWorker(redis, options);
  }

  /** Works until the signal; then the buckets are handed back, and what was done of them is kept. */
  async run(signal: AbortSignal): Promise<void> {
    const { Worker } = await import('bullmq');
    const worker = new Worker<BucketJob>(queueName, null, {
      connection: this.#redis,
      name: this.name,
      autorun: false,
      lockDuration: leaseMs,
      stalledInterval: stalledIntervalMs,
      maxStalledCount: mostKills,
      drainDelay: waitSeconds,
    });
    worker.on('error', (error) => this.#faults.tell(error));
    // It ends with the worker.
    void worker.startStalledCheckTimer();
    this.#pulse.start();
    const working = Array.from({ length: bucketsAtOnce }, () => this.#takeBuckets(worker, signal));
    await aborted(signal);
    this.#turns.end();
    // What is handed back needs the connection.
    await Promise.race([Promise.all(working).then(() => this.#sayGoodbye()), sleep(mostToEndMs)]);
    this.#pulse.stop();
    await worker.close(true);
    for (const place of this.#places.values()) await (await place).close();
    this.#redis.disconnect();
  }

  async #sayGoodbye(): Promise<void> {
    this.#pulse.stop();
    await this.#registry.heard.forget(this.name);
  }

  async #takeBuckets(worker: Worker<BucketJob>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      using turn = await this.#turns.take();
      if (signal.aborted) return;
      const token = `${this.name}:${this.#taken}`;
      this.#taken += 1;
      try {
        const job = await worker.getNextJob(token, { block: true });
        // Woken by the end of the worker: nobody has begun it, and its lock ends soon.
        if (job && signal.aborted) await job.moveToWait(token);
        else if (job) await this.#work({ job, token, turn, signal });
      } catch (error) {
        this.#faults.tell(error);
        await sleep(pauseAfterFaultMs);
      }
    }
  }

  async #work(taken: Taken): Promise<void> {
    const { events } = this.#options;
    let ending: Parameters<WorkerEvents['onBucketEnd']>[0] = 'handed back';
    events?.onBucketStart();
    try {
      ending = await this.#workToEnd(taken);
    } finally {
      events?.onBucketEnd(ending);
    }
  }

  /** Works on a bucket, and tells the queue how that ended. */
  async #workToEnd(taken: Taken): Promise<Parameters<WorkerEvents['onBucketEnd']>[0]> {
    const { job, token, signal } = taken;
    const { run, bucket } = job.data;
    this.#faults.forget();
    using lease = new Lease({
      renew: async (ms) => (await job.extendLock(token, ms)) === 1,
      isWanted: async () => !(await this.#registry.isCancelled(run)),
      onFault: (error) => this.#faults.tell(error),
    });
    let isOver = await this.#registry.isCancelled(run);
    try {
      isOver ||= await this.#workAs(taken, lease);
    } catch (error) {
      if (error instanceof LeaseLost) return 'handed back';
      // Not the bucket's: it is handed out again when its lease has ended.
      if (isOfQueue(error)) throw error;
      const { message } = error instanceof Error ? error : new Error(String(error));
      const isLast = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
      const then = isLast ? '' : ' and is tried again';
      this.#options.onNotice(`Bucket ${bucket} of ${run} failed${then}: ${message}`);
      await job.moveToFailed(new Error(message), token, false);
      if (isLast) await this.#registry.tell(run, { bucket, problem: message });
      return isLast ? 'failed' : 'handed back';
    }
    if (isOver) await job.moveToCompleted('', token, false);
    else if (signal.aborted) await job.moveToWait(token);
    return isOver ? 'done' : 'handed back';
  }

  /** @returns whether the bucket is at its end. @throws LeaseLost if it is somebody else's by now. */
  async #workAs({ job, turn, signal }: Taken, lease: Lease): Promise<boolean> {
    const { run, bucket } = job.data;
    const place = await this.#placeOf(job.data.place);
    const record = await this.#recordOf(place, run);
    const kept = new BucketRecord(place, run, bucket);
    const isRedacted = record.request.kind === 'fetch' && record.request.recipe.redact;
    const owner = await kept.takeOver(this.name, { anew: isRedacted });
    if (owner) {
      const before = new Set(this.#working);
      const poolSize = new LeasedPoolSize(this.#sizeFor(record.request.kind), lease, before);
      this.#working.add(poolSize);
      const size = record.sizes[bucket] ?? 0;
      let ended = 0;
      const end = await runBucket({
        ...this.#options,
        place,
        record,
        bucket,
        kept,
        owner,
        pulse: this.#pulse,
        // Those of a retry are in the run that it does again.
        itemsIn: record.retryOf ? new BucketRecord(place, record.retryOf.id, bucket) : kept,
        options: { poolSize, signal: AbortSignal.any([lease.lost, signal]) },
        onEnded: (result) => {
          this.#options.events?.onResult(record.request.kind, result);
          ended += 1;
          const left = size - ended;
          if (left > Math.min(size / 2, poolSize.size * startsAhead)) return;
          // The last items of a bucket leave places free: those of the next one take them.
          turn.pass();
          poolSize.isLeft(left);
          for (const other of this.#working) if (other !== poolSize) other.lookAgain();
        },
      }).finally(() => {
        this.#working.delete(poolSize);
        poolSize.isLeft(0);
        for (const other of this.#working) other.lookAgain();
      });
      if (poolSize.automatic) this.#sizes.set(record.request.kind, poolSize);
      lease.lost.throwIfAborted();
      if (end === undefined) return false;
      // Whoever came later does it anew, or has done it: their results count.
      if (!(await kept.isNewest(owner))) throw new LeaseLost('Another worker has it.');
      await kept.end(owner, end);
    }
    const totals = await kept.totals();
    if (totals) await this.#registry.tell(run, { bucket, ...totals });
    return true;
  }

  #sizeFor(kind: RunRecord['request']['kind']): LivePoolSize {
    const known = this.#sizes.get(kind);
    return known ?? wantedPoolSize(kind === 'map' ? 'module' : kind, this.#options.poolSize);
  }

  #placeOf(text: string): Promise<Place> {
    const known = this.#places.get(text);
    if (known) return known;
    const opened = openPlace(text);
    opened.catch(() => this.#places.delete(text));
    this.#places.set(text, opened);
    return opened;
  }

  async #recordOf(place: Place, id: string): Promise<RunRecord> {
    const known = this.#runs.get(id) ?? (await readRun(place, id));
    if (!known)
      throw new Error(`There is no run ${id} in ${place.title}: is it the folder that all machines see?`);
    this.#runs.set(id, known);
    return known;
  }
}

interface Taken {
  readonly job: Job<BucketJob>;
  readonly token: string;
  readonly turn: Turn;
  readonly signal: AbortSignal;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

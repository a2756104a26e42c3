import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { ItemResult } from '../../../shared/result.ts';
import { version as program } from '../../../shared/version.ts';
import { LivePoolSize } from '../../pool/live-pool-size.ts';
import { type WantedPoolSize, wantedPoolSize } from '../../pool/wanted-pool-size.ts';
import { LiveLimits } from '../../run/limits/live-limits.ts';
import { BucketRecord, type Owner } from '../records/bucket-record.ts';
import { BucketGivenUp, isWithCare } from '../records/deaths.ts';
import type { RunRecord } from '../records/run-record.ts';
import { Pulse } from '../standings/pulse.ts';
import type { RequestRunner, WorkerAccess } from './bucket-work.ts';
import { connectQueue } from './connection.ts';
import { Lease, LeaseLost, leaseMs } from './lease.ts';
import { LeasedPoolSize } from './leased-pool-size.ts';
import { PlacesOfWorker } from './places-of-worker.ts';
import { isOfQueue, QueueFaults } from './queue-faults.ts';
import { type BucketJob, checkedJob, queueName, Registry } from './registry.ts';
import { runBucket } from './run-bucket.ts';
import { SizeOfKind } from './slots/size-of-kind.ts';
import { type SlotsOfBucket, WorkerSlots } from './slots/worker-slots.ts';

/** How often is looked for jobs whose worker is gone, in milliseconds. */
const stalledIntervalMs = 3_000;
/** A job whose workers were killed is handed out again, however often that was. */
const mostKills = 1_000_000;
/** How often is looked whether a further bucket is to be taken, in milliseconds. */
const lookEveryMs = 50;
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
  /** The places that runs may have. Without them whoever can write to the queue says where this worker works. */
  readonly places?: readonly string[] | undefined;
  /** Told what a person who looks at this worker should know. */
  readonly onNotice: (notice: string) => void;
  readonly events?: WorkerEvents | undefined;
}

/** Takes buckets from a queue, as many as it has slots for, until it is told to end. */
export class QueueWorker {
  readonly name = `${hostname()}-${process.pid}-shoal-${program}`;
  readonly #options: QueueWorkerOptions;
  readonly #redis: Redis;
  readonly #registry: Registry;
  readonly #faults: QueueFaults;
  readonly #places: PlacesOfWorker;
  readonly #sizes = new Map<string, SizeOfKind>();
  readonly #limits = new Map<string, LiveLimits>();
  readonly #slots = new WorkerSlots();
  readonly #working = new Set<Promise<void>>();
  readonly #pulse = new Pulse((standing) => this.#registry.heard.tell(this.name, standing));
  #taken = 0;

  private constructor(redis: Redis, options: QueueWorkerOptions) {
    this.#redis = redis;
    this.#registry = new Registry(redis);
    this.#options = options;
    this.#places = new PlacesOfWorker(options.places);
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
    const taking = this.#takeBuckets(worker, signal);
    await aborted(signal);
    // What is handed back needs the connection.
    const ended = taking.then(() => Promise.all(this.#working)).then(() => this.#sayGoodbye());
    await Promise.race([ended, sleep(mostToEndMs)]);
    this.#pulse.stop();
    await worker.close(true);
    await this.#places.close();
    this.#redis.disconnect();
  }

  async #sayGoodbye(): Promise<void> {
    this.#pulse.stop();
    await this.#registry.heard.forget(this.name);
  }

  async #takeBuckets(worker: Worker<BucketJob>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.#slots.furtherAt > performance.now()) {
        await sleep(lookEveryMs);
        continue;
      }
      const token = `${this.name}:${this.#taken}`;
      this.#taken += 1;
      try {
        const job = await worker.getNextJob(token, { block: true });
        // Woken by the end of the worker: nobody has begun it, and its lock ends soon.
        if (job && signal.aborted) await job.moveToWait(token);
        else if (job) this.#begin({ job, token, slots: this.#slots.take(), signal });
      } catch (error) {
        this.#faults.tell(error);
        await sleep(pauseAfterFaultMs);
      }
    }
  }

  #begin(taken: Taken): void {
    const working = this.#work(taken)
      .catch(async (error: unknown) => {
        this.#faults.tell(error);
        await sleep(pauseAfterFaultMs);
      })
      .finally(() => {
        this.#working.delete(working);
        taken.slots.close();
      });
    this.#working.add(working);
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
      if (error instanceof LeaseLost) {
        // Nobody else needs to take it to see that it is not wanted.
        if (await this.#registry.isCancelled(run)) await job.moveToCompleted('', token, false);
        return 'handed back';
      }
      // Not the bucket's: it is handed out again when its lease has ended.
      if (isOfQueue(error)) throw error;
      const { message } = error instanceof Error ? error : new Error(String(error));
      const isLast = error instanceof BucketGivenUp || job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
      const then = isLast ? '' : ' and is tried again';
      this.#options.onNotice(`Bucket ${bucket} of ${run} failed${then}: ${message}`);
      const { UnrecoverableError } = await import('bullmq');
      await job.moveToFailed(isLast ? new UnrecoverableError(message) : new Error(message), token, false);
      if (isLast) await this.#registry.tell(run, { bucket, problem: message });
      return isLast ? 'failed' : 'handed back';
    }
    if (isOver) await job.moveToCompleted('', token, false);
    else if (signal.aborted) await job.moveToWait(token);
    return isOver ? 'done' : 'handed back';
  }

  /** @returns whether the bucket is at its end. @throws LeaseLost if it is somebody else's by now. */
  async #workAs({ job, slots, signal }: Taken, lease: Lease): Promise<boolean> {
    const { run, bucket, place: named } = checkedJob(job.data);
    const { place, record } = await this.#places.find(named, run);
    if (record.sizes[bucket] === undefined) throw new Error(`${run} has no bucket ${bucket}.`);
    const kept = new BucketRecord(place, run, bucket);
    const owner = await kept.takeOver(this.name, { anew: isBegunAnew(record) });
    if (owner) {
      const { kind } = record.request;
      const size = this.#sizeFor(kind, owner);
      using _open = size.open();
      const poolSize = new LeasedPoolSize(size, slots, lease);
      slots.opens({
        size: () => size.size,
        items: record.sizes[bucket] ?? 0,
        mayWait: kind === 'fetch',
        onRoom: () => poolSize.lookAgain(),
      });
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
        options: {
          poolSize,
          signal: AbortSignal.any([lease.lost, signal]),
          ...this.#limitsFor(record),
        },
        onEnded: (result) => {
          this.#options.events?.onResult(kind, result);
          slots.itemEnded();
        },
      }).finally(() => poolSize.close());
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

  #sizeFor(kind: RunRecord['request']['kind'], owner: Owner): SizeOfKind {
    // One at a time: what this worker dies of is to be known.
    if (isWithCare(owner)) return new SizeOfKind(new LivePoolSize(1));
    const known = this.#sizes.get(kind);
    if (known) return known;
    const size = new SizeOfKind(wantedPoolSize(kind === 'map' ? 'module' : kind, this.#options.poolSize));
    this.#sizes.set(kind, size);
    return size;
  }

  /** Where a bandwidth was given it is the worker's own: the buckets of a run share it. */
  #limitsFor({ id, request }: RunRecord): { readonly limits?: LiveLimits } {
    if (request.kind !== 'fetch' || request.recipe.bandwidth === undefined) return {};
    const limits = this.#limits.get(id) ?? new LiveLimits();
    this.#limits.set(id, limits);
    return { limits };
  }
}

/** Whether the results of earlier owners do not tell what is left: they name no items, or tars do. */
function isBegunAnew({ request }: RunRecord): boolean {
  return request.kind === 'fetch' && (request.recipe.redact || request.recipe.dataset !== 'off');
}

interface Taken {
  readonly job: Job<BucketJob>;
  readonly token: string;
  readonly slots: SlotsOfBucket;
  readonly signal: AbortSignal;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { protocolVersion } from '../records/run-record.ts';
import { HeardWorkers } from '../standings/heard-workers.ts';

/** The name of the queue: workers of another version of the protocol listen to another. */
export const queueName = `shoal-v${protocolVersion}`;
const runsKey = `${queueName}:runs`;

/** Who submits a run shows that it is alive for so many seconds. */
const aliveSeconds = 10;
/** What the server knows of a run that has ended is kept for so many seconds. */
const keptSeconds = 30 * 24 * 3_600;

/** What a bucket's job says. */
export interface BucketJob {
  readonly run: string;
  readonly bucket: number;
  /** As the submitter names it. */
  readonly place: string;
}

/** What happened to a bucket. */
export type BucketEvent =
  | { readonly bucket: number; readonly done: number; readonly failed: number }
  | { readonly bucket: number; readonly problem: string };

type QueuedState = 'splitting' | 'not started' | 'queued' | 'ended' | 'cancelled';

export interface QueuedRun {
  readonly id: string;
  readonly state: QueuedState;
  readonly title: string;
  readonly place: string;
  readonly submittedAt: string;
  readonly items: number;
  readonly buckets: number;
}

/** A worker that is connected. */
export interface ConnectedWorker {
  readonly name: string;
  /** Of the protocol. */
  readonly version: number;
}

/** What the server knows of runs beside their jobs: how far they are. All else is in their places. */
export class Registry {
  /** What the workers tell of themselves. */
  readonly heard: HeardWorkers;
  readonly #redis: Redis;
  #queue: Promise<Queue<BucketJob>> | undefined;

  constructor(redis: Redis) {
    this.#redis = redis;
    this.heard = new HeardWorkers(redis, queueName);
  }

  get isConnected(): boolean {
    return this.#redis.status === 'ready';
  }

  /** The jobs. */
  queue(): Promise<Queue<BucketJob>> {
    this.#queue ??= import('bullmq').then(({ Queue }) => {
      const queue = new Queue<BucketJob>(queueName, { connection: this.#redis });
      // The connection tells of its faults itself, and so does each call.
      queue.on('error', () => {});
      return queue;
    });
    return this.#queue;
  }

  async close(): Promise<void> {
    await (await this.#queue)?.close();
    this.#redis.disconnect();
  }

  /** Call again and again while a run is being split. */
  async showsSplitting(id: string): Promise<void> {
    await this.#redis.set(`${keyOf(id)}:splitting`, '1', 'EX', aliveSeconds);
  }

  async begin(run: Pick<QueuedRun, 'id' | 'title' | 'place' | 'submittedAt'>): Promise<void> {
    await this.showsSplitting(run.id);
    await this.#redis.zadd(runsKey, Date.parse(run.submittedAt), run.id);
    await this.#redis.hset(keyOf(run.id), { ...run, state: 'splitting' });
  }

  async isQueued(id: string, { items, buckets }: Pick<QueuedRun, 'items' | 'buckets'>): Promise<void> {
    await this.#redis.hset(keyOf(id), { state: 'queued', items, buckets });
  }

  async forget(id: string): Promise<void> {
    await this.#redis.zrem(runsKey, id);
    await this.#redis.del(keyOf(id), `${keyOf(id)}:splitting`, `${keyOf(id)}:events`);
  }

  async run(id: string): Promise<QueuedRun | undefined> {
    const told = await this.#redis.hgetall(keyOf(id));
    if (told.id === undefined) return undefined;
    const { state = 'splitting', title = '', place = '', submittedAt = '', items = 0, buckets = 0 } = told;
    const isAlive = state !== 'splitting' || (await this.#redis.exists(`${keyOf(id)}:splitting`)) === 1;
    return {
      id,
      title,
      place,
      submittedAt,
      state: isAlive ? (state as QueuedState) : 'not started',
      items: Number(items),
      buckets: Number(buckets),
    };
  }

  /** The newest first. */
  async runs(): Promise<QueuedRun[]> {
    const ids = await this.#redis.zrevrange(runsKey, 0, -1);
    const runs: QueuedRun[] = [];
    for (const id of ids) {
      const run = await this.run(id);
      if (run) runs.push(run);
      else await this.#redis.zrem(runsKey, id);
    }
    return runs;
  }

  async isCancelled(id: string): Promise<boolean> {
    return (await this.#redis.hget(keyOf(id), 'state')) === 'cancelled';
  }

  async cancel(id: string): Promise<void> {
    await this.#redis.hset(keyOf(id), { state: 'cancelled' });
  }

  /** Buckets are done again: the run goes on, and nobody is told of their problems any more. */
  async goesOn(id: string, buckets: ReadonlySet<number>): Promise<void> {
    for (const event of await this.eventsFrom(id, 0)) {
      if (!buckets.has(event.bucket)) continue;
      await this.#redis.lrem(`${keyOf(id)}:events`, 0, JSON.stringify(event));
    }
    await this.#redis.hset(keyOf(id), { state: 'queued' });
    await this.#redis.persist(keyOf(id));
    await this.#redis.persist(`${keyOf(id)}:events`);
  }

  async hasEnded(id: string): Promise<void> {
    await this.#redis.hset(keyOf(id), { state: 'ended' });
    await this.#redis.expire(keyOf(id), keptSeconds);
    await this.#redis.expire(`${keyOf(id)}:events`, keptSeconds);
  }

  async tell(id: string, event: BucketEvent): Promise<void> {
    await this.#redis.rpush(`${keyOf(id)}:events`, JSON.stringify(event));
  }

  /** What happened from the given number on. A bucket may be told of more than once: the last one counts. */
  async eventsFrom(id: string, first: number): Promise<BucketEvent[]> {
    const events = await this.#redis.lrange(`${keyOf(id)}:events`, first, -1);
    return events.map((event) => JSON.parse(event) as BucketEvent);
  }

  /** All workers that are connected, of whatever version. */
  async workers(): Promise<ConnectedWorker[]> {
    const clients = String(await this.#redis.client('LIST'));
    const workers = [...clients.matchAll(/ name=bull:([A-Za-z0-9+/=]+):w:(\S+)/g)].flatMap(
      ([, queue = '', name = '']) => {
        const version = /^shoal-v(\d+)$/.exec(Buffer.from(queue, 'base64').toString())?.[1];
        return version === undefined ? [] : [{ name, version: Number(version) }];
      },
    );
    // A worker has several connections.
    return [...new Map(workers.map((worker) => [worker.name, worker])).values()];
  }
}

function keyOf(id: string): string {
  return `${queueName}:run:${id}`;
}

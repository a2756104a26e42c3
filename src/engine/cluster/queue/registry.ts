import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import * as z from 'zod/mini';
import { isRunId } from '../../run/journal/run-id.ts';
import { protocolVersion } from '../records/run-record.ts';
import { HeardWorkers } from '../standings/heard-workers.ts';
import { isOfQueue } from './queue-faults.ts';

/** The name of the queue: workers of another version of the protocol listen to another. */
export const queueName = `shoal-v${protocolVersion}`;
const runsKey = `${queueName}:runs`;

/** Who submits a run shows that it is alive for so many seconds. */
const aliveSeconds = 10;
/** What the server knows of a run that has ended is kept for so many seconds. */
const keptSeconds = 30 * 24 * 3_600;

const bucketJobSchema = z.looseObject({
  run: z.string().check(z.refine(isRunId)),
  bucket: z.int().check(z.nonnegative()),
  /** As the submitter names it. */
  place: z.string(),
});
/** What a bucket's job says. */
export type BucketJob = Readonly<z.infer<typeof bucketJobSchema>>;

/** Whoever can write to the server may have written anything. @throws if it is no job of ours. */
export function checkedJob(data: unknown): BucketJob {
  const checked = bucketJobSchema.safeParse(data);
  if (!checked.success) throw new Error('The job names no bucket of a run: who has written it?');
  return checked.data;
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
  /** Of the items: those that no worker can do. They have failed already. */
  readonly refused: number;
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

  /** @returns whether the id was free: nothing has begun if it was not. */
  async begin(run: Pick<QueuedRun, 'id' | 'title' | 'place' | 'submittedAt'>): Promise<boolean> {
    if ((await this.#redis.hsetnx(keyOf(run.id), 'id', run.id)) === 0) return false;
    await this.showsSplitting(run.id);
    await this.#redis.zadd(runsKey, Date.parse(run.submittedAt), run.id);
    await this.#redis.hset(keyOf(run.id), { ...run, state: 'splitting' });
    return true;
  }

  async isQueued(
    id: string,
    { items, refused, buckets }: Pick<QueuedRun, 'items' | 'refused' | 'buckets'>,
  ): Promise<void> {
    await this.#redis.hset(keyOf(id), { state: 'queued', items, refused, buckets });
  }

  async forget(id: string): Promise<void> {
    await this.#redis.zrem(runsKey, id);
    await this.#redis.del(keyOf(id), `${keyOf(id)}:splitting`, `${keyOf(id)}:events`);
  }

  async run(id: string): Promise<QueuedRun | undefined> {
    const told = await this.#redis.hgetall(keyOf(id));
    if (told.id === undefined) return undefined;
    const { title = '', place = '', submittedAt = '', items = 0, refused = 0, buckets = 0 } = told;
    return {
      id,
      title,
      place,
      submittedAt,
      state: await this.#stateOf(id, told),
      items: Number(items),
      refused: Number(refused),
      buckets: Number(buckets),
    };
  }

  async #stateOf(
    id: string,
    { state = 'splitting', cancelled }: Record<string, string>,
  ): Promise<QueuedState> {
    if (cancelled !== undefined && state !== 'ended') return 'cancelled';
    const isAlive = state !== 'splitting' || (await this.#redis.exists(`${keyOf(id)}:splitting`)) === 1;
    return isAlive ? (state as QueuedState) : 'not started';
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
    return (await this.#redis.hexists(keyOf(id), 'cancelled')) === 1;
  }

  /** In a field of its own: whoever hands the run out at the same moment does not write over it. */
  async cancel(id: string): Promise<void> {
    await this.#redis.hset(keyOf(id), { cancelled: '1' });
    await this.#isKept(id);
  }

  /** Buckets are done again: the run goes on, and nobody is told of their problems any more. */
  async goesOn(id: string, buckets: ReadonlySet<number>): Promise<void> {
    for (const event of await this.eventsFrom(id, 0)) {
      if (!('problem' in event && buckets.has(event.bucket))) continue;
      await this.#redis.lrem(`${keyOf(id)}:events`, 0, JSON.stringify(event));
    }
    await this.#redis.hset(keyOf(id), { state: 'queued' });
    await this.#redis.hdel(keyOf(id), 'cancelled');
    await this.#redis.persist(keyOf(id));
    await this.#redis.persist(`${keyOf(id)}:events`);
  }

  async hasEnded(id: string): Promise<void> {
    try {
      await this.#redis.hset(keyOf(id), { state: 'ended' });
      await this.#isKept(id);
    } catch (error) {
      // A server that is full takes no notes. Whoever looks next sees from the buckets that it has ended.
      if (!isOfQueue(error)) throw error;
    }
  }

  /** Who looks at a run that is over may do so for a while. */
  async #isKept(id: string): Promise<void> {
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

  /** All workers that are connected to this database of the server, of whatever version. */
  async workers(): Promise<ConnectedWorker[]> {
    const clients = String(await this.#redis.client('LIST'));
    const here = String(this.#redis.options.db ?? 0);
    const workers = [...clients.matchAll(/ name=bull:([A-Za-z0-9+/=]+):w:(\S+).*? db=(\d+)/g)].flatMap(
      ([, queue = '', name = '', database]) => {
        if (database !== here) return [];
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

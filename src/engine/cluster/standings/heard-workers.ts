import type { Redis } from 'ioredis';
import type { HeardWorker, WorkerStanding } from './worker-standing.ts';

/** So long it is kept what a worker told last: of one that was lost, too. */
const keptMs = 60_000;
/** Who was not heard of for so long is taken for lost, in milliseconds: workers tell every second. */
const lostAfterMs = 6_000;

/** What the workers of a queue have told last. */
export class HeardWorkers {
  readonly #redis: Redis;
  readonly #names: string;
  readonly #prefix: string;

  /** @param prefix of all that the queue keeps. */
  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#names = `${prefix}:workers`;
    this.#prefix = `${prefix}:worker:`;
  }

  async tell(name: string, standing: WorkerStanding): Promise<void> {
    await this.#redis
      .multi()
      .sadd(this.#names, name)
      .set(`${this.#prefix}${name}`, JSON.stringify(standing), 'PX', keptMs)
      .exec();
  }

  /** A worker that has ended is nobody to wait for. */
  async forget(name: string): Promise<void> {
    await this.#redis.multi().srem(this.#names, name).del(`${this.#prefix}${name}`).exec();
  }

  /** By name. */
  async all(): Promise<HeardWorker[]> {
    const names = (await this.#redis.smembers(this.#names)).sort();
    if (names.length === 0) return [];
    const asked = this.#redis.pipeline();
    for (const name of names) asked.get(`${this.#prefix}${name}`).pttl(`${this.#prefix}${name}`);
    const answers = (await asked.exec()) ?? [];
    const heard: HeardWorker[] = [];
    const gone: string[] = [];
    for (const [index, name] of names.entries()) {
      const text = answers[2 * index]?.[1];
      const leftMs = Number(answers[2 * index + 1]?.[1]);
      if (typeof text !== 'string' || leftMs < 0) {
        gone.push(name);
        continue;
      }
      const heardMs = Math.max(0, keptMs - leftMs);
      heard.push({ ...(JSON.parse(text) as WorkerStanding), name, heardMs, isLost: heardMs >= lostAfterMs });
    }
    if (gone.length > 0) await this.#redis.srem(this.#names, ...gone);
    return heard;
  }
}

import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { needs } from '../needs.ts';
import { tempFolder } from '../temp-folder.ts';
import { hasRedis, RedisProcess } from './redis-process.ts';

export const withRedis = needs('redis-server', hasRedis);

/** A real server that ends with the test. */
export class RedisServer {
  readonly #process: RedisProcess;

  private constructor(process: RedisProcess) {
    this.#process = process;
  }

  static async start(): Promise<RedisServer> {
    const process = await RedisProcess.start(tempFolder());
    onTestFinished(() => process.kill());
    return new RedisServer(process);
  }

  get port(): number {
    return this.#process.port;
  }

  get url(): string {
    return this.#process.url;
  }

  start(): Promise<void> {
    return this.#process.start();
  }

  pause(): void {
    this.#process.pause();
  }

  kill(): Promise<void> {
    return this.#process.kill();
  }

  /** Speaks to it once. */
  async command(name: string, ...args: readonly string[]): Promise<unknown> {
    const redis = new Redis(this.port, '127.0.0.1');
    try {
      return await redis.call(name, ...args);
    } finally {
      redis.disconnect();
    }
  }
}

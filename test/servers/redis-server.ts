import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { needs } from '../needs.ts';
import { tempFolder } from '../temp-folder.ts';

export const withRedis = needs(
  'redis-server',
  spawnSync('redis-server', ['--version'], { encoding: 'utf8' }).status === 0,
);

/** A real server on a free port, which writes down all that it is told before it answers. */
export class RedisServer {
  readonly port: number;
  readonly #folder = tempFolder();
  #process: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.start();
    onTestFinished(() => server.kill());
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.#process = spawn(
      'redis-server',
      ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.#folder, '--save', ''].concat([
        '--appendonly',
        'yes',
        '--appendfsync',
        'always',
      ]),
      { stdio: 'ignore' },
    );
    const redis = new Redis(this.port, '127.0.0.1', { maxRetriesPerRequest: null, retryStrategy: () => 50 });
    redis.on('error', () => {});
    while ((await redis.ping().catch(() => '')) !== 'PONG') await sleep(50);
    redis.disconnect();
  }

  /** Ends it as a machine that fails does. */
  async kill(): Promise<void> {
    const ending = this.#process;
    this.#process = undefined;
    if (!ending || ending.exitCode !== null) return;
    const over = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill('SIGKILL');
    await over;
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

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

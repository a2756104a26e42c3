import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killed, RedisProcess } from '../test/servers/redis-process.ts';
import { projectRoot } from '../tools/driver.ts';

/** A real queue with real workers, each ended by its process when the test is over. */
export class QueueServer {
  readonly #folder: string;
  readonly #redis: RedisProcess;
  readonly #workers: ChildProcess[] = [];

  private constructor(folder: string, redis: RedisProcess) {
    this.#folder = folder;
    this.#redis = redis;
  }

  static async start(): Promise<QueueServer> {
    const folder = mkdtempSync(join(tmpdir(), 'shoal-e2e-redis-'));
    return new QueueServer(folder, await RedisProcess.start(folder));
  }

  get url(): string {
    return this.#redis.url;
  }

  start(): Promise<void> {
    return this.#redis.start();
  }

  kill(): Promise<void> {
    return this.#redis.kill();
  }

  /** A worker with a state of its own, as one on another machine. */
  async startWorker(): Promise<void> {
    const state = mkdtempSync(join(this.#folder, 'worker-'));
    const worker = spawn(process.execPath, [join(projectRoot, 'bin/shoal.cjs'), 'work', this.url], {
      env: { ...process.env, NO_COLOR: '1', SHOAL_STATE_DIR: state },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#workers.push(worker);
    let told = '';
    worker.stderr?.on('data', (chunk: Buffer) => {
      told += chunk.toString();
    });
    while (!told.includes('waits for work')) await sleep(50);
  }

  /** Ends the worker that was started first, as a machine that fails does. */
  async killWorker(): Promise<void> {
    await killed(this.#workers.shift());
  }

  async close(): Promise<void> {
    for (const worker of this.#workers) await killed(worker);
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../tools/driver.ts';

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A real queue with real workers, each ended by its process when the test is over. */
export class QueueServer {
  readonly port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), 'shoal-e2e-redis-'));
  readonly #workers: ChildProcess[] = [];
  #server: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<QueueServer> {
    const server = new QueueServer(await freePort());
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.#folder, '--save', ''];
    this.#server = spawn('redis-server', [...args, '--appendonly', 'yes', '--appendfsync', 'always'], {
      stdio: 'ignore',
    });
    while (!(await isOpen(this.port))) await sleep(50);
  }

  /** Ends it as a machine that fails does. */
  async kill(): Promise<void> {
    await killed(this.#server);
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

  async close(): Promise<void> {
    for (const worker of this.#workers) await killed(worker);
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function killed(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await over;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

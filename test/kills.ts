import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ended, ended, type JsonEvent, parseEvents, Shell } from './run-shoal.ts';
import type { RedisServer } from './servers/redis-server.ts';

/** The same numbers for the same seed: the same kills, as far as the machine plays along. (mulberry32) */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Two workers, of which there are always two: who is killed, or stopped for a while, is followed by another. */
export class WorkersThatDie {
  readonly #redis: RedisServer;
  readonly #children: ChildProcess[] = [];
  readonly #stopped = new Set<ChildProcess>();

  constructor(redis: RedisServer) {
    this.#redis = redis;
    for (const place of [0, 1]) this.#start(place);
  }

  kill(place: number): void {
    this.#children[place]?.kill('SIGKILL');
    this.#start(place);
  }

  /** It wakes up late: when others may have its bucket, or have done it. */
  stop(place: number, ms: number): void {
    const child = this.#children[place];
    if (!child) return;
    child.kill('SIGSTOP');
    this.#stopped.add(child);
    setTimeout(() => this.#wake(child), ms).unref();
    this.#start(place);
  }

  wakeAll(): void {
    for (const child of this.#stopped) this.#wake(child);
  }

  #wake(child: ChildProcess): void {
    if (this.#stopped.delete(child)) child.kill('SIGCONT');
  }

  #start(place: number): void {
    this.#children[place] = new Shell().start(['work', this.#redis.url]);
  }
}

/** What is handed out. */
export interface Submitted {
  readonly args: readonly string[];
  readonly input?: string;
}

/** Whoever follows the run: at first its submitter; killed in the middle of splitting, nothing of it has started. */
export class Follower {
  readonly #redis: RedisServer;
  readonly #submitted: Submitted;
  readonly #shell = new Shell();
  #child: ChildProcess;
  #over: Promise<Ended>;

  constructor(redis: RedisServer, submitted: Submitted) {
    this.#redis = redis;
    this.#submitted = submitted;
    this.#child = this.#submit();
    this.#over = ended(this.#child);
  }

  /** Waits for the end. Who begins while the server is gone is told so, and begins again. */
  async end(): Promise<Ended> {
    for (;;) {
      const over = await this.#over;
      if (over.code !== 2 || !over.stderr.includes('cannot be used')) return over;
      await this.killAndFollow();
    }
  }

  async killAndFollow(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#over;
    const run = await this.#settledRun();
    const follows = run !== undefined && run.state !== 'not started';
    this.#child = follows ? this.#follow(run) : this.#submit();
    this.#over = ended(this.#child);
  }

  /** What the run comes to when it is looked at once more. */
  async again(): Promise<readonly JsonEvent[]> {
    const run = await this.#settledRun();
    return parseEvents((await ended(this.#follow(run))).stdout).results;
  }

  #submit(): ChildProcess {
    const { args, input } = this.#submitted;
    const all = [...args, '--queue', this.#redis.url, '--no-journal', '--json'];
    return this.#shell.start(all, input === undefined ? {} : { input });
  }

  #follow(run: JsonEvent | undefined): ChildProcess {
    return this.#shell.start(['follow', String(run?.id), '--queue', this.#redis.url, '--json']);
  }

  /** The newest run, once it is known whether it was started. */
  async #settledRun(): Promise<JsonEvent | undefined> {
    for (;;) {
      const { code, stdout } = await this.#shell.run(['runs', this.#redis.url, '--json']);
      const [newest] = stdout
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as JsonEvent]));
      if (code === 0 && newest?.state !== 'splitting') return newest;
      await sleep(1_000);
    }
  }
}

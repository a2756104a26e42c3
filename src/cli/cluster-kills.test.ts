import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { needs } from '../../test/needs.ts';
import { type Ended, ended, type JsonEvent, parseEvents, Shell } from '../../test/run-shoal.ts';
import { bodyOf, HostLog } from '../../test/servers/host-log.ts';
import { RedisServer } from '../../test/servers/redis-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';

/** So many processes are killed; `npm run test:cluster` asks for it. */
const kills = Number(process.env.SHOAL_KILLS ?? 0);
const killsARun = 5;
const perHost = 3;

/** The same kills for the same seed, as far as the machine plays along. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Two workers, of which there are always two: who is killed is followed by another. */
class WorkersThatDie {
  readonly #redis: RedisServer;
  readonly #children: ChildProcess[] = [];

  constructor(redis: RedisServer) {
    this.#redis = redis;
    for (const place of [0, 1]) this.#start(place);
  }

  kill(place: number): void {
    this.#children[place]?.kill('SIGKILL');
    this.#start(place);
  }

  #start(place: number): void {
    this.#children[place] = new Shell().start(['work', this.#redis.url]);
  }
}

/** Whoever follows the run: at first its submitter; killed in the middle of splitting, nothing of it has started. */
class Follower {
  readonly #redis: RedisServer;
  readonly #submit: readonly string[];
  readonly #shell = new Shell();
  #child: ChildProcess;
  over: Promise<Ended>;

  constructor(redis: RedisServer, list: string, place: string) {
    this.#redis = redis;
    const where = ['--queue', redis.url, '--out', place, '--per-host', String(perHost), '--no-journal'];
    this.#submit = ['fetch', list, ...where, '--json'];
    this.#child = this.#shell.start(this.#submit);
    this.over = ended(this.#child);
  }

  /** Waits for the end. Who begins while the server is gone is told so, and begins again. */
  async end(): Promise<Ended> {
    for (;;) {
      const over = await this.over;
      if (over.code !== 2 || !over.stderr.includes('cannot be used')) return over;
      await this.killAndFollow();
    }
  }

  async killAndFollow(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.over;
    const run = await this.#settledRun();
    const follows = run !== undefined && run.state !== 'not started';
    this.#child = this.#shell.start(
      follows ? ['follow', String(run.id), '--queue', this.#redis.url, '--json'] : this.#submit,
    );
    this.over = ended(this.#child);
  }

  /** The newest run, once it is known whether it was started. */
  async #settledRun(): Promise<JsonEvent | undefined> {
    for (;;) {
      const { stdout } = await this.#shell.run(['runs', this.#redis.url, '--json']);
      const [newest] = stdout
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as JsonEvent]));
      if (newest?.state !== 'splitting') return newest;
      await sleep(1_000);
    }
  }
}

async function runWithKills(seed: number): Promise<number> {
  const random = randomOf(seed);
  await using log = await HostLog.start(40);
  const redis = await RedisServer.start();
  const urls = log.urls(6, 100);
  const list = join(tempFolder(), 'urls.txt');
  writeFileSync(list, urls.join('\n'));
  const workers = new WorkersThatDie(redis);
  const follower = new Follower(redis, list, tempFolder());
  const done: string[] = [];
  for (let kill = 0; kill < killsARun; kill += 1) {
    await sleep(100 + random() * 1_500);
    const victim = ['worker', 'worker', 'redis', 'submitter'][Math.floor(random() * 4)] ?? '';
    done.push(victim);
    if (victim === 'worker') workers.kill(Math.floor(random() * 2));
    if (victim === 'submitter') await follower.killAndFollow();
    if (victim !== 'redis') continue;
    await redis.kill();
    await sleep(random() * 2_000);
    await redis.start();
  }
  const { code, stdout, stderr } = await follower.end();
  const { results } = parseEvents(stdout);
  expect([seed, done, code, code === 0 ? '' : stderr]).toEqual([seed, done, 0, '']);
  expect(results.map(({ input }) => input).toSorted()).toEqual(urls.toSorted());
  for (const { output, input, status } of results) {
    expect([input, status]).toEqual([input, expect.stringMatching(/^(done|skipped)$/)]);
    expect(readFileSync(String(output), 'utf8')).toBe(bodyOf(`/${basename(String(input))}`));
  }
  expect([seed, [...log.most.values()].filter((most) => most > perHost)]).toEqual([seed, []]);
  return done.length;
}

needs('SHOAL_KILLS', kills > 0).test(
  'whoever is killed, whenever: each item once in the report, each file right, no host asked by more than it may be',
  async () => {
    const seed = Number(process.env.SHOAL_SEED ?? 1);
    let killed = 0;
    for (let run = 0; killed < kills; run += 1) {
      killed += await runWithKills(seed * 1_000 + run);
      console.log(`${killed} of ${kills} kills`);
    }
    onTestFinished(() => console.log(`seed ${seed}`));
  },
  3_600_000,
);

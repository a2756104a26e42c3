import { describe, expect, it } from 'vitest';
import type { ItemResult } from '../../shared/result.ts';
import { END, type Feed, WAIT } from '../pool/feed.ts';
import { LivePoolSize } from '../pool/live-pool-size.ts';
import { driveRun, type RunSource } from './drive-run.ts';
import { RunResults, resultOf } from './run-results.ts';

/** A feed of these jobs that takes jobs back. */
class QueueFeed implements Feed<string> {
  readonly #jobs: string[];
  #wake: () => void = () => {};
  /** The number of jobs taken that may come back. */
  out = 0;

  constructor(jobs: readonly string[]) {
    this.#jobs = [...jobs];
  }

  take() {
    const job = this.#jobs.shift();
    if (job !== undefined) this.out += 1;
    return job ?? (this.out > 0 ? WAIT : END);
  }

  onReady(wake: () => void): void {
    this.#wake = wake;
  }

  putBack(job: string): void {
    this.out -= 1;
    this.#jobs.push(job);
    this.#wake();
  }

  async close(): Promise<void> {}
}

/** Jobs named `a:3` come back twice and end in their third turn. */
function comingBack(jobs: readonly string[], takeBack?: (job: string) => void) {
  const feed = new QueueFeed(jobs);
  const turns: string[] = [];
  const result = (job: string, status: ItemResult['status']) =>
    resultOf({ index: jobs.indexOf(job), input: job }, 0, { status });
  const source: RunSource<string> = {
    feed,
    poolSize: new LivePoolSize(1),
    takeTurn: async (job) => {
      turns.push(job);
      const wanted = Number(job.split(':')[1]);
      if (turns.filter((turn) => turn === job).length < wanted) return { kind: 'again' };
      feed.out -= 1;
      return { kind: 'ended', results: [result(job, 'done')] };
    },
    comeback: {
      takeBack: takeBack ?? ((job) => feed.putBack(job)),
      cancelled: (job) => result(job, 'cancelled'),
    },
  };
  return { source, turns };
}

describe('the run driver', () => {
  it('gives jobs their turns until each has its result, and counts them', async () => {
    const { source, turns } = comingBack(['a:1', 'b:3', 'c:2']);
    const told: ItemResult[] = [];
    const results = new RunResults({ onResult: (result) => told.push(result) });
    const slots: string[] = [];
    await driveRun(source, results, {
      onPlace: (slot, item) => slots.push(`${slot} ${item?.input ?? 'free'}`),
    });
    expect(told.map(({ input, status }) => `${input} ${status}`)).toEqual([
      'a:1 done',
      'c:2 done',
      'b:3 done',
    ]);
    expect(turns).toHaveLength(6);
    expect(slots).toEqual(Array(6).fill('0 free'));
    expect(results.summary(new LivePoolSize(1))).toMatchObject({ total: 3, done: 3 });
  });

  it('tells jobs that an abort kept from coming back as cancelled', async () => {
    const controller = new AbortController();
    const { source } = comingBack(['a:1', 'b:2'], () => controller.abort());
    const results = new RunResults({});
    await driveRun(source, results, { signal: controller.signal });
    expect(results.summary(new LivePoolSize(1))).toMatchObject({ total: 2, done: 1, cancelled: 1 });
  });

  it('ends a run whose source takes no job back with an error', async () => {
    const { comeback: _, ...source } = comingBack(['a:2']).source;
    await expect(driveRun(source, new RunResults({}), {})).rejects.toThrow('takes no job back');
  });
});

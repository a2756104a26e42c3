import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { Page } from '../../../test/page.ts';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { Engine } from '../../engine/index.ts';
import { runIds } from '../../engine/run/front-ends/index.ts';
import { journalIdSchema } from '../../shared/ipc/history.ts';
import type { RunId } from '../../shared/ipc/run.ts';
import { mapRequestSchema } from '../../shared/requests.ts';
import { ThumbRegistry } from '../images/thumb-registry.ts';
import { ModuleRegistry } from '../inputs/module-registry.ts';
import type { ResolvedJob } from '../jobs/resolved-job.ts';
import { JsonFile } from '../storage/json-file.ts';
import { PastedLists } from '../storage/pasted-lists.ts';
import { RecentRuns } from '../storage/recent-runs.ts';
import { openRun } from './open-run.ts';
import { RunRegistry } from './run-registry.ts';

const size = { size: 1, automatic: false };

beforeEach(() => {
  process.env.SHOAL_STATE_DIR = tempFolder();
});
afterEach(() => {
  delete process.env.SHOAL_STATE_DIR;
});

/** Runs of a function that notes its items, fails those that are named, and never ends the one that is held. */
function runs(engine: Engine) {
  const folder = tempFolder();
  const [fails, holds, did] = ['fails', 'holds', 'did'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFiles(folder, {
    fails: '',
    holds: '',
    did: '',
    'own.mjs': `import { appendFileSync, readFileSync } from 'node:fs';
      const named = (file, item) => readFileSync(file, 'utf8').split(' ').includes(item);
      export default async (item, { signal }) => {
        if (named(${JSON.stringify(holds)}, item)) {
          await new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)));
        }
        if (named(${JSON.stringify(fails)}, item)) throw new Error('not yet');
        appendFileSync(${JSON.stringify(did)}, item + ' ');
        return 'did ' + item;
      };`,
  });
  const page = new Page();
  const recent = new RecentRuns(new PastedLists(join(folder, 'lists')));
  let agrees = true;
  const modules = new ModuleRegistry({
    known: new JsonFile(join(folder, 'known.json'), z.array(z.string()), () => []),
    ask: async () => agrees,
  });
  const sessions = new RunRegistry({
    engine,
    thumbs: new ThumbRegistry(),
    modules,
    recent,
    poolCeiling: 8,
    tell: page.tell,
  });
  page.acknowledge = (runId, sequence) => sessions.find(runId)?.acknowledge(sequence);
  const request = mapRequestSchema.parse({
    kind: 'map',
    module: join(folder, 'own.mjs'),
    inputs: [{ kind: 'text', text: 'one\ntwo\nthree\nfour\nfive' }],
  });
  const words = { title: 'own.mjs', destination: '', folder: '' };
  const job: ResolvedJob = { kind: 'map', request, force: false, ...words };
  /** Cancels a run once so many of its items were done. */
  const cancelAfter = async (runId: RunId, done: number) => {
    await expect.poll(() => sessions.get(runId).counters.done).toBe(done);
    sessions.cancel(runId);
    await page.finished(runId);
  };
  return {
    sessions,
    page,
    cancelAfter,
    first: () => sessions.start(job, size),
    halting: (stopOnError: number) =>
      sessions.start({ ...job, request: { ...request, recipe: { stopOnError } } }, size),
    again: (runId: RunId) => sessions.start(recent.job(runId) as ResolvedJob, size, { continues: runId }),
    fail: (items: string) => writeFileSync(fails, items),
    hold: (items: string) => writeFileSync(holds, items),
    /** Another version of the module, and whether the person lets it run. */
    change: (answer: boolean) => {
      agrees = answer;
      appendFileSync(request.module, '\n');
    },
    removeModule: () => rmSync(request.module),
    done: () => readFileSync(did, 'utf8').trim(),
  };
}

it('what a cancelled run of a function has not done is done when it is continued, however often, and nothing twice', async () => {
  await using engine = new Engine();
  const { sessions, page, first, again, cancelAfter, hold, done } = runs(engine);
  hold('two');
  const one = await first();
  await cancelAfter(one, 1);
  hold('four');
  const two = await again(one);
  await cancelAfter(two, 2);
  hold('');
  const three = await again(two);
  expect((await page.finished(three)).counters).toMatchObject({ total: 2, done: 2 });
  expect(done()).toBe('one two three four five');
  const { rows } = sessions.get(three).rows({ filter: 'all' }, 0, 10);
  expect(rows.map(({ name, value }) => [name, value])).toEqual([
    ['four', 'did four'],
    ['five', 'did five'],
  ]);
});

it('what a retry of failed items has done is not done twice when that is continued more than once', async () => {
  await using engine = new Engine();
  const { sessions, page, first, again, cancelAfter, fail, hold, done } = runs(engine);
  fail('two four');
  const whole = await first();
  await page.finished(whole);
  fail('');
  hold('four');
  const retry = await sessions.retryFailed(whole, ['TASK_THREW']);
  await cancelAfter(retry, 1);
  const rest = await again(retry);
  await cancelAfter(rest, 0);
  hold('');
  await page.finished(await again(rest));
  expect(done()).toBe('one three five two four');
});

it('a function that has changed is not run again unless the person agrees, however that is asked for', async () => {
  await using engine = new Engine();
  const { sessions, page, first, again, fail, change, removeModule, done } = runs(engine);
  fail('two');
  const whole = await first();
  await page.finished(whole);
  fail('');
  change(false);
  const refused = { code: 'MODULE_REFUSED' };
  await expect(first()).rejects.toMatchObject(refused);
  await expect(again(whole)).rejects.toMatchObject(refused);
  await expect(sessions.retryFailed(whole)).rejects.toMatchObject(refused);
  await expect(sessions.retryItems(whole, new Set(['two']))).rejects.toMatchObject(refused);
  expect(sessions.isOn).toBe(false);
  expect(done()).toBe('one three four five');
  change(true);
  await page.finished(await sessions.retryFailed(whole));
  expect(done()).toBe('one three four five two');
  removeModule();
  await expect(again(whole)).rejects.toMatchObject({ code: 'MODULE_GONE' });
});

it('a run that halts after a failure says so, and that the others are left, also when it is opened again', async () => {
  await using engine = new Engine();
  const { page, halting, fail } = runs(engine);
  fail('two');
  const halted = await halting(1);
  const update = await page.finished(halted);
  expect(update.problem).toBe('It was halted, as asked, once 1 item had failed.');
  expect(update.counters).toMatchObject({ total: 5, done: 1, failed: 1, cancelled: 0 });
  await expect.poll(() => runIds().length).toBe(1);
  const opened = await openRun(journalIdSchema.parse(runIds()[0]), new ThumbRegistry());
  expect(opened.session.snapshot()).toMatchObject({ problem: update.problem, counters: update.counters });
});

it('of two starts that wait for the same answer one starts', async () => {
  await using engine = new Engine();
  const { page, first } = runs(engine);
  const starts = await Promise.allSettled([first(), first()]);
  // Whichever hears the answer first.
  const [started, refused] = starts.toSorted((one, other) => (one.status < other.status ? -1 : 1));
  expect(started?.status).toBe('fulfilled');
  expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'RUN_ON' } });
  await page.finished();
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../test/temp-folder.ts';
import { fetchRequestSchema } from '../../shared/requests.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { ResolvedJob } from '../jobs/resolved-job.ts';
import { JsonFile } from '../storage/json-file.ts';
import { keptJob } from '../storage/kept-job.ts';
import { PastedLists } from '../storage/pasted-lists.ts';
import { keptQueueSchema, RunQueue } from './run-queue.ts';

let folder: string;
let started: string[];
let refuse: Set<string>;
beforeEach(() => {
  folder = tempFolder();
  started = [];
  refuse = new Set();
});

function queue(isOn = () => true): RunQueue {
  const texts = new PastedLists(join(folder, 'lists'));
  return new RunQueue({
    file: new JsonFile(join(folder, 'queue.json'), keptQueueSchema, () => []),
    keep: (job) => keptJob(job, texts),
    start: async ({ title }) => {
      if (refuse.has(title)) throw new RequestProblem('CANNOT_START', `${title} is not there any more.`);
      started.push(title);
    },
    isOn,
    tell: () => {},
  });
}

function job(title: string, text = 'http://a.test/1', recipe: object = {}): ResolvedJob {
  const request = fetchRequestSchema.parse({
    kind: 'fetch',
    inputs: [{ kind: 'text', text }],
    recipe,
    outputFolder: join(folder, 'out'),
  });
  return { kind: 'fetch', request, force: false, title, destination: folder, folder };
}

const size = { size: 3, automatic: false };
const titles = (of: RunQueue) => of.state().entries.map(({ title }) => title);
const idOf = (of: RunQueue, title: string) => {
  const entry = of.state().entries.find((each) => each.title === title);
  if (entry === undefined) throw new Error(`${title} is not in the queue.`);
  return entry.id;
};

test('entries start one after the other in their order, which can be changed', async () => {
  const runs = queue();
  for (const title of ['one', 'two', 'three']) runs.add(job(title), size);
  runs.move(idOf(runs, 'three'), 0);
  expect(titles(runs)).toEqual(['three', 'one', 'two']);
  runs.remove(idOf(runs, 'one'));
  await runs.ended(false);
  await runs.ended(false);
  await runs.ended(false);
  expect(started).toEqual(['three', 'two']);
  expect(titles(runs)).toEqual([]);
});

test('after a cancel the next one waits until it is told to start', async () => {
  let on = false;
  const runs = queue(() => on);
  runs.add(job('one'), size);
  await runs.ended(true);
  expect(runs.state().held).toBe('cancelled');
  expect(started).toEqual([]);
  on = true;
  await runs.goOn();
  expect(started).toEqual([]);
  await runs.ended(false);
  expect(started).toEqual(['one']);
});

test('one that cannot start stays with its reason, and the others go on', async () => {
  const runs = queue(() => false);
  for (const title of ['one', 'two']) runs.add(job(title), size);
  refuse.add('one');
  await runs.ended(false);
  expect(started).toEqual(['two']);
  expect(runs.state().entries).toMatchObject([{ title: 'one', problem: 'one is not there any more.' }]);
  refuse.clear();
  await runs.goOn();
  expect(started).toEqual(['two', 'one']);
});

test('the queue survives a restart without its secrets, starts nothing by itself, and says what it needs', async () => {
  const first = queue();
  first.add(job('plain'), size);
  first.add(job('headers', 'http://a.test/2', { headers: { Authorization: 'Bearer s3cret' } }), size);
  first.add(job('passwords', 'http://me:s3cret@a.test/3'), size);
  expect(first.state().entries.map(({ needs }) => needs.length)).toEqual([0, 0, 0]);
  const file = readFileSync(join(folder, 'queue.json'), 'utf8');
  expect(file).not.toContain('s3cret');
  expect(file).not.toContain('me:');

  const again = queue(() => false);
  expect(again.state().held).toBe('last-time');
  expect(titles(again)).toEqual(['plain', 'headers', 'passwords']);
  expect(again.state().entries.map(({ needs }) => needs)).toEqual([[], ['Headers'], ['the list of URLs']]);
  expect(again.lists.size).toBe(2);
  await again.ended(false);
  expect(started).toEqual([]);
  await again.goOn();
  expect(started).toEqual(['plain']);
  // What misses something is not started without it.
  await again.ended(false);
  expect(titles(again)).toEqual(['headers', 'passwords']);
});

test('a file that somebody else wrote costs no more than what does not fit', () => {
  const file = new JsonFile(join(folder, 'queue.json'), keptQueueSchema, () => []);
  queue().add(job('one'), size);
  file.write([...file.read(), { id: 'x' }, 7]);
  expect(titles(queue())).toEqual(['one']);
});

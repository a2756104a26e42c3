import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleFolder } from '../../../test/images/image-folders.ts';
import { tempFolder } from '../../../test/temp-folder.ts';
import { thumbnails } from '../../engine/index.ts';
import { journalPath, runIds } from '../../engine/run/front-ends/index.ts';
import { journalIdSchema } from '../../shared/ipc/history.ts';
import { ThumbRegistry } from '../images/thumb-registry.ts';
import { openRun } from './open-run.ts';

beforeEach(() => {
  process.env.SHOAL_STATE_DIR = tempFolder();
});
afterEach(() => {
  delete process.env.SHOAL_STATE_DIR;
});

const open = (id = runIds()[0]) => openRun(journalIdSchema.parse(id), new ThumbRegistry());

test('a run that somebody else made is read from its journal: rows, causes, pictures, and what is gone since', async () => {
  const folder = await sampleFolder(6);
  writeFileSync(join(folder, 'broken.jpg'), 'no image');
  await thumbnails(folder, { journal: true });
  const { session, job } = await open();
  expect(job).toMatchObject({ kind: 'thumbnails', request: { paths: [folder] } });
  const { state, counters, failures, warnings, destination } = session.snapshot();
  expect({ state, destination }).toEqual({ state: 'finished', destination: join(folder, 'thumbs') });
  expect(counters).toMatchObject({ total: 7, totalKnown: true, done: 6, failed: 1, inFlight: 0 });
  expect(failures).toMatchObject([{ code: 'NOT_AN_IMAGE', count: 1 }]);
  expect(warnings).toBeUndefined();
  const { rows } = session.rows({ filter: 'all', search: 'broken' }, 0, 10);
  expect(rows).toMatchObject([{ name: 'broken.jpg', state: 'failed' }]);
  expect(session.rows({ filter: 'done' }, 0, 10).rows.every(({ thumb }) => thumb !== undefined)).toBe(true);

  const [first = ''] = readdirSync(join(folder, 'thumbs'));
  rmSync(join(folder, 'thumbs', first));
  const later = await open();
  expect(later.session.snapshot().warnings).toEqual([
    '1 of its 6 files is not there any more, where this run put them.',
  ]);
});

test('a journal that was cut off and has lines of nobody is read as far as it goes', async () => {
  const id = '20261128-150203-7f3a';
  mkdirSync(join(process.env.SHOAL_STATE_DIR ?? '', 'runs'), { recursive: true });
  const head = {
    type: 'run',
    version: 1,
    id,
    program: '0.1.0',
    startedAt: '2026-11-28T15:02:03.500Z',
    owner: { host: 'elsewhere', pid: 1, start: 'x' },
    folder: '/home/me',
    front: 'terminal',
    title: 'photos',
    request: { kind: 'thumbnails', paths: ['photos'], recipe: {} },
  };
  const lines = [
    head,
    { type: 'pool', atMs: 0, size: 4 },
    { type: 'result', input: 'photos/a.jpg', status: 'done', ms: 3, output: 'photos/thumbs/a.jpg' },
    { type: 'result', input: 7, status: 'done' },
    { type: 'result', input: 'x', status: 'eaten' },
    { type: 'result', input: 'x', status: 'working' },
    { type: 'later', what: 'is this' },
    {
      type: 'result',
      input: 'photos/b.jpg',
      status: 'failed',
      ms: 1,
      error: { code: 'NEW_ONE', message: 'From a later version.' },
    },
    { type: 'problem', message: 'The disk is full.' },
  ];
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  writeFileSync(journalPath(id), `${text}\n{"type":"resu`);
  const { session } = await open(id);
  const { problem, counters, poolSize } = session.snapshot();
  expect({ problem, poolSize }).toEqual({ problem: 'The disk is full.', poolSize: 4 });
  expect(counters).toMatchObject({ done: 1, failed: 1 });
  expect(session.item(0)?.output).toBe('/home/me/photos/thumbs/a.jpg');
  expect(session.row(1)?.error).toMatchObject({ code: 'UNEXPECTED', message: 'From a later version.' });
});

test.each([
  { given: ['one', 'b/two'], inputs: [{ kind: 'items', items: ['one', 'b/two'] }] },
  { given: null, inputs: [{ kind: 'journal', id: '20261128-150203-7f3a' }] },
])(
  'a run of `shoal map` with items $given is read as well, its items as they were',
  async ({ given, inputs }) => {
    const id = '20261128-150203-7f3a';
    mkdirSync(join(process.env.SHOAL_STATE_DIR ?? '', 'runs'), { recursive: true });
    const lines = [
      {
        ...{ type: 'run', version: 1, id, program: '0.1.0', startedAt: '2026-11-28T15:02:03.500Z' },
        owner: { host: 'elsewhere', pid: 1, start: 'x' },
        ...{ folder: '/home/me', front: 'terminal', title: 'map ./count.mjs one and 1 more' },
        request: { kind: 'map', module: './count.mjs', items: given },
      },
      { type: 'result', input: 'one', status: 'done', ms: 3 },
      {
        type: 'result',
        input: 'b/two',
        status: 'failed',
        ms: 1,
        error: { code: 'TASK_THREW', message: 'No.' },
      },
      { type: 'problem', message: 'The disk is full.' },
    ];
    writeFileSync(journalPath(id), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const { session, job } = await open(id);
    expect(job).toMatchObject({ kind: 'map', request: { module: '/home/me/count.mjs', inputs } });
    expect([session.item(0)?.input, session.item(1)?.input]).toEqual(['one', 'b/two']);
    expect(session.row(1)?.error).toMatchObject({ code: 'TASK_THREW' });
  },
);

test('what the window cannot show is said with the command that can', async () => {
  await expect(open('20261128-150203-7f3a')).rejects.toThrow('is gone, or cannot be read');
});

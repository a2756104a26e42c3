import { expect, it } from 'vitest';
import type { JournalHead } from '../../engine/run/front-ends/index.ts';
import { jobOfHead } from './job-of-head.ts';

const headWith = (module: unknown, more: object = {}): JournalHead => ({
  type: 'run',
  version: 1,
  id: '20261128-150203-0000',
  startedAt: '2026-11-28T15:02:03Z',
  owner: { host: 'here', pid: 1, start: '1' },
  program: '0.1.0',
  folder: '/work',
  front: 'terminal',
  title: 'a test',
  request: { kind: 'map', module, items: ['one'], ...more },
});

it('tells the module of a run with its whole path', () => {
  expect(jobOfHead(headWith('own.mjs'))?.request).toMatchObject({ module: '/work/own.mjs' });
  expect(jobOfHead(headWith('file:///own.mjs'))?.request).toMatchObject({ module: '/own.mjs' });
});

it.each([7, null, undefined, 'file://elsewhere/own.mjs', 'file:///a%2Fb.mjs'])(
  'knows no job of a journal whose module somebody made %j',
  (module) => {
    expect(jobOfHead(headWith(module))).toBeUndefined();
  },
);

it('knows how a function was applied, by which export, and that journals of former versions say nothing of it', () => {
  const recipe = { data: { width: 800 }, retries: 2 };
  const request = jobOfHead(headWith('own.mjs#low', { recipe, order: 'finished' }))?.request;
  expect(request).toMatchObject({ module: '/work/own.mjs#low', recipe });
  expect(jobOfHead(headWith('own.mjs'))?.request).toMatchObject({ recipe: {} });
});

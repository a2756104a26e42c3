import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { mapRequestSchema } from '../../shared/requests.ts';
import type { ItemResult } from '../../shared/result.ts';
import { journalFolder, journalPath } from '../run/journal/journal-folder.ts';
import { runMap } from './run-map.ts';

const task = (name: string) => fileURLToPath(new URL(`../../../test/tasks/${name}.mjs`, import.meta.url));

async function resultsOf(request: object, options: Parameters<typeof runMap>[1] = {}) {
  const results: ItemResult[] = [];
  const asked = mapRequestSchema.parse({ kind: 'map', ...request });
  const summary = await runMap(asked, {
    poolSize: 4,
    ...options,
    onResult: (result) => results.push(result),
  });
  return { results, summary };
}

test('the lines of a text, of a list, and the files of a folder are items, with results in their order', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'list.txt': 'three\r\nfour\n', 'in/b.log': '', 'in/a/c.log': '', 'in/.hidden': '' });
  const totals: number[] = [];
  const { results, summary } = await resultsOf(
    {
      module: task('shuffle'),
      inputs: [
        { kind: 'text', text: 'one\n\ntwo' },
        { kind: 'list', path: join(folder, 'list.txt') },
        { kind: 'folder', path: join(folder, 'in') },
        { kind: 'items', items: ['last'] },
      ],
    },
    { onTotal: (total) => totals.push(total) },
  );
  const items = ['one', 'two', 'three', 'four', join(folder, 'in/a/c.log'), join(folder, 'in/b.log'), 'last'];
  expect(results.map(({ input }) => input)).toEqual(items);
  expect(results.map(({ value }) => value)).toEqual(items.map((item) => `did ${item}`));
  expect(results.map(({ index }) => index)).toEqual(items.map((_, index) => index));
  expect(summary).toMatchObject({ total: 7, done: 7, failed: 0 });
  expect(totals).toEqual([7]);
});

test('subfolders can be left out, and all but some items', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a.log': '', 'b.log': '', 'deep/c.log': '' });
  const { results } = await resultsOf(
    { module: task('shuffle'), inputs: [{ kind: 'folder', path: folder }], recursive: false },
    { only: new Set([join(folder, 'b.log'), join(folder, 'deep/c.log')]) },
  );
  expect(results.map(({ input }) => input)).toEqual([join(folder, 'b.log')]);
});

test('a dry run loads the module and counts the items, and does none', async () => {
  const inputs = [{ kind: 'text', text: 'one\ntwo' }];
  const { results } = await resultsOf({ module: task('die'), inputs }, { dryRun: true });
  expect(results.map(({ status, reason }) => [status, reason])).toEqual([
    ['skipped', 'dry-run'],
    ['skipped', 'dry-run'],
  ]);
});

test('a module that cannot be loaded, or has no function, starts nothing and is told of by its name alone', async () => {
  const inputs = [{ kind: 'text', text: 'one' }];
  const broken = resultsOf({ module: task('broken'), inputs });
  await expect(broken).rejects.toThrow(/^Cannot load broken\.mjs: /);
  await expect(broken).rejects.not.toThrow(/test\/tasks/);
  await expect(resultsOf({ module: task('no-default'), inputs })).rejects.toThrow(
    'Expected no-default.mjs to export a function as its default, got ',
  );
});

test('a module that never ends loading can be given up', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'forever.mjs': 'for (;;);' });
  const inputs = [{ kind: 'text', text: 'one' }];
  const giveUp = new AbortController();
  const running = resultsOf({ module: join(folder, 'forever.mjs'), inputs }, { signal: giveUp.signal });
  giveUp.abort();
  expect((await running).summary.total).toBe(0);
});

test('what is no text is made one, and what is long is cut', async () => {
  const folder = tempFolder();
  writeFiles(folder, {
    'kinds.mjs': `export default (item) => ({ a: { n: [1n] }, none: undefined, long: 'x'.repeat(5000) })[item];`,
  });
  const { results } = await resultsOf({
    module: join(folder, 'kinds.mjs'),
    inputs: [{ kind: 'text', text: 'a\nnone\nlong' }],
  });
  expect(results.map(({ value }) => value)).toEqual(['{"n":["1"]}', 'null', `${'x'.repeat(4000)}…`]);
});

test('a folder whose name is not UTF-8 fails as one item, and what is beside it is done', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a.log': '', 'z.log': '' });
  const odd = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9])]);
  mkdirSync(odd);
  writeFileSync(Buffer.concat([odd, Buffer.from('/in.log')]), '');
  writeFileSync(Buffer.concat([odd, Buffer.from('.log')]), '');
  const totals: number[] = [];
  const { results } = await resultsOf(
    { module: task('shuffle'), inputs: [{ kind: 'folder', path: folder }] },
    { onTotal: (total) => totals.push(total) },
  );
  expect(results.map(({ input, status, error }) => [input, error?.code ?? status])).toEqual([
    [join(folder, 'a.log'), 'done'],
    [join(folder, String.raw`caf\xE9`), 'NAME_NOT_UTF8'],
    [join(folder, String.raw`caf\xE9.log`), 'NAME_NOT_UTF8'],
    [join(folder, 'z.log'), 'done'],
  ]);
  expect(results[1]?.error?.message).toBe(String.raw`Cannot read ${folder}/caf\xE9: the name is not UTF-8.`);
  expect(totals).toEqual([4]);
});

test('a run that an error ends tells no total afterwards', async () => {
  const totals: number[] = [];
  const text = 'one\n'.repeat(100_000);
  const running = runMap(
    mapRequestSchema.parse({ kind: 'map', module: task('shuffle'), inputs: [{ kind: 'text', text }] }),
    {
      poolSize: 1,
      onTotal: (total) => totals.push(total),
      onResult: () => {
        throw new Error('no more');
      },
    },
  );
  await expect(running).rejects.toThrow('no more');
  const told = totals.length;
  for (let turn = 0; turn < 500; turn += 1) await nextTurn();
  expect(totals).toHaveLength(told);
});

test('a run that waits for its slowest item is not told to wait for the reader', async () => {
  const folder = tempFolder();
  writeFiles(folder, {
    'slow.mjs': `export default (item) =>
      item === 'slow' ? new Promise((ended) => setTimeout(ended, 5_000)) : item;`,
  });
  const text = ['first\n'.repeat(50), 'slow\n', 'next\n'.repeat(5_000)].join('');
  const { summary } = await resultsOf(
    { module: join(folder, 'slow.mjs'), inputs: [{ kind: 'text', text }] },
    { poolSize: 2 },
  );
  expect(summary.done).toBe(5_051);
  expect(summary.limit?.kind).not.toBe('reader');
}, 30_000);

test('items that a journal has not kept whole are left out with one warning', async () => {
  process.env.SHOAL_STATE_DIR = tempFolder();
  onTestFinished(() => {
    delete process.env.SHOAL_STATE_DIR;
  });
  const id = '20261128-150203-0000';
  const path = journalPath(id, journalFolder());
  mkdirSync(dirname(path), { recursive: true });
  const lines = [{ input: 'one' }, { input: 'lo…', cut: true }, { input: 'two' }];
  const results = lines.map((line) => JSON.stringify({ type: 'result', status: 'done', ms: 1, ...line }));
  writeFileSync(path, `${results.join('\n')}\n`);
  const warnings: string[] = [];
  const request = { module: task('shuffle'), inputs: [{ kind: 'journal', id }] };
  const options = { onWarning: (warning: string) => warnings.push(warning), onTotal: () => {} };
  expect((await resultsOf(request, options)).results.map(({ input }) => input)).toEqual(['one', 'two']);
  expect(warnings).toEqual(['1 long items are not kept whole in the journal and were left out.']);
});

const given = (module: string, items: readonly string[], recipe: object) => ({
  module,
  recipe,
  inputs: [{ kind: 'items', items }],
});

test('a recipe gives the function its data, tries an item again and gives up one that takes too long', async () => {
  const folder = tempFolder();
  const module = join(folder, 'tasks.mjs');
  writeFileSync(
    module,
    `const tried = new Set();
    export const act = async (item, { data, signal }) => {
      if (item === 'again' && !tried.has(item)) { tried.add(item); throw new Error('not yet'); }
      if (item === 'endless') await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      return item + data.suffix;
    };`,
  );
  const recipe = { data: { suffix: '!' }, retries: 1, timeoutMs: 300, chunkSize: 1 };
  const { results } = await resultsOf(given(`${module}#act`, ['one', 'again', 'endless'], recipe), {
    poolSize: 1,
  });
  expect(results.map(({ value, error }) => value ?? error?.code)).toEqual(['one!', 'again!', 'TASK_TIMEOUT']);
});

test('a run that is to halt begins nothing more, and tells of nothing that it had not begun', async () => {
  const folder = tempFolder();
  const module = join(folder, 'task.mjs');
  writeFileSync(
    module,
    `export default (item) => { if (item === 'bad') throw new RangeError('bad'); return item; };`,
  );
  const items = ['a', 'bad', ...Array.from({ length: 5_000 }, (_, at) => `later ${at}`)];
  const { results, summary } = await resultsOf(given(module, items, { stopOnError: 1 }), { poolSize: 1 });
  expect(results.slice(0, 2).map(({ status }) => status)).toEqual(['done', 'failed']);
  expect(results.length).toBeLessThan(5_000);
  expect(summary).toMatchObject({ halted: 1, failed: 1, total: results.length });
});

test('where and why a function failed is told', async () => {
  const folder = tempFolder();
  const module = join(folder, 'task.mjs');
  writeFileSync(
    module,
    `export default () => { throw Object.assign(new RangeError('far', { cause: new Error('below') }), { code: 'E_FAR' }); };`,
  );
  const { results } = await resultsOf(given(module, ['a'], {}));
  expect(results[0]?.error).toMatchObject({
    code: 'TASK_THREW',
    name: 'RangeError',
    errorCode: 'E_FAR',
    stack: expect.stringContaining('task.mjs:1:'),
    cause: { name: 'Error', message: 'below' },
  });
});

test('an init that fails ends the run before any item', async () => {
  const folder = tempFolder();
  const module = join(folder, 'task.mjs');
  writeFileSync(
    module,
    `export const init = () => { throw new Error('no key'); }; export default (item) => item;`,
  );
  await expect(resultsOf(given(module, ['a', 'b'], {}))).rejects.toThrow(/no key/);
});

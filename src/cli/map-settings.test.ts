import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

const files = {
  'tasks.mjs': `
    import { readFile } from 'node:fs/promises';
    const tried = new Map();
    export default (item, { data }) => item + JSON.stringify(data);
    export const low = (item) => item.toLowerCase();
    export const third = (item) => {
      tried.set(item, (tried.get(item) ?? 0) + 1);
      if (tried.get(item) < 3) throw new Error('not yet');
      return tried.get(item);
    };
    export const slow = (item, { signal }) => new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, Number(item), item);
      signal.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); });
    });
    export const read = async (item) => {
      try { return await readFile(item, 'utf8'); } catch (cause) { throw new RangeError('cannot read', { cause }); }
    };
    export const picky = (item) => { if (item.startsWith('bad')) throw new Error('bad'); return item; };
  `,
  'typed.ts': 'export default (item: string): string => item.toUpperCase();',
};

function tasks(): string {
  const folder = tempFolder();
  writeFiles(folder, files);
  return folder;
}

const shoal = (folder: string, ...args: string[]) => new Shell().run(['map', ...args], { cwd: folder });

describe('the settings of shoal map', () => {
  test('--options gives each call its data', async () => {
    const { code, stdout } = await shoal(tasks(), './tasks.mjs', 'a', 'b', '--options', '{"width": 800}');
    expect([code, stdout]).toEqual([0, 'a{"width":800}\nb{"width":800}\n']);
  });

  test('module#name is another export, and a .ts file a module', async () => {
    const folder = tasks();
    expect((await shoal(folder, './tasks.mjs#low', 'ABC')).stdout).toBe('abc\n');
    expect((await shoal(folder, './typed.ts', 'abc')).stdout).toBe('ABC\n');
    const { code, stderr } = await shoal(folder, './tasks.mjs#nope', 'a');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/of the name nope.*exports default, low/)]);
  });

  test('--retries tries an item again, and without it nothing is', async () => {
    const folder = tasks();
    expect((await shoal(folder, './tasks.mjs#third', 'a', '--retries', '2')).stdout).toBe('3\n');
    const { code, stderr } = await shoal(folder, './tasks.mjs#third', 'a', '--retries', '1');
    expect([code, stderr]).toEqual([1, expect.stringContaining('not yet [TASK_THREW]')]);
  });

  test('--timeout gives up an item that takes longer, and the others are done', async () => {
    const { code, stdout, stderr } = await shoal(
      tasks(),
      ...['./tasks.mjs#slow', '1', '60000', '2', '--timeout', '0.3', '--pool', '1'],
    );
    expect([code, stdout]).toEqual([1, '1\n2\n']);
    expect(stderr).toMatch(/^failed {3}60000: .* \[TASK_TIMEOUT\]/m);
  });

  test('--order finished tells each result as it ends', async () => {
    const args = ['./tasks.mjs#slow', '1500', '1', '--pool', '2', '--order', 'finished'];
    expect((await shoal(tasks(), ...args)).stdout).toBe('1\n1500\n');
  });

  test('--halt ends the run, and says what was not begun', async () => {
    const items = ['a', 'bad', ...Array.from({ length: 400 }, (_, at) => `later-${at}`)];
    const folder = tasks();
    const args = ['./tasks.mjs#picky', ...items, '--halt', '1', '--pool', '1', '--chunk', '1'];
    const { code, stdout, stderr } = await shoal(folder, ...args);
    expect([code, stdout.startsWith('a\n')]).toEqual([1, true]);
    expect(stderr).toMatch(/Halted after 1 failed item: \d+ of 402 not begun\.$/m);
    const { summary } = await new Shell().json(['map', ...args], { cwd: folder });
    expect(summary).toMatchObject({ halted: 1, failed: 1 });
  });

  test.each([
    [['--options', '{width: 800}'], /Expected JSON such as .*got \{width: 800\}/],
    [['--options', '1', '--options', '2'], /--options .*Expected it once/],
    [['--retries', 'NaN'], /--retries .*Expected a whole number from 0 to 100, got NaN/],
    [['--timeout', '0'], /--timeout .*Expected seconds from 0.001 to 86400, got 0/],
    [['--halt', '0'], /--halt .*from 1/],
    [['--chunk', '1.5'], /--chunk .*whole number/],
    [['--heap', '1'], /--heap .*from 8/],
    [['--worker-items', '-1'], /--worker-items .*whole number/],
    [['--order', 'random'], /--order .*Allowed choices are input, finished/],
  ])('%j is wrong usage', async (flags, sentence) => {
    const { code, stdout, stderr } = await shoal(tasks(), './tasks.mjs', 'a', ...flags);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(sentence)]);
  });
});

describe('a failure', () => {
  test('is told with the line of one’s own function, and on request with the whole stack and its causes', async () => {
    const folder = tasks();
    const { stderr } = await shoal(folder, './tasks.mjs#read', 'absent');
    expect(stderr).toMatch(/^failed {3}absent: cannot read \[TASK_THREW\] at tasks\.mjs:16:\d+$/m);
    expect(stderr).not.toContain('Caused by');
    for (const how of [{ env: { SHOAL_DEBUG: '1' } }, {}]) {
      const verbose = 'env' in how ? [] : ['--verbose'];
      const run = await new Shell().run(['map', './tasks.mjs#read', 'absent', ...verbose], {
        cwd: folder,
        ...how,
      });
      expect(run.stderr).toMatch(/^ {4}RangeError: cannot read\n {8}at .*tasks\.mjs:16:/m);
      expect(run.stderr).toMatch(/^ {4}Caused by: Error: ENOENT: no such file/m);
    }
  });

  test('has in JSON its name, stack and cause, with the code of the system', async () => {
    const { results } = await new Shell().json(['map', './tasks.mjs#read', 'absent'], { cwd: tasks() });
    expect(results[0]?.error).toMatchObject({
      code: 'TASK_THREW',
      message: 'cannot read',
      name: 'RangeError',
      stack: expect.stringContaining('tasks.mjs:16:'),
      cause: { name: 'Error', errorCode: 'ENOENT', message: expect.stringContaining('no such file') },
    });
  });
});

test('bytes, Maps and Sets are JSON that can be read', async () => {
  const folder = tempFolder();
  writeFiles(folder, {
    'odd.mjs': `export default (item) => ({
      text: Buffer.from('grüße'), bytes: Uint8Array.of(255, 216), map: new Map([['a', 1]]), set: new Set([1]),
    })[item];`,
  });
  const { results } = await new Shell().json(['map', join(folder, 'odd.mjs'), 'text', 'bytes', 'map', 'set']);
  expect(results.map(({ output }) => output)).toEqual(['grüße', { base64: '/9g=' }, [['a', 1]], [1]]);
  const plain = await new Shell().run(['map', join(folder, 'odd.mjs'), 'text', 'bytes']);
  expect(plain.stdout).toBe('grüße\n/9g=\n');
});

test('a reader that has read enough ends the run without a word', async () => {
  const folder = tempFolder();
  writeFiles(folder, {
    'same.mjs': 'export default (item) => new Promise((done) => setTimeout(done, 5, item));',
  });
  const items = Array.from({ length: 2_000 }, (_, at) => String(at)).join(' ');
  const shell = new Shell();
  const script = `"$0" "$1" map same.mjs ${items} | head -1; echo "code \${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await shell.run([], { cwd: folder, by: ['bash', '-c', script] });
  expect([stdout, stderr]).toEqual(['0\ncode 130\n', '']);
});

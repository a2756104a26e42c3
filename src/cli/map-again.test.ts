import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ended, Shell } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

/** A module that notes each item that it begins, and ends none that is `held` while that file is there. */
function noting(): { folder: string; begun(): string[]; release(): void } {
  const folder = tempFolder();
  writeFiles(folder, {
    hold: '',
    'task.mjs': `
      import { appendFileSync, existsSync } from 'node:fs';
      export const act = async (item, { data }) => {
        appendFileSync('begun', item + '\\n');
        while (item.startsWith('held') && existsSync('hold')) await new Promise((go) => setTimeout(go, 20));
        return item + data.mark;
      };`,
  });
  return {
    folder,
    begun: () => readFileSync(join(folder, 'begun'), 'utf8').trim().split('\n'),
    release: () => {
      rmSync(join(folder, 'hold'));
      writeFileSync(join(folder, 'begun'), '');
    },
  };
}

function journalOf({ stateFolder }: Shell): string {
  const folder = join(stateFolder, 'runs');
  return join(folder, readdirSync(folder).sort().at(-1) ?? '');
}

const doneIn = (shell: Shell) =>
  readFileSync(journalOf(shell), 'utf8').match(/"status":"done"/g)?.length ?? 0;

const settings = ['--options', '{"mark": "!"}', '--retries', '2', '--timeout', '100'];

describe('a killed shoal map', () => {
  test.each(['input', 'finished'])(
    'with its results in the order %s is resumed with what it had not done, with the same settings',
    async (order) => {
      const { folder, begun, release } = noting();
      const shell = new Shell();
      const items = ['held-1', 'a', 'b', 'held-1', 'c', 'd'];
      const given = order === 'input' ? ['a', 'b', ...items.slice(3)] : items;
      const args = ['map', './task.mjs#act', ...given, '--pool', '4', '--order', order, ...settings];
      const child = shell.start(args, { cwd: folder });
      const gone = ended(child);
      const done = order === 'input' ? 2 : 4;
      await waitUntil(
        () => child.exitCode !== null || tryDone(shell) === done,
        'what is not held is written down',
      );
      child.kill('SIGKILL');
      await gone;
      release();
      const shown = await shell.run(['runs', 'show', 'last']);
      expect(shown.stdout).toMatch(
        /^settings: (--order finished, )?--options \{"mark":"!"\}, --retries 2, --timeout 100$/m,
      );
      const { code, stdout } = await shell.run(['runs', 'resume', 'last']);
      const rest = order === 'input' ? ['held-1', 'c', 'd'] : ['held-1', 'held-1'];
      expect([code, stdout]).toEqual([0, rest.map((item) => `${item}!\n`).join('')]);
      expect(begun().sort()).toEqual(rest.toSorted());
      expect((await shell.run(['runs', 'resume', 'last'])).stderr).toContain(
        'nothing of it is left to resume',
      );
    },
  );

  test('whose items came by a pipe does again what it was at as far as the journal has it, and says what is not known', async () => {
    const { folder, release } = noting();
    const shell = new Shell();
    const child = shell.start(['map', './task.mjs#act', '-', '--pool', '2', ...settings], {
      cwd: folder,
      input: 'a\nb\nheld-1\nc\n',
    });
    const gone = ended(child);
    await waitUntil(() => tryDone(shell) === 2, 'what is not held is written down');
    child.kill('SIGINT');
    await gone;
    release();
    const { code, stdout, stderr } = await shell.run(['runs', 'resume', 'last']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^held-1!\n/)]);
    expect(stderr).toContain('What it had not come to is not known.');
  });
});

function tryDone(shell: Shell): number {
  try {
    return doneIn(shell);
  } catch {
    return 0;
  }
}

test('a run that was halted is resumed with what failed and what it had not begun', async () => {
  const folder = tempFolder();
  const write = (fails: string) =>
    writeFileSync(
      join(folder, 'task.mjs'),
      `export default (item) => { if (item === '${fails}') throw new Error('no'); return item; };`,
    );
  write('b');
  const shell = new Shell();
  const args = ['map', './task.mjs', 'a', 'b', 'c', '--halt', '1', '--chunk', '1', '--pool', '1'];
  expect((await shell.run(args, { cwd: folder })).code).toBe(1);
  expect((await shell.run(['runs', 'show', 'last'])).stdout).toContain(
    'cancelled (Halted after 1 failed item)',
  );
  write('none');
  const { code, stdout } = await shell.run(['runs', 'resume', 'last']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^b\n(c\n)?$/)]);
});

test('a run that was halted while later items had ended is resumed with those that have no result, and no others', async () => {
  const folder = tempFolder();
  writeFiles(folder, {
    'task.mjs': `
      import { existsSync, writeFileSync } from 'node:fs';
      import { setTimeout as sleep } from 'node:timers/promises';
      export default async (item, { signal }) => {
        if (existsSync('again') || (item !== 'first' && item !== 'last')) return item;
        if (item === 'last') {
          writeFileSync('the last has begun', '');
          await sleep(60_000, undefined, { signal });
        }
        while (!existsSync('the last has begun')) await sleep(20);
        throw new Error('no');
      };`,
  });
  const items = ['first', ...Array.from({ length: 60 }, (_, at) => `item-${at}`), 'last'];
  const shell = new Shell();
  const args = ['map', './task.mjs', ...items, '--halt', '1', '--chunk', '4', '--pool', '2'];
  const { stdout: first } = await shell.run(args, { cwd: folder });
  writeFiles(folder, { again: '' });
  const { code, stdout } = await shell.run(['runs', 'resume', 'last']);
  const lines = (text: string) => text.split('\n').filter((line) => line !== '');
  expect(code).toBe(0);
  expect([...lines(first), ...lines(stdout)].sort()).toEqual(items.toSorted());
});

test('options that are too long for the journal are asked for again', async () => {
  const folder = tempFolder();
  writeFiles(folder, {
    'task.mjs': `export default (item, { data }) => { if (item === 'b' && !data.again) throw new Error('no'); return item + data.text.length; };`,
  });
  const shell = new Shell();
  const text = 'x'.repeat(70_000);
  const first = await shell.run(['map', './task.mjs', 'a', 'b', '--options', JSON.stringify({ text })], {
    cwd: folder,
  });
  expect(first.stderr).toContain('warning: The options of the function are too long for the journal');
  expect(readFileSync(journalOf(shell), 'utf8')).not.toContain(text);
  const without = await shell.run(['runs', 'retry', 'last']);
  expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('(--options <json>: ')]);
  const again = await shell.run(['runs', 'retry', 'last', '--options', '{"text": "four", "again": true}']);
  expect([again.code, again.stdout]).toEqual([0, 'b4\n']);
});

test('a journal of a version that knew no settings is done again', async () => {
  const folder = tempFolder();
  writeFiles(folder, {
    'task.mjs': `export default (item) => { if (item === 'b') throw new Error('no'); };`,
  });
  const shell = new Shell();
  await shell.run(['map', './task.mjs', 'a', 'b'], { cwd: folder });
  const journal = journalOf(shell);
  const text = readFileSync(journal, 'utf8').replace('"recipe":{},', '');
  expect(text).not.toContain('recipe');
  rmSync(journal);
  appendFileSync(journal, text);
  const { code, stderr } = await shell.run(['runs', 'retry', 'last']);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^failed {3}b: no/)]);
});

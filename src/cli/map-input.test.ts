import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryRoot, Shell } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

const chatter = join(repositoryRoot, 'test/tasks/chatter.mjs');

/** A module that returns each item unchanged. */
function same(): string {
  const folder = tempFolder();
  writeFiles(folder, { 'same.mjs': 'export default (item) => item;' });
  return join(folder, 'same.mjs');
}

async function itemsOf(input: string | Uint8Array, ...flags: string[]) {
  const { code, results } = await new Shell().json(['map', same(), '-', ...flags], { input });
  return { code, items: results.map(({ output, input }) => output ?? input), results };
}

describe('what a function prints', () => {
  test('goes to standard error, so that each line of --json is one of ours', async () => {
    const { code, stdout, stderr } = await new Shell().run(['map', chatter, 'a', 'b', 'c', '--json']);
    expect(code).toBe(0);
    const events = stdout.trim().split('\n');
    expect(events.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual([
      'result',
      'result',
      'result',
      'summary',
    ]);
    for (const printed of ['loaded', 'log a', 'info', 'written', 'imported', 'corked together', 'piped']) {
      expect(stderr).toContain(printed);
    }
  });

  test('is all there, however much of it comes last', async () => {
    const folder = tempFolder();
    const module = join(folder, 'last.mjs');
    writeFiles(folder, {
      'last.mjs': `export default (item) => {
        for (let line = 0; line < 500; line += 1) console.log(item, line);
        console.error(item, 'last');
      };`,
    });
    const flags = ['--pool', '2', '--quiet'];
    for (const further of [[], ['--worker-items', '1']]) {
      const { stderr } = await new Shell().run(['map', module, 'a', 'b', ...flags, ...further]);
      const lines = stderr.trim().split('\n');
      for (const item of ['a', 'b']) expect(lines.filter((line) => line.startsWith(item))).toHaveLength(501);
    }
  });

  test('is not among the values without --json either', async () => {
    const { stdout } = await new Shell().run(['map', chatter, 'a', 'b']);
    expect(stdout).toBe('a\nb\n');
  });
});

describe('items on standard input', () => {
  test('end with LF or CR LF and with nothing else', async () => {
    const names = ['a\u2028b.txt', 'c\rd.txt', 'e\u2029f', 'g\u0085h', 'i\fj', 'k\r'];
    expect((await itemsOf(`${names.join('\n')}\nl\r\nm`)).items).toEqual([
      ...names.slice(0, -1),
      'k',
      'l',
      'm',
    ]);
  });

  test('end with NUL if --null is given, and have whatever else is in them', async () => {
    const names = ['a\nb.txt', 'c\r', ' d '];
    expect((await itemsOf(`${names.join('\0')}\0\0`, '--null')).items).toEqual(names);
  });

  test('are whole, however large and however they arrive', async () => {
    const long = 'é'.repeat(200_000);
    expect((await itemsOf(`a\n${long}\nb`)).items).toEqual(['a', long, 'b']);
  });

  test('that are not UTF-8 fail in their place and are told by their bytes; the others go on', async () => {
    const input = Buffer.from('one\ncaf\xe9.jpg\ncaf\xe8.jpg\ntwo\n\xff', 'latin1');
    const { code, items, results } = await itemsOf(input);
    expect(code).toBe(1);
    expect(items).toEqual(['one', 'caf\\xE9.jpg', 'caf\\xE8.jpg', 'two', '\\xFF']);
    const codes = results.map(({ error }) => (error as { code: string } | undefined)?.code);
    expect(codes).toEqual([undefined, 'NAME_NOT_UTF8', 'NAME_NOT_UTF8', undefined, 'NAME_NOT_UTF8']);
  });

  test('are what --null is about: with others it is wrong usage', async () => {
    const { code, stderr } = await new Shell().run(['map', same(), 'a', '--null']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--null')]);
  });
});

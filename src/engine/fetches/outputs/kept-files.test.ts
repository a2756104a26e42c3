import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/temp-folder.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { openLedger } from '../../ledger/sqlite-ledger.ts';
import type { Saved } from '../protocol/protocol.ts';
import { KeptFiles } from './kept-files.ts';

let folder: string;
let ledger: Ledger;
beforeEach(() => {
  folder = tempFolder();
  ledger = openLedger(() => {}, join(folder, 'state')) as Ledger;
  return () => ledger.close();
});

function saved(name: string, text: string): Saved {
  const output = join(folder, name);
  writeFileSync(output, text);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { kind: 'saved', output, madeAt: Date.now(), bytes: text.length, received: text.length, sha256 };
}

/** Makes a file as an earlier run would have. */
async function earlier(name: string, text: string): Promise<string> {
  const { output } = await new KeptFiles('off', ledger).keep(saved(name, text), `http://a.test/${name}`);
  ledger.flush();
  return output;
}

it('a file that another was left out for is not replaced in the same run', async () => {
  const original = await earlier('a.txt', 'old');
  const kept = new KeptFiles('skip', ledger);
  const duplicate = saved('b.txt', 'old');
  expect(await kept.keep(duplicate, 'http://a.test/b.txt')).toEqual({
    output: original,
    duplicateOf: original,
  });
  expect(existsSync(duplicate.output)).toBe(false);
  expect(kept.mayReplace(original)).toBe(false);
});

it.each(['skip', 'link'] as const)(
  'a file that was there before is neither left out nor made a link of: %s',
  async (mode) => {
    const kept = new KeptFiles(mode, ledger);
    await kept.keep(saved('a.txt', 'same'), 'http://a.test/a.txt');
    const own = saved('b.txt', 'same');
    expect(await kept.keep({ ...own, adopted: true }, 'http://a.test/b.txt')).toEqual({
      output: own.output,
      adopted: true,
    });
    expect(statSync(own.output).nlink).toBe(1);
  },
);

it('a file that two URLs share is stored a second time, unless it holds other bytes by then', async () => {
  const first = await earlier('a.txt', 'same');
  const kept = new KeptFiles('off', ledger);
  const shared = { ...saved('a.txt', 'same'), adopted: true as const };
  const { output, adopted } = await kept.keep(shared, 'http://b.test/a.txt');
  expect(output).not.toBe(first);
  expect(adopted).toBeUndefined();
  expect(readFileSync(output, 'utf8')).toBe('same');
  writeFileSync(first, 'newer');
  await expect(kept.keep(shared, 'http://c.test/a.txt')).rejects.toThrow(/changed or removed/);
});

it('a file that took the place of what was made of another URL is not stored a second time', async () => {
  await earlier('a.txt', 'old');
  const there = { ...saved('a.txt', 'new'), adopted: true as const };
  expect(await new KeptFiles('off', ledger).keep(there, 'http://b.test/a.txt')).toEqual({
    output: there.output,
    adopted: true,
  });
});

it('nothing is left out for a file that is about to be replaced, until the server has confirmed it', async () => {
  const original = await earlier('a.txt', 'old');
  const kept = new KeptFiles('skip', ledger);
  expect(kept.mayReplace(original)).toBe(true);
  // A hard link keeps its contents when its original is replaced.
  const { output } = await kept.keep(saved('b.txt', 'old'), 'http://a.test/b.txt');
  expect(output).toBe(join(folder, 'b.txt'));
  // Removed, because otherwise the newer file with the same bytes would be found first.
  rmSync(output);
  const confirmed = new KeptFiles('skip', ledger);
  expect(confirmed.mayReplace(original)).toBe(true);
  confirmed.confirm(original);
  const third = await confirmed.keep(saved('c.txt', 'old'), 'http://a.test/c.txt');
  // Both have the bytes, and neither is replaced.
  expect([original, output]).toContain(third.output);
});

it('a file that was changed since is no original', async () => {
  const original = await earlier('a.txt', 'old');
  writeFileSync(original, 'own');
  for (const mode of ['link', 'skip'] as const) {
    const { output, duplicateOf } = await new KeptFiles(mode, ledger).keep(
      saved('b.txt', 'old'),
      'http://a.test/b.txt',
    );
    expect({ output, duplicateOf }).toEqual({ output: join(folder, 'b.txt'), duplicateOf: undefined });
  }
});

it('of files that arrive together one is kept, and it is the one that is told of all', async () => {
  const names = ['a.txt', 'b.txt', 'c.txt'];
  for (const name of names) await earlier(name, 'same');
  // In every order, because the ledger lists the others in an order of its own.
  for (const order of [names, names.toReversed(), ['b.txt', 'c.txt', 'a.txt']]) {
    const kept = new KeptFiles('skip', ledger);
    const all = order.map((name) => saved(name, 'same'));
    const outputs = await Promise.all(all.map((one) => kept.keep(one, `http://a.test/${one.output}`)));
    const left = all.map((one) => one.output).filter((output) => existsSync(output));
    expect(left).toHaveLength(1);
    expect(new Set(outputs.map(({ output }) => output))).toEqual(new Set(left));
  }
});

it('files that arrive together become links to one', async () => {
  const names = ['a.txt', 'b.txt', 'c.txt'];
  for (const name of names) await earlier(name, 'same');
  const kept = new KeptFiles('link', ledger);
  for (const name of names) rmSync(join(folder, name));
  const all = names.map((name) => saved(name, 'same'));
  await Promise.all(all.map((one) => kept.keep(one, `http://a.test/${one.output}`)));
  expect(new Set(all.map(({ output }) => statSync(output).ino)).size).toBe(1);
});

it('a file is kept where its original cannot be read', async () => {
  // In place of the original is a folder of the same size: it cannot be read as a file.
  mkdirSync(join(folder, 'a-folder'));
  const text = 'x'.repeat(statSync(join(folder, 'a-folder')).size);
  const original = await earlier('a.txt', text);
  rmSync(original);
  mkdirSync(original);
  const second = saved('b.txt', text);
  const { output } = await new KeptFiles('skip', ledger).keep(second, 'http://a.test/b.txt');
  expect([output, existsSync(output)]).toEqual([second.output, true]);
});

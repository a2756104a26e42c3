import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { ended } from '../testing/run-shoal.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import type { LedgerEntry } from './ledger.ts';
import { openLedger } from './sqlite-ledger.ts';

const entry = (output: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  output,
  input: '/in/a.jpg',
  inputStamp: '10:20',
  recipe: 'abc',
  bytes: 123,
  ...more,
});

/** Opens a ledger and gathers its warnings. */
function open(folder: string) {
  const warnings: string[] = [];
  const ledger = openLedger((warning) => warnings.push(warning), folder);
  return { ledger, warnings };
}

test('what is recorded is found at once, and by the next who opens it', () => {
  const folder = tempFolder();
  const first = open(folder);
  first.ledger?.record(entry('/out/a.jpg', { width: 75, height: 50 }));
  first.ledger?.record(entry('/out/b.jpg'));
  expect(first.ledger?.byOutput('/out/a.jpg')).toMatchObject({ bytes: 123, width: 75 });
  expect(first.ledger?.byInput('/in/a.jpg')).toHaveLength(2);
  first.ledger?.close();
  const second = open(folder);
  expect(second.ledger?.byOutput('/out/a.jpg')).toMatchObject(entry('/out/a.jpg', { width: 75, height: 50 }));
  expect(
    second.ledger
      ?.byInput('/in/a.jpg')
      .map(({ output }) => output)
      .sort(),
  ).toEqual(['/out/a.jpg', '/out/b.jpg']);
  expect(second.ledger?.byOutput('/out/c.jpg')).toBeUndefined();
  second.ledger?.close();
  expect([...first.warnings, ...second.warnings]).toEqual([]);
});

test('the newer entry of an output replaces the older one', () => {
  const folder = tempFolder();
  const { ledger } = open(folder);
  ledger?.record(entry('/out/a.jpg', { recipe: 'old' }));
  ledger?.flush();
  ledger?.record(entry('/out/a.jpg', { recipe: 'new' }));
  expect(ledger?.byOutput('/out/a.jpg')?.recipe).toBe('new');
  expect(ledger?.byInput('/in/a.jpg')).toHaveLength(1);
  ledger?.close();
  const again = open(folder);
  expect(again.ledger?.byOutput('/out/a.jpg')?.recipe).toBe('new');
  again.ledger?.close();
});

test('output folders are remembered, and forgotten when they are gone', () => {
  const { ledger } = open(tempFolder());
  ledger?.recordOutputFolder('/out');
  ledger?.recordOutputFolder('/out');
  expect([ledger?.isOutputFolder('/out'), ledger?.isOutputFolder('/out/sub')]).toEqual([true, false]);
  ledger?.forgetOutputFolder('/out');
  expect(ledger?.isOutputFolder('/out')).toBe(false);
  ledger?.close();
});

test('asking a closed ledger is harmless and silent', () => {
  const { ledger, warnings } = open(tempFolder());
  ledger?.close();
  expect(ledger?.isOutputFolder('/out')).toBe(false);
  expect(ledger?.byOutput('/out/a.jpg')).toBeUndefined();
  ledger?.record(entry('/out/a.jpg'));
  ledger?.flush();
  expect(warnings).toEqual([]);
});

test.each([
  [
    'is no database',
    (file: string) => writeFileSync(file, 'this is not SQLite at all, but long enough to be seen'),
  ],
  [
    'is damaged inside',
    (file: string) => {
      const { ledger } = open(join(file, '..'));
      for (let at = 0; at < 500; at += 1) ledger?.record(entry(`/out/${at}.jpg`));
      ledger?.close();
      const bytes = readFileSync(file);
      bytes.fill(0x5a, 200);
      writeFileSync(file, bytes);
    },
  ],
])('a file that %s is one warning, and the run goes on without', (_how, damage) => {
  const folder = tempFolder();
  damage(join(folder, 'ledger.db'));
  const { ledger, warnings } = open(folder);
  for (let at = 0; at < 10; at += 1) {
    ledger?.record(entry(`/out/${at}.jpg`));
    ledger?.byOutput(`/out/${at + 100}.jpg`);
    ledger?.flush();
  }
  ledger?.close();
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(
    /ledger\.db cannot be used \(.+\); going on without it, nothing will be skipped\./,
  );
});

test('a state folder that cannot be made is a warning', () => {
  const file = join(tempFolder(), 'file');
  writeFileSync(file, '');
  const { ledger, warnings } = open(join(file, 'state'));
  expect(ledger).toBeUndefined();
  expect(warnings).toHaveLength(1);
});

test('a lock held by somebody else delays what is recorded, and loses nothing once it is gone', () => {
  const folder = tempFolder();
  const { ledger, warnings } = open(folder);
  const other = new DatabaseSync(join(folder, 'ledger.db'));
  other.exec('BEGIN EXCLUSIVE');
  // Opening, too, needs no write lock.
  const meanwhile = open(folder);
  expect(meanwhile.warnings).toEqual([]);
  meanwhile.ledger?.close();
  ledger?.record(entry('/out/a.jpg'));
  ledger?.flush();
  expect(ledger?.byOutput('/out/a.jpg')).toMatchObject({ bytes: 123 });
  other.exec('ROLLBACK');
  other.close();
  ledger?.close();
  expect(warnings).toEqual([]);
  const again = open(folder);
  expect(again.ledger?.byOutput('/out/a.jpg')).toMatchObject({ bytes: 123 });
  again.ledger?.close();
});

test('a lock that is never let go is told when the ledger closes', () => {
  const folder = tempFolder();
  const { ledger, warnings } = open(folder);
  const other = new DatabaseSync(join(folder, 'ledger.db'));
  other.exec('BEGIN EXCLUSIVE');
  ledger?.record(entry('/out/a.jpg'));
  ledger?.close();
  expect(warnings).toEqual([expect.stringMatching(/stays locked/)]);
  other.close();
});

test('several processes create it and write to it at once', async () => {
  const folder = tempFolder();
  const script = (name: string) => `
    import { openLedger } from ${JSON.stringify(new URL('./sqlite-ledger.ts', import.meta.url).href)};
    const ledger = openLedger((warning) => console.error(warning), ${JSON.stringify(folder)});
    for (let at = 0; at < 2000; at += 1) {
      ledger.record({ output: '/${name}/' + at, input: '/in', inputStamp: '1', recipe: 'r', bytes: at });
      if (at % 100 === 0) ledger.flush();
    }
    ledger.close();`;
  const runs = ['a', 'b', 'c'].map((name) =>
    ended(
      spawn(process.execPath, ['--input-type=module', '-e', script(name)], {
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    ),
  );
  for (const { code, stderr } of await Promise.all(runs)) expect([code, stderr]).toEqual([0, '']);
  const { ledger } = open(folder);
  expect(ledger?.byInput('/in')).toHaveLength(6_000);
  ledger?.close();
  expect(readdirSync(folder)).toEqual(['ledger.db']);
});

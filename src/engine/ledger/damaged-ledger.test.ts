import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { entry, fileIn, fill, open } from '../../../test/ledgers.ts';
import { asNobody, ownedByNobody } from '../../../test/nobody.ts';
import { ended } from '../../../test/run-shoal.ts';
import { tempFolder } from '../../../test/temp-folder.ts';

const junk = 'this is not SQLite at all, but long enough to be seen. '.repeat(100);

function scribble(file: string, from: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0x5a, from);
  writeFileSync(file, bytes);
}

const isWhole = (folder: string): unknown =>
  new DatabaseSync(fileIn(folder), { readOnly: true }).prepare('PRAGMA integrity_check').get();

test.each([
  ['is no database', (file: string) => writeFileSync(file, junk)],
  ['is damaged from its first page on', (file: string) => scribble(file, 60)],
  ['is damaged behind its header', (file: string) => scribble(file, 200)],
  ['is damaged far inside', (file: string) => scribble(file, 4096 * 3)],
  ['is cut short', (file: string) => truncateSync(file, 4096 * 2 + 100)],
  ['is cut within its header', (file: string) => truncateSync(file, 60)],
  [
    'says that it is a ledger and has no tables',
    (file: string) => {
      writeFileSync(file, '');
      const db = new DatabaseSync(file);
      db.exec('PRAGMA user_version = 1');
      db.close();
    },
  ],
  [
    'has tables of other columns',
    (file: string) => {
      writeFileSync(file, '');
      const db = new DatabaseSync(file);
      db.exec('CREATE TABLE outputs (output TEXT PRIMARY KEY); PRAGMA user_version = 1');
      db.close();
    },
  ],
])(
  'a ledger that %s is set aside and told once; the same run and later ones remember anew',
  (_how, damage) => {
    const folder = tempFolder();
    fill(folder, 500);
    damage(fileIn(folder));
    const damaged = readFileSync(fileIn(folder));
    const first = open(folder);
    for (let at = 0; at < 500; at += 1) {
      // Some damage is noticed only when the damaged part is read.
      first.ledger?.byOutput(`/out/${at}.jpg`);
      first.ledger?.byInput(`/in/${at}.jpg`);
    }
    first.ledger?.record(entry('/out/new.jpg'));
    first.ledger?.flush();
    first.ledger?.close();
    expect(first.warnings).toEqual([
      expect.stringMatching(/ledger\.db was damaged \(.+\)\. It is kept as ledger\.db\.broken/),
    ]);
    const kept = readFileSync(`${fileIn(folder)}.broken`);
    expect(kept.subarray(4096).equals(damaged.subarray(4096))).toBe(true);
    const second = open(folder);
    expect(second.ledger?.byOutput('/out/new.jpg')).toMatchObject({ bytes: 123 });
    second.ledger?.close();
    expect(second.warnings).toEqual([]);
    expect(isWhole(folder)).toEqual({ integrity_check: 'ok' });
  },
);

test('damage that comes while a run goes on costs what was written before, not what comes after', () => {
  const folder = tempFolder();
  fill(folder, 3_000);
  const { ledger, warnings } = open(folder);
  expect(ledger?.byOutput('/out/2999.jpg')).toBeDefined();
  scribble(fileIn(folder), 4096);
  for (let at = 0; at < 3_000; at += 1) ledger?.byOutput(`/out/${at}.jpg`);
  ledger?.record(entry('/out/new.jpg'));
  ledger?.recordOutputFolder('/out');
  ledger?.close();
  expect(warnings).toHaveLength(1);
  const again = open(folder);
  expect(again.ledger?.byOutput('/out/new.jpg')).toBeDefined();
  expect(again.ledger?.isOutputFolder('/out')).toBe(true);
  again.ledger?.close();
  expect(again.warnings).toEqual([]);
});

test('what was not yet written when the damage shows is written to the new ledger', () => {
  const folder = tempFolder();
  fill(folder, 10);
  writeFileSync(fileIn(folder), junk);
  const { ledger } = open(folder);
  ledger?.record(entry('/out/new.jpg'));
  writeFileSync(fileIn(folder), junk);
  // A run replaces a ledger only once: a disk that damages the new one as well must not be written to again.
  expect(ledger?.byOutput('/out/other.jpg')).toBeUndefined();
  ledger?.flush();
  ledger?.close();
  const again = open(folder);
  again.ledger?.record(entry('/out/later.jpg'));
  again.ledger?.close();
  const last = open(folder);
  expect(last.ledger?.byOutput('/out/later.jpg')).toBeDefined();
  last.ledger?.close();
});

test('of damaged ledgers the last is kept, not all', () => {
  const folder = tempFolder();
  for (const text of ['first ', 'second ', 'third ']) {
    writeFileSync(fileIn(folder), text.repeat(1_000));
    open(folder).ledger?.close();
  }
  expect(readdirSync(folder).sort()).toEqual(['ledger.db', 'ledger.db.broken', 'ledger.lock']);
  expect(readFileSync(`${fileIn(folder)}.broken`, 'utf8')).toMatch(/^third/);
});

test('a write-ahead log goes with the ledger that it belongs to', () => {
  const folder = tempFolder();
  writeFileSync(fileIn(folder), junk);
  writeFileSync(`${fileIn(folder)}-wal`, 'the log of the damaged one');
  writeFileSync(`${fileIn(folder)}-shm`, 'its index');
  const { ledger, warnings } = open(folder);
  ledger?.record(entry('/out/a.jpg'));
  ledger?.close();
  expect(warnings).toHaveLength(1);
  expect(readFileSync(`${fileIn(folder)}.broken-wal`, 'utf8')).toBe('the log of the damaged one');
  const again = open(folder);
  expect(again.ledger?.byOutput('/out/a.jpg')).toBeDefined();
  again.ledger?.close();
});

/** Does `work` with a ledger in a separate process. */
function inProcess(folder: string, work: string) {
  const script = `
    import { openLedger } from ${JSON.stringify(new URL('./sqlite-ledger.ts', import.meta.url).href)};
    const ledger = openLedger((warning) => console.log(warning), ${JSON.stringify(folder)});
    const record = (output) =>
      ledger.record({ output, input: '/in', inputStamp: '1', recipe: 'r', bytes: 1 });
    ${work}
    ledger.close();`;
  return ended(
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] }),
  );
}

test('several processes that find it damaged at once begin one new ledger and lose none of their records', async () => {
  for (let round = 0; round < 3; round += 1) {
    const folder = tempFolder();
    writeFileSync(fileIn(folder), junk);
    const runs = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) =>
      inProcess(
        folder,
        `for (let at = 0; at < 500; at += 1) { record('/${name}/' + at); if (at % 50 === 0) ledger.flush(); }`,
      ),
    );
    const all = await Promise.all(runs);
    for (const { code, stderr } of all) expect([code, stderr]).toEqual([0, '']);
    const told = all.flatMap(({ stdout }) => stdout.split('\n').filter(Boolean));
    expect(told).toEqual([expect.stringMatching(/was damaged/)]);
    expect(readFileSync(`${fileIn(folder)}.broken`, 'utf8')).toBe(junk);
    const { ledger, warnings } = open(folder);
    expect(ledger?.byInput('/in')).toHaveLength(3_000);
    ledger?.close();
    expect(warnings).toEqual([]);
    expect(isWhole(folder)).toEqual({ integrity_check: 'ok' });
  }
});

test('processes that have it open when the damage shows go over to the new ledger, all to the same', async () => {
  const folder = tempFolder();
  fill(folder, 3_000);
  const runs = ['a', 'b', 'c'].map((name) =>
    inProcess(
      folder,
      `const { existsSync, writeFileSync } = await import('node:fs');
       const { setTimeout: sleep } = await import('node:timers/promises');
       ledger.byOutput('/out/1.jpg');
       writeFileSync(${JSON.stringify(folder)} + '/ready-${name}', '');
       while (!existsSync(${JSON.stringify(`${folder}/go`)})) await sleep(2);
       for (let at = 0; at < 3000; at += 1) ledger.byOutput('/out/' + at + '.jpg');
       for (let at = 0; at < 500; at += 1) { record('/${name}/' + at); if (at % 50 === 0) ledger.flush(); }`,
    ),
  );
  while (readdirSync(folder).filter((name) => name.startsWith('ready-')).length < 3) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  scribble(fileIn(folder), 4096);
  writeFileSync(`${folder}/go`, '');
  for (const { code, stderr } of await Promise.all(runs)) expect([code, stderr]).toEqual([0, '']);
  const { ledger, warnings } = open(folder);
  expect(ledger?.byInput('/in')).toHaveLength(1_500);
  ledger?.close();
  expect(warnings).toEqual([]);
  expect(isWhole(folder)).toEqual({ integrity_check: 'ok' });
});

test('a damaged ledger in a folder that may not be written is told, and the run goes on without it', async () => {
  const folder = tempFolder();
  writeFileSync(fileIn(folder), junk);
  ownedByNobody(folder, fileIn(folder));
  chmodSync(folder, 0o555);
  const script = `
    const { openLedger } = await import(${JSON.stringify(new URL('./sqlite-ledger.ts', import.meta.url).href)});
    const ledger = openLedger((warning) => console.log(warning), ${JSON.stringify(folder)});
    ledger?.record({ output: '/o', input: '/in', inputStamp: '1', recipe: 'r', bytes: 1 });
    console.log(ledger?.byOutput('/other'));
    ledger?.close();`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'pipe'], ...asNobody });
  const { code, stdout, stderr } = await ended(child);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^The ledger .+ is damaged \(.+\) and cannot be set aside \(.+\).+\nundefined\n$/);
  expect(statSync(fileIn(folder)).size).toBe(junk.length);
});

test('a folder of that name is told and left alone', () => {
  const folder = tempFolder();
  mkdirSync(fileIn(folder));
  const { ledger, warnings } = open(folder);
  ledger?.record(entry('/out/a.jpg'));
  ledger?.close();
  expect(warnings).toHaveLength(1);
  expect(statSync(fileIn(folder)).isDirectory()).toBe(true);
});

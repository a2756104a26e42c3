import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { entry, fileIn, fill, open } from '../../../test/ledgers.ts';
import { tempFolder } from '../../../test/temp-folder.ts';
import { waitUntil } from '../../../test/wait-until.ts';

/** Holds the write lock, as another process would, until it is closed. */
function holdLock(folder: string, how = 'BEGIN EXCLUSIVE'): DatabaseSync {
  const other = new DatabaseSync(fileIn(folder));
  other.exec(how);
  onTestFinished(() => {
    if (other.isOpen) other.close();
  });
  return other;
}

/** How long a call blocks this thread, in milliseconds. */
function timed(call: () => void): number {
  const started = performance.now();
  call();
  return performance.now() - started;
}

test('a lock held by somebody else delays what is recorded, and loses nothing once it is gone', () => {
  const folder = tempFolder();
  fill(folder, 1);
  const other = holdLock(folder);
  // Opening does not need the write lock either.
  const { ledger, warnings } = open(folder);
  expect(ledger?.byOutput('/out/0.jpg')).toBeDefined();
  ledger?.record(entry('/out/a.jpg', { sha256: 'aa' }));
  ledger?.recordOutputFolder('/out/made');
  ledger?.recordOutputFolder('/out/gone');
  ledger?.forgetOutputFolder('/out/gone');
  ledger?.flush();
  const asked = (each: typeof ledger) => [
    each?.byOutput('/out/a.jpg')?.bytes,
    each?.byInput('/in/a.jpg').length,
    each?.bySha256('aa').length,
    each?.isOutputFolder('/out/made'),
    each?.isOutputFolder('/out/gone'),
    each?.hasOutputsIn('/out'),
  ];
  expect(asked(ledger)).toEqual([123, 1, 1, true, false, true]);
  other.close();
  ledger?.close();
  expect(warnings).toEqual([]);
  const again = open(folder);
  expect(asked(again.ledger)).toEqual([123, 1, 1, true, false, true]);
  again.ledger?.close();
});

test('what has not been written yet is found by every question', () => {
  const folder = tempFolder();
  fill(folder, 1);
  const other = holdLock(folder);
  const { ledger } = open(folder);
  ledger?.record(entry('/elsewhere/a.jpg', { sha256: 'aa' }));
  expect(ledger?.hasOutputsIn('/elsewhere')).toBe(true);
  expect(ledger?.hasOutputsIn('/else')).toBe(false);
  ledger?.record(entry('/elsewhere/a.jpg', { sha256: 'bb', input: '/in/b.jpg' }));
  expect(ledger?.bySha256('aa')).toEqual([]);
  expect(ledger?.bySha256('bb')).toHaveLength(1);
  expect(ledger?.byInput('/in/a.jpg')).toEqual([]);
  expect(ledger?.byInput('/in/b.jpg')).toHaveLength(1);
  other.close();
  ledger?.close();
});

test('no flush waits for a lock, however often', () => {
  const folder = tempFolder();
  fill(folder, 1);
  const other = holdLock(folder);
  const { ledger } = open(folder);
  const held = timed(() => {
    for (let at = 0; at < 20; at += 1) {
      ledger?.record(entry(`/out/new-${at}.jpg`));
      ledger?.recordOutputFolder(`/out/${at}`);
      ledger?.flush();
    }
  });
  // A single wait of the 250 ms that a read may take would be more.
  expect(held).toBeLessThan(200);
  other.close();
  ledger?.close();
});

test('what a lock held up is written by itself once the lock is gone', async () => {
  const folder = tempFolder();
  fill(folder, 1);
  const other = holdLock(folder);
  const { ledger } = open(folder);
  ledger?.record(entry('/out/late.jpg'));
  ledger?.flush();
  other.close();
  const reader = open(folder);
  await waitUntil(() => reader.ledger?.byOutput('/out/late.jpg') !== undefined, 'it is written');
  reader.ledger?.close();
  ledger?.close();
});

test('a lock that is never let go is waited for at the end, not for ever, and told once', () => {
  const folder = tempFolder();
  fill(folder, 1);
  holdLock(folder);
  const { ledger, warnings } = open(folder);
  for (let at = 0; at < 5_000; at += 1) ledger?.record(entry(`/out/new-${at}.jpg`));
  ledger?.recordOutputFolder('/out');
  const waited = timed(() => ledger?.close());
  expect(waited).toBeGreaterThan(1_000);
  expect(waited).toBeLessThan(10_000);
  expect(warnings).toEqual([expect.stringMatching(/stayed locked.* 5,000 results/)]);
  ledger?.close();
  expect(warnings).toHaveLength(1);
});

test('a ledger locked before it has its tables is filled when the lock is gone', () => {
  const folder = tempFolder();
  const other = holdLock(folder);
  const { ledger, warnings } = open(folder);
  expect(ledger?.byOutput('/out/a.jpg')).toBeUndefined();
  ledger?.record(entry('/out/a.jpg'));
  ledger?.flush();
  other.close();
  ledger?.close();
  expect(warnings).toEqual([]);
  const again = open(folder);
  expect(again.ledger?.byOutput('/out/a.jpg')).toBeDefined();
  again.ledger?.close();
});

test('a ledger that another program holds for itself alone hardly holds up who reads, and is told', () => {
  const folder = tempFolder();
  fill(folder, 200);
  const other = holdLock(folder, 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  const { ledger, warnings } = open(folder);
  const held = timed(() => {
    for (let at = 0; at < 200; at += 1) ledger?.byOutput(`/out/${at}.jpg`);
  });
  expect(held).toBeLessThan(2_000);
  ledger?.record(entry('/out/new.jpg'));
  other.close();
  expect(ledger?.byOutput('/out/new.jpg')).toBeDefined();
  ledger?.close();
  expect(warnings).toEqual([expect.stringMatching(/was locked by another process/)]);
  const again = open(folder);
  expect(again.ledger?.byOutput('/out/new.jpg')).toBeDefined();
  expect(again.ledger?.byOutput('/out/1.jpg')).toBeDefined();
  again.ledger?.close();
});

test('what waits to be written is bounded: the oldest goes, and is counted', () => {
  const folder = tempFolder();
  fill(folder, 1);
  holdLock(folder);
  const { ledger, warnings } = open(folder);
  for (let at = 0; at < 60_000; at += 1) ledger?.record(entry(`/out/new-${at}.jpg`, { input: `/in/${at}` }));
  expect(ledger?.byOutput('/out/new-0.jpg')).toBeUndefined();
  expect(ledger?.byInput('/in/0')).toEqual([]);
  expect(ledger?.byOutput('/out/new-59999.jpg')).toBeDefined();
  ledger?.close();
  expect(warnings).toEqual([expect.stringMatching(/ 60,000 results/)]);
});

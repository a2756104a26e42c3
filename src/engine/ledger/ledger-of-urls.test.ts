import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/temp-folder.ts';
import type { LedgerEntry } from './ledger.ts';
import { isOf, LedgerOfUrls } from './ledger-of-urls.ts';
import { openLedger } from './sqlite-ledger.ts';

function open(folder: string) {
  const ledger = openLedger((warning) => expect.fail(warning), folder);
  if (!ledger) throw new Error('There is no ledger.');
  return ledger;
}

const entry = (input: string, output = '/out/a'): LedgerEntry => ({
  output,
  input,
  inputStamp: 'one',
  recipe: 'fetch',
  bytes: 1,
});

/** All bytes of the ledger on the disk, including the write-ahead log. */
function bytesIn(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join();
}

test('a URL is found again by its query, whose values are nowhere on the disk', () => {
  const folder = tempFolder();
  const whole = open(folder);
  const ledger = new LedgerOfUrls(whole, true);
  const url = 'https://x.test/a?token=SECRET&size=1';
  ledger.record(entry(url));
  for (const flush of [() => {}, () => ledger.flush()]) {
    flush();
    expect(ledger.byInput(url).map(({ output }) => output)).toEqual(['/out/a']);
    expect(ledger.byInput('https://x.test/a?token=OTHER&size=1')).toEqual([]);
    expect(ledger.byInput('https://x.test/a?token=***&size=***')).toEqual([]);
    const found = ledger.byOutput('/out/a');
    expect(found && isOf(found, url)).toBe(true);
    expect(found && isOf(found, 'https://x.test/a?token=OTHER&size=1')).toBe(false);
    expect(found?.input).toContain('https://x.test/a?token=***&size=***');
  }
  ledger.close();
  expect(bytesIn(folder)).not.toContain('SECRET');
});

test('paths, and URLs without a query, are recorded as they are', () => {
  const folder = tempFolder();
  const whole = open(folder);
  const ledger = new LedgerOfUrls(whole, true);
  for (const [at, input] of ['/photos/what?.jpg', 'https://x.test/a'].entries()) {
    ledger.record(entry(input, `/out/${at}`));
    expect(whole.byInput(input)).toHaveLength(1);
    expect(ledger.byInput(input)).toEqual(whole.byInput(input));
  }
  ledger.close();
});

test('what an earlier version recorded with its query is found, and from then on is recorded without', () => {
  const folder = tempFolder();
  const url = 'https://x.test/a?token=SECRET';
  const before = open(folder);
  before.record(entry(url));
  before.close();
  const planned = open(folder);
  expect(new LedgerOfUrls(planned, false).byInput(url)).toHaveLength(1);
  expect(planned.byInput(url)).toHaveLength(1);
  planned.close();
  const whole = open(folder);
  const ledger = new LedgerOfUrls(whole, true);
  expect(ledger.byInput(url)).toHaveLength(1);
  ledger.flush();
  expect(whole.byInput(url)).toEqual([]);
  expect(ledger.byInput(url)).toMatchObject([{ output: '/out/a', inputStamp: 'one' }]);
  ledger.close();
});

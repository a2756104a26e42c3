import { expect, test } from 'vitest';
import { failureLine, poolLines } from './wording.ts';

const failed = (input: string, message: string) =>
  failureLine({ index: 0, input, status: 'failed', ms: 0, error: { code: 'BAD_URL', message } });

test('a failure names its item once, whether its message does as it is, quoted or not at all', () => {
  expect(failed('a.jpg', 'Cannot read a.jpg.')).toBe('failed   Cannot read a.jpg. [BAD_URL]');
  expect(failed('a.jpg', 'It broke.')).toBe('failed   a.jpg: It broke. [BAD_URL]');
  const odd = 'odd "text"\u0000\u001b[2J';
  expect(failed(odd, `list.txt line 1: expected an URL, got ${JSON.stringify(odd)}.`)).toBe(
    'failed   list.txt line 1: expected an URL, got "odd \\"text\\"\\u0000\\u001b[2J". [BAD_URL]',
  );
});

test('of an item of any length its beginning is shown, once', () => {
  const long = `x"${'y'.repeat(100_000)}`;
  expect(failed(long, 'It broke.')).toBe(`failed   ${long.slice(0, 200)}…: It broke. [BAD_URL]`);
  const message = `Expected an URL, got ${JSON.stringify(`${long.slice(0, 200)}…`)}.`;
  expect(failed(long, message)).toBe(`failed   ${message} [BAD_URL]`);
});

test('an automatic pool size tells where it settled, how long that took and what it cost', () => {
  const pool = { size: 9, automatic: true };
  expect(poolLines({ pool: { size: 9, automatic: false } })).toEqual([]);
  expect(poolLines({ pool })).toEqual([]);
  expect(poolLines({ pool: { ...pool, settledAfterSeconds: 3.2, searchSeconds: 0.41 } })).toEqual([
    '  pool 9 (auto): found after 3.20 s, which cost 0.41 s',
  ]);
  expect(poolLines({ pool: { ...pool, settledAfterSeconds: 3.2, searchSeconds: 0.01 } })).toEqual([
    '  pool 9 (auto): found after 3.20 s, at no cost',
  ]);
});

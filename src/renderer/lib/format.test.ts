import { afterEach, expect, it } from 'vitest';
import { speak } from '../../languages/translate.ts';
import { ago, bytes, count, duration, rate, timeLeft } from './format.ts';

afterEach(() => speak('en'));

it.each([
  [0, '0 ms'],
  [840, '840 ms'],
  [4_260, '4.2 s'],
  [59_999, '59.9 s'],
  [185_000, '3 min 05 s'],
  [4_320_000, '1 h 12 min'],
])('%i ms took %s', (ms, text) => expect(duration(ms)).toBe(text));

it.each([
  [2, 'a few seconds left'],
  [12, 'about 15 s left'],
  [70, 'about a minute left'],
  [200, 'about 3 min left'],
  [5_500, 'about 1.5 h left'],
])('%i s are %s', (seconds, text) => expect(timeLeft(seconds)).toBe(text));

it('counts in words', () => {
  expect(rate(1_234.6)).toBe('1,235');
  expect(rate(3.26)).toBe('3.3');
  expect(bytes(376_000)).toBe('376 kB');
});

it('says how long ago something was', () => {
  const now = 1_800_000_000_000;
  expect(ago(now - 10_000, now)).toBe('just now');
  expect(ago(now - 5 * 60_000, now)).toBe('5 min ago');
  expect(ago(now - 26 * 3_600_000, now)).toBe('yesterday');
});

it('writes numbers and dates in the language that is spoken now', () => {
  expect([bytes(1_500_000), duration(4_260), rate(3.26), count(1_240)]).toEqual([
    '1.5 MB',
    '4.2 s',
    '3.3',
    '1,240',
  ]);
  speak('de');
  expect([bytes(1_500_000), duration(4_260), rate(3.26), count(1_240)]).toEqual([
    '1,5 MB',
    '4,2 s',
    '3,3',
    '1.240',
  ]);
  expect(timeLeft(5_500)).toBe('noch etwa 1,5 h');
  expect(ago(new Date(2026, 10, 3).getTime(), new Date(2026, 10, 28).getTime())).toBe('3. Nov.');
});

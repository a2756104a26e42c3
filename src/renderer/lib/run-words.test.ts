import { afterEach, expect, test } from 'vitest';
import { speak } from '../../languages/translate.ts';
import type { FormerRun } from '../../shared/ipc/history.ts';
import { dayWords, resultWords, stoppedWords, whenWords } from './run-words.ts';

afterEach(() => speak('en'));

const run = (counters: Partial<FormerRun['counters']>, more: Partial<FormerRun> = {}) =>
  ({
    kind: 'thumbnails',
    standing: 'ended',
    counters: {
      total: 389,
      totalKnown: true,
      done: 376,
      skipped: 0,
      failed: 13,
      cancelled: 0,
      inFlight: 0,
      bytesIn: 84e6,
      bytesOut: 485e3,
      ...counters,
    },
    ...more,
  }) as FormerRun;

test('a card says what a run made, what that saved, and what could not be made', () => {
  expect(resultWords(run({}))).toBe('376 thumbnails, 84 MB → 485 kB, 13 could not be made');
  expect(resultWords(run({ failed: 0 }, { kind: 'fetch' }))).toBe('376 files, 485 kB');
  expect(resultWords(run({ done: 1, failed: 0, total: 3 }, { standing: 'cancelled' }))).toBe(
    '1 thumbnail, 84 MB → 485 kB, cancelled, 2 left undone',
  );
  expect(resultWords(run({ done: 0, failed: 0, skipped: 389 }))).toBe('0 thumbnails, 389 skipped');
  expect(resultWords(run({ failed: 0 }, { undone: 376 }))).toContain('undone: 376 files removed');
});

test('how far an unfinished run came is told of a total only where that is known', () => {
  expect(stoppedWords(run({}))).toBe('Not finished: stopped at 376 of 389');
  expect(stoppedWords(run({ totalKnown: false }))).toBe('Not finished: stopped at 376');
});

test('a day is called as a person would', () => {
  const now = new Date(2026, 10, 28, 0, 30).getTime();
  expect(dayWords(now, now)).toBe('Today');
  expect(dayWords(now - 3_600_000, now)).toBe('Yesterday');
  expect(dayWords(new Date(2026, 10, 24, 12).getTime(), now)).toBe('Tuesday');
  expect(dayWords(new Date(2026, 10, 3).getTime(), now)).toBe('Nov 3, 2026');
});

test('cards speak the language of the window', () => {
  speak('de');
  expect(resultWords(run({ done: 1, failed: 1 }, { undone: 2 }))).toBe(
    '1 Vorschaubild, 84 MB → 485 kB, 1 konnte nicht erzeugt werden, rückgängig gemacht: 2 Dateien entfernt',
  );
  const then = new Date(2026, 10, 3, 14, 2).getTime();
  expect(dayWords(then, new Date(2026, 10, 28).getTime())).toBe('3. Nov. 2026');
  expect(whenWords(run({}, { startedAt: then, seconds: 31.4 }), then)).toBe('Heute 14:02 · 31,4 s');
});

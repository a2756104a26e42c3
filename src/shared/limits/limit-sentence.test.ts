import { expect, it } from 'vitest';
import type { Limit } from './limit.ts';
import { limitSentence, limitWords } from './limit-sentence.ts';

const each: Readonly<Record<Limit['kind'], Limit>> = {
  processor: { kind: 'processor', share: 0.97, cores: 2 },
  disk: { kind: 'disk', share: 0.75 },
  memory: { kind: 'memory', share: 0.4 },
  'host-limit': { kind: 'host-limit', host: 'a.test', atOnce: 6, ms: 550, suggested: 12, gain: 2 },
  'host-answers': { kind: 'host-answers', host: 'a.test', ms: 1_640, fastestMs: 100 },
  refusals: { kind: 'refusals', host: 'a.test', refusals: 40, perSecond: 12 },
  gap: { kind: 'gap', host: 'a.test', gapMs: 1_000 },
  network: { kind: 'network', host: 'a.test', share: 0.83, bytesPerSecond: 3_100_000 },
  bandwidth: { kind: 'bandwidth', bytesPerSecond: 990_000, limit: 1_000_000 },
  pool: { kind: 'pool', poolSize: 4, ms: 40, suggested: 8, gain: 2, perHost: 8 },
  reader: { kind: 'reader', share: 0.6 },
};

it('says what limits a run and what would help, with the flags of the terminal', () => {
  const sentences = Object.values(each).map((limit) => limitSentence(limit, 'terminal'));
  expect(sentences).toEqual([
    'The processor limits this run: 97 % of 2 cores are in use. A larger pool would not help.',
    'The disk limits this run: its threads spend 75 % of their time reading and writing. A larger pool would hardly help.',
    'Memory limits this run: 40 % of the files found no room in it and took the way by the disk. A smaller pool would help.',
    'a.test is asked 6 at once and takes 550 ms each: --per-host 12 would double it, or wait.',
    'a.test takes 1.6 s to answer, and 100 ms when it is asked for little: it gives what it can, and asking for more at once would not help.',
    'a.test turns requests away (429 or 503, 40 so far) and gets no more than it bears, 12/s: only waiting helps.',
    'a.test is asked once in 1 s, as --min-gap or the site asked for.',
    'The network limits this run, or what a.test sends of it: 83 % of the time goes into bodies, which come at 3.1 MB/s.',
    '--bandwidth limits this run: 990 kB/s come of 1 MB/s.',
    'The pool size limits this run: its 4 places are always taken, and an item takes 40 ms. --pool 8 with --per-host 8 could double it.',
    'Reading the list or folder limits this run: for 60 % of the time there was nothing to begin.',
  ]);
});

it('names fields and no flags in the window', () => {
  for (const limit of Object.values(each)) expect(limitSentence(limit, 'window')).not.toMatch(/--\w/);
  expect(limitSentence(each['host-limit'], 'window')).toMatch(/: “.+” at 12 would double it, or wait\.$/);
});

it('says which thread is busy, what other programs use, and gains of less than twice as much', () => {
  expect(limitSentence({ kind: 'processor', share: 0.5, cores: 8, others: 0.48 }, 'terminal')).toContain(
    '50 % of 8 cores are in use, and 48 % by other programs.',
  );
  expect(limitSentence({ kind: 'processor', share: 0.1, cores: 8, thread: 'main' }, 'terminal')).toContain(
    'the thread that plans and reports is always busy',
  );
  const pool: Limit = { kind: 'pool', poolSize: 1, suggested: 2, gain: 1.7 };
  expect(limitSentence(pool, 'terminal')).toBe(
    'The pool size limits this run: its only place is always taken. --pool 2 could make it 1.7 times as fast.',
  );
  const several: Limit = { kind: 'host-limit', atOnce: 6, suggested: 12, gain: 2 };
  expect(limitSentence(several, 'terminal')).toBe(
    'Each host is asked 6 at once: --per-host 12 would double it, or wait.',
  );
});

it('says it in a few words where there is little room', () => {
  for (const limit of Object.values(each)) expect(limitWords(limit).length).toBeLessThan(24);
});

import { expect, it } from 'vitest';
import type { Limit } from './limit.ts';
import { limitFacts, limitLead, remedyOf } from './limit-words.ts';

const host: Limit = { kind: 'host-limit', host: 'a.test', atOnce: 6, ms: 550, suggested: 12, gain: 2 };

it('says who limits a run and what was measured, with what others take of the processor', () => {
  const processor: Limit = { kind: 'processor', share: 0.49, cores: 2, others: 0.5 };
  expect(`${limitLead(processor)} ${limitFacts(processor)}`).toBe(
    'The processor limits this run: 49 % of 2 cores are in use, and 50 % by other programs.',
  );
  expect(`${limitLead(host)} ${limitFacts(host, 124)}`).toBe(
    'a.test limits this run: 124 left there, 6 at once, 0.55 s to the first byte.',
  );
});

it('offers only what would help, and never more than may be set', () => {
  expect(remedyOf(host, 128)).toMatchObject({ label: 'Allow it 12', change: { atOnce: 12, host: 'a.test' } });
  expect(remedyOf({ ...host, atOnce: 12 }, 128)).toBeUndefined();
  const pool: Limit = { kind: 'pool', poolSize: 4, ms: 40, suggested: 512, gain: 2 };
  expect(remedyOf(pool, 128)).toMatchObject({ label: 'Use 128', poolSize: 128 });
  expect(remedyOf(pool, 4)).toBeUndefined();
  expect(remedyOf({ kind: 'disk', share: 0.7 }, 128)).toBeUndefined();
});

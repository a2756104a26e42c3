import { afterEach, expect, it } from 'vitest';
import { speak, t } from '../../languages/translate.ts';
import type { Limit } from './limit.ts';
import { limitSentence } from './limit-sentence.ts';
import { limitFacts, limitLead, remedyOf } from './limit-words.ts';

afterEach(() => speak('en'));

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

it('says it through what the window passes', () => {
  const processor: Limit = { kind: 'processor', share: 0.97, cores: 2 };
  const pool: Limit = { kind: 'pool', poolSize: 1, ms: 1_640, suggested: 2, gain: 1.7 };
  for (const limit of [host, processor, pool])
    expect(limitSentence(limit, 'window', t)).toBe(limitSentence(limit, 'window'));
  speak('de');
  expect(`${limitLead(host, t)} ${limitFacts(host, 1_240, t)}`).toBe(
    'a.test begrenzt diesen Lauf: dort 1.240 offen, 6 gleichzeitig, 0,55 s bis zum ersten Byte.',
  );
  expect(limitSentence(pool, 'window', t)).toBe(
    'Die Poolgröße begrenzt diesen Lauf: Ihr einziger Platz ist immer belegt, und ein Eintrag braucht 1,6 s. Eine Größe von 2 könnte den Durchsatz auf das 1,7-Fache steigern.',
  );
  expect(remedyOf(host, 128, t)?.label).toBe('Ihm 12 erlauben');
});

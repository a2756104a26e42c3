import { expect, it } from 'vitest';
import type { Row } from '../../../../shared/ipc/run.ts';
import { skipReasons } from '../../../../shared/result.ts';
import { isMade, noteOf } from './wording.ts';

const skipped = (reason?: Row['reason']): Row => ({ index: 0, name: 'a.jpg', state: 'skipped', reason });

it('says in words why an item was skipped, never by a code', () => {
  expect(skipReasons.map((reason) => noteOf(skipped(reason)))).toEqual([
    'Already there and unchanged',
    'Only planned',
    'The site’s robots.txt asks not to fetch it',
    'The site asks not to use it for training AI',
    'It would not be smaller than the original',
  ]);
  expect(noteOf(skipped())).toBe('Skipped');
});

it('takes an item for made only where there is a file', () => {
  expect(skipReasons.filter((reason) => isMade(skipped(reason)))).toEqual(['unchanged']);
  expect(isMade({ ...skipped(), state: 'done' })).toBe(true);
  expect(isMade({ ...skipped(), state: 'failed' })).toBe(false);
});

import { expect, it } from 'vitest';
import { partsOf, wordsOf } from './stage-shares.ts';

it('tells the stages of an item in the order in which they were, whoever tells of them', () => {
  const shares = { write: 25, decode: 190, read: 39 };
  expect(partsOf(shares).map(({ stage }) => stage)).toEqual(['read', 'decode', 'write']);
  expect(wordsOf(shares)).toBe('reading 15 %, decoding 75 %, writing 10 %');
});

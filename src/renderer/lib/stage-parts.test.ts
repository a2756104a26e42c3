import { expect, it } from 'vitest';
import { partsAmong, partsOf, totalMs } from './stage-parts.ts';

it('tells the parts of an item in the order in which it had them, those that took any time', () => {
  const fetched = { host: 5, dns: 1, connect: 2, tls: 3, firstByte: 40, body: 8, write: 1 };
  expect(partsOf(fetched)).toEqual([
    { part: 'wait', ms: 5 },
    { part: 'connect', ms: 6 },
    { part: 'first byte', ms: 40 },
    { part: 'body', ms: 8 },
    { part: 'write', ms: 1 },
  ]);
  expect(totalMs(fetched)).toBe(60);
  const made = { write: 2, decode: 9, resize: 1, body: 3 };
  expect(partsOf(made).map(({ part }) => part)).toEqual(['body', 'decode', 'scale', 'write']);
  expect(partsAmong([{ decode: 1 }, { firstByte: 1 }])).toEqual(['first byte', 'decode']);
  expect(partsAmong([])).toEqual([]);
});

import { expect, it } from 'vitest';
import { ToldValues } from './told-values.ts';

it('long values are cut, and after many of them all are kept short', () => {
  const values = new ToldValues();
  const long = 'x'.repeat(5_000);
  expect(values.tell('short')).toBe('short');
  expect(values.tell({ a: 1 })).toBe('{"a":1}');
  expect(values.tell(long)).toBe(`${'x'.repeat(4_000)}…`);
  let all = 0;
  for (let at = 0; at < 100_000; at += 1) all += values.tell(long).length;
  expect(all).toBeLessThan(50_000_000);
  expect(values.tell(long)).toBe(`${'x'.repeat(100)}…`);
  expect(values.tell('short')).toBe('short');
});

import { expect, test } from 'vitest';
import { lineOfResult } from './line-of-result.ts';
import type { ItemResult } from './result.ts';

test('a line has all of a result but its index, wherever that stands', () => {
  const result: ItemResult = { index: 12, input: 'a,b', status: 'done', ms: 1, output: 'c' };
  const { index, ...others } = result;
  for (const each of [result, { ...others, index }]) {
    expect(lineOfResult(each)).toBe('{"type":"result","input":"a,b","status":"done","ms":1,"output":"c"}');
    expect(lineOfResult(each)).toBe(lineOfResult({ ...each }));
  }
});

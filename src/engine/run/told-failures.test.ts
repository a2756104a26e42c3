import { expect, test } from 'vitest';
import type { Failure } from '../../shared/failure.ts';
import { ToldFailures } from './told-failures.ts';

const failure: Failure = {
  code: 'TASK_THREW',
  message: 'no',
  name: 'RangeError',
  stack: `at ${'x'.repeat(1_000_000)}`,
  cause: { message: 'why' },
};

test('where and why an item failed is kept of so many as fit, and of all others what failed', () => {
  const failures = new ToldFailures();
  const told = Array.from({ length: 20 }, () => failures.tell(failure));
  expect(told[0]).toEqual(failure);
  expect(told.at(-1)).toEqual({ code: 'TASK_THREW', message: 'no', name: 'RangeError' });
  expect(JSON.stringify(told).length).toBeLessThan(10 * 1_024 * 1_024);
});

test('a long message is cut', () => {
  const { message } = new ToldFailures().tell({ code: 'TASK_THREW', message: 'm'.repeat(1_000_000) });
  expect(message).toBe(`${'m'.repeat(4_000)}…`);
});

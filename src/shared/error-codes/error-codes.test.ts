import { expect, it } from 'vitest';
import { adviceFor, errorCodeGroups, errorCodes, titleOf } from './error-codes.ts';

it('each code is in one group', () => {
  expect(Object.values(errorCodeGroups).flatMap((group) => Object.keys(group))).toEqual(errorCodes);
});

it.each(errorCodes)('%s has a title and advice that a person can follow where it is told', (code) => {
  expect(titleOf(code)).toMatch(/^[A-Z]/);
  expect(adviceFor(code, 'terminal')).toMatch(/\.$/);
  // Flags mean nothing in the window or to a program.
  for (const where of ['window', 'library'] as const) {
    expect(adviceFor(code, where)).toMatch(/\.$/);
    expect(adviceFor(code, where)).not.toContain('--');
  }
});

it('no cause is advised to use a report, which only a run with --json has made', () => {
  expect(errorCodes.filter((code) => adviceFor(code, 'terminal').includes('--retry-failed'))).toEqual([]);
});

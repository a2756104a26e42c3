import { expect, it } from 'vitest';
import { adviceFor } from './advice.ts';

it('says what could not be downloaded from where, and what to do', () => {
  const advice = adviceFor(new Error('getaddrinfo ENOTFOUND github.com'));
  expect(advice).toMatch(/could not be downloaded/);
  expect(advice).toMatch(/ENOTFOUND github\.com/);
  expect(advice).toMatch(/ELECTRON_MIRROR/);
  expect(advice).toMatch(/dist:check/);
});

it('leaves other errors as they are, with where they happened', () => {
  const error = new Error('Application entry file is corrupted');
  expect(adviceFor(error)).toBe(error.stack);
});

import { expect, it } from 'vitest';
import { errorCodes } from '../../shared/failure.ts';
import { adviceFor, causes } from './failure-words.ts';

it.each(errorCodes)('%s has a cause and advice that a person at the window can follow', (code) => {
  expect(causes[code]).toMatch(/^[A-Z]/);
  expect(adviceFor(code)).toMatch(/\.$/);
  // Options of the command line are no help here.
  expect(adviceFor(code)).not.toContain('--');
});

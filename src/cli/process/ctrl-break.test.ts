import { constants } from 'node:os';
import { expect, test } from 'vitest';
import { needs } from '../../../test/needs.ts';
import { codeOfInterruption, Interrupted } from './exit-codes.ts';
import { interruptSignal } from './interrupt.ts';

const onWindows = needs('Windows', process.platform === 'win32');

test('Ctrl-Break, which only Windows has, ends a run as Ctrl-C does', () => {
  const signal = interruptSignal();
  // What libuv makes of the key.
  process.emit('SIGBREAK', 'SIGBREAK');
  expect(signal.aborted).toBe(true);
  expect(signal.reason).toMatchObject({ name: 'Interrupted', by: 'SIGBREAK' });
});

onWindows.test('and has an exit code of its own', () => {
  expect(codeOfInterruption(new Interrupted('SIGBREAK'))).toBe(128 + constants.signals.SIGBREAK);
});

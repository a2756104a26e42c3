import { afterEach, expect, test, vi } from 'vitest';
import { chooseDriver, electronBinary } from './driver.ts';

afterEach(() => vi.unstubAllEnvs());

test('who asks for the stand-in has it, and who asks for Electron has nothing else', () => {
  vi.stubEnv('SHOAL_DRIVER', 'stand-in');
  expect(chooseDriver()).toBe('stand-in');
  vi.stubEnv('SHOAL_DRIVER', 'electron');
  if (electronBinary() === undefined) expect(chooseDriver).toThrow('Electron has no binary here');
  else expect(chooseDriver()).toBe('electron');
});

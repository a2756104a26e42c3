import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { needs } from '../../../test/needs.ts';
import { isSizeSeen } from './pool-sizes.ts';

const ofCommand = createRequire(import.meta.url)('../../../bin/pool-of-threads.cjs').isSizeSeen;

it.each([
  ['linux', '1.51.0', true],
  ['darwin', '1.48.0', true],
  ['win32', '1.51.0', false],
  ['win32', '1.52.0', true],
  ['win32', '1.52.1', true],
  ['win32', '2.0.0', true],
] as const)('on %s libuv %s sees the size that is set in the process: %s', (platform, libuv, expected) => {
  expect([isSizeSeen(platform, libuv), ofCommand(platform, libuv)]).toEqual([expected, expected]);
});

needs('an older Node on Windows', !isSizeSeen(process.platform, process.versions.uv)).test(
  'where it does not, none is set, so that four threads are told as four',
  () => {
    createRequire(import.meta.url)('../../../bin/pool-of-threads.cjs').askForThreads(72);
    expect(process.env.UV_THREADPOOL_SIZE).toBeUndefined();
  },
);

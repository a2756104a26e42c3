import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { needs } from '../../../test/needs.ts';
import { fewFilesWarning, freeFiles, roomForFetches, threadsThatFit } from './open-files.ts';

needs('/proc', existsSync('/proc/self/limits')).test('what is free is a number on Linux', () => {
  const free = freeFiles();
  expect(Number.isInteger(free)).toBe(true);
  expect(free).toBeGreaterThan(0);
});

test('as many threads as are wanted where the system does not tell, or has enough', () => {
  expect(threadsThatFit(64, Number.POSITIVE_INFINITY)).toBe(64);
  expect(threadsThatFit(64, 100_000)).toBe(64);
  expect(threadsThatFit(64, 106)).toBe(12);
});

test('there is always one, however little is free', () => {
  for (const free of [0, 5, -3]) {
    expect(threadsThatFit(8, free)).toBe(1);
    expect(roomForFetches({ wanted: 128, threads: 2, imaging: 2 }, free)).toEqual({
      requests: 1,
      socketsPerThread: 1,
    });
  }
});

test('requests, idle sockets, threads and main never need more together than is free', () => {
  for (let free = 40; free < 2_000; free += 7) {
    for (const threads of [1, 2, 4, 16]) {
      for (const imaging of [0, 2, 8]) {
        const { requests, socketsPerThread } = roomForFetches({ wanted: 512, threads, imaging }, free);
        expect(requests).toBeLessThanOrEqual(512);
        // Each thread gets at least one socket in any case.
        if (requests <= threads) continue;
        const needed = 10 + threads * 6 + imaging * 8 + requests + threads * socketsPerThread;
        expect(needed).toBeLessThanOrEqual(free);
        // Each request has a socket, whichever thread it is given to.
        expect(Math.ceil(requests / threads)).toBeLessThanOrEqual(socketsPerThread + 1);
      }
    }
  }
  const { requests, socketsPerThread } = roomForFetches(
    { wanted: 512, threads: 2, imaging: 0 },
    Number.POSITIVE_INFINITY,
  );
  expect([requests, socketsPerThread]).toEqual([512, Number.POSITIVE_INFINITY]);
});

test('the warning tells both numbers', () => {
  expect(fewFilesWarning(40, 128)).toMatch(/at most 40 at work instead of 128/);
});

import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { automaticCeilings } from '../../shared/settings/pool-sizes.ts';
import { LivePoolSize } from './live-pool-size.ts';
import { wantedPoolSize } from './wanted-pool-size.ts';

test('a number is taken as it is; a live size is shared', () => {
  const poolSize = new LivePoolSize(2, 4);
  expect(wantedPoolSize('fetch', poolSize)).toBe(poolSize);
  expect(wantedPoolSize('fetch', 3)).toMatchObject({ size: 3, ceiling: 3, automatic: false });
});

test('auto begins with what is usual for the task, and may grow to its ceiling', () => {
  const fetching = wantedPoolSize('fetch', 'auto');
  expect(fetching).toMatchObject({ size: 16, ceiling: automaticCeilings.fetch, automatic: true });
  const computing = wantedPoolSize('thumbnails', 'auto');
  expect(computing).toMatchObject({ size: availableParallelism(), automatic: true });
  expect(computing.ceiling).toBeGreaterThanOrEqual(availableParallelism());
});

test('without a wish it is automatic, but for a function of the caller, which nothing here sees into', () => {
  expect(wantedPoolSize('fetch', undefined)).toMatchObject({ size: 16, automatic: true });
  const size = availableParallelism();
  expect(wantedPoolSize('module', undefined)).toMatchObject({ size, automatic: true });
  expect(wantedPoolSize('function', undefined)).toMatchObject({ size, automatic: false });
});

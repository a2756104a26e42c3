import { expect, it } from 'vitest';
import { startWorkersAhead } from './workers-ahead.ts';

it('starts the workers of a fetch before anything else is read, and they can be ended unused', async () => {
  const pool = await startWorkersAhead(['fetch', 'urls.txt', '--pool', '64']);
  await pool?.ready;
  expect(pool?.threads).toBeGreaterThan(0);
  await pool?.destroy();
  expect(pool?.threads).toBe(0);
});

it.each([
  [['fetch', 'urls.txt', '--dry-run']],
  [['fetch', '--help']],
  [['thumbs', 'photos']],
  [['--version']],
  [[]],
])('starts none for %j', async (args) => {
  expect(await startWorkersAhead(args)).toBeUndefined();
});

import { expect, it, vi } from 'vitest';
import { LazyEngine } from './lazy-engine.ts';

async function startedBy(args: readonly string[]): Promise<unknown[][]> {
  const engine = new LazyEngine();
  const start = vi.spyOn(await engine.get(), 'startWorkers');
  try {
    await engine.startWorkersFor(args);
    return start.mock.calls;
  } finally {
    await engine.end();
  }
}

it.each([
  [['fetch', 'urls.txt', '--pool', '64'], false],
  [['fetch', 'urls.txt', '--thumbs'], true],
  [['fetch', '--thumbs=320', 'urls.txt'], true],
])(
  'starts the workers of %j before anything else is read, and they can be ended unused',
  async (args, thumbnails) => {
    expect(await startedBy(args)).toEqual([[{ kind: 'fetches', thumbnails }]]);
  },
);

it.each([
  [['fetch', 'urls.txt', '--dry-run']],
  [['fetch', '--help']],
  [['thumbs', 'photos']],
  [['--version']],
  [[]],
])('starts none for %j', async (args) => {
  expect(await startedBy(args)).toEqual([]);
});

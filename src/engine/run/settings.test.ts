import { expect, test } from 'vitest';
import { fetchAll, map, mapStream, thumbnails, UsageError } from '../index.ts';

test.each([
  ['a number out of bounds', { recipe: { timeout: 0 } }, 'Expected recipe.timeout to be more than 0, got 0.'],
  ['a fraction', { recipe: { retries: 1.5 } }, 'Expected recipe.retries to be a whole number, got 1.5.'],
  ['too much', { recipe: { perHost: 5000 } }, 'Expected recipe.perHost to be at most 1024, got 5000.'],
  [
    'no such choice',
    { recipe: { dedupe: 'both' } },
    'Expected recipe.dedupe to be off, link or skip, got "both".',
  ],
  ['another type', { recipe: { maxBytes: '1M' } }, 'Expected recipe.maxBytes to be a number, got "1M".'],
  [
    'a slip in a name',
    { recipe: { retry: 1 } },
    'Expected no setting of the name retry in recipe: there is none.',
  ],
  ['a secret', { access: { user: 5 } }, 'Expected access.user to be a text.'],
])('the library refuses %s in the phrasing of the command line', async (_case, options, message) => {
  const refused = fetchAll('http://127.0.0.1:9/', options as Parameters<typeof fetchAll>[1]);
  await expect(refused).rejects.toThrow(new UsageError(message));
});

test('the library tells every setting that is out of bounds, and what holds between settings', async () => {
  const box = { width: 75, height: 75 };
  const refused = thumbnails('photos', { recipe: { quality: 0, fit: 'squeeze' as never } });
  await expect(refused).rejects.toThrow(
    'Expected recipe.fit to be inside, cover, contain, fill or outside, got "squeeze".\n' +
      'Expected recipe.quality to be at least 1, got 0.',
  );
  await expect(thumbnails('photos', { recipe: { box, furtherBoxes: [box] } })).rejects.toThrow(
    'Expected each size once for recipe.furtherBoxes.',
  );
  await expect(thumbnails([])).rejects.toThrow('Expected paths to have at least 1, got 0.');
});

test('the library removes thumbnails of deleted originals, and tells what a shard of it cannot', async () => {
  await expect(thumbnails('photos', { mirror: true, shard: '1/2' })).rejects.toThrow(
    'Thumbnails of deleted originals cannot be removed by one shard of many: each would look at all.',
  );
});

test.each([
  [
    'a number for a task',
    5,
    [1],
    {},
    "Expected the task to be a function, or a module's path or URL, got 5.",
  ],
  [
    'a number for the items',
    () => 1,
    5,
    {},
    'Expected the items to be iterable, as an array, a set or a generator is, got 5.',
  ],
  [
    'no items',
    () => 1,
    undefined,
    {},
    'Expected the items to be iterable, as an array, a set or a generator is, got nothing.',
  ],
  [
    'a slip in an option',
    () => 1,
    [1],
    { poolsize: 4 },
    'Expected no option of the name poolsize: there is none.',
  ],
])('map refuses %s', async (_case, task, items, slip, message) => {
  const options = slip as object;
  const refusal = new UsageError(message);
  await expect(map(task as () => number, items as number[], options)).rejects.toThrow(refusal);
  expect(() => mapStream(task as () => number, items as number[], options)).toThrow(refusal);
});

test('thumbnails and fetchAll refuse a slip in an option', async () => {
  const refusal = new UsageError('Expected no option of the name recip: there is none.');
  const slip = { recip: { quality: 5 } } as object;
  await expect(thumbnails('photos', slip)).rejects.toThrow(refusal);
  await expect(fetchAll('http://127.0.0.1:9/', slip)).rejects.toThrow(refusal);
});

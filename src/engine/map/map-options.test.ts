import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../shared/failure.ts';
import { fetchAll, thumbnails } from '../index.ts';
import { LivePoolSize } from '../pool/live-pool-size.ts';
import { tune } from '../run/tune.ts';
import { map, mapStream } from './map.ts';

const same = (item: unknown) => item;
const module = new URL('../../../test/tasks/double.mjs', import.meta.url);

/** JavaScript callers give whatever they like. */
// biome-ignore lint/suspicious/noExplicitAny: that is what is tested.
type Anything = any;

const wrong: readonly (readonly [option: string, value: unknown, sentence: string])[] = [
  ['lookAhead', 0, 'Expected lookAhead to be an integer of at least 1, got 0.'],
  ['lookAhead', -1, 'Expected lookAhead to be an integer of at least 1, got -1.'],
  ['lookAhead', Number.NaN, 'Expected lookAhead to be an integer of at least 1, got NaN.'],
  ['lookAhead', '8', 'Expected lookAhead to be an integer of at least 1, got "8".'],
  ['order', 'completion', 'Expected order to be input or finished, got "completion".'],
  ['order', 'FINISHED', 'Expected order to be input or finished, got "FINISHED".'],
  ['graceMs', -1, 'Expected graceMs to be a number from 0 to 2147483647, got -1.'],
  ['graceMs', 'x', 'Expected graceMs to be a number from 0 to 2147483647, got "x".'],
  ['maxHeapMiB', 'a', 'Expected maxHeapMiB to be an integer from 8 to 1048576, got "a".'],
  ['poolSize', 0, 'Expected poolSize to be an integer of at least 1, auto or a LivePoolSize, got 0.'],
  ['poolSize', 1.5, 'Expected poolSize to be an integer of at least 1, auto or a LivePoolSize, got 1.5.'],
  ['poolSize', '4', 'Expected poolSize to be an integer of at least 1, auto or a LivePoolSize, got "4".'],
  [
    'poolSize',
    Number.NaN,
    'Expected poolSize to be an integer of at least 1, auto or a LivePoolSize, got NaN.',
  ],
  ['poolSize', null, 'Expected poolSize to be an integer of at least 1, auto or a LivePoolSize, got null.'],
  ['signal', {}, 'Expected signal to be an AbortSignal, got an object.'],
  ['signal', new AbortController(), 'Expected signal to be an AbortSignal, got an object.'],
  ['onResult', 5, 'Expected onResult to be a function, got 5.'],
  ['onProgress', true, 'Expected onProgress to be a function, got true.'],
  ['onLimit', 'told', 'Expected onLimit to be a function, got "told".'],
  ['chunkSize', 0, 'Expected chunkSize to be an integer from 1 to 10000, got 0.'],
  ['retries', -1, 'Expected retries to be an integer from 0 to 100, got -1.'],
  ['retries', Number.POSITIVE_INFINITY, 'Expected retries to be an integer from 0 to 100, got Infinity.'],
  ['timeoutMs', 0, 'Expected timeoutMs to be a number from 1 to 86400000, got 0.'],
  ['stopOnError', 0, 'Expected stopOnError to be true or false or an integer from 1 to 1000000000, got 0.'],
  [
    'stopOnError',
    'yes',
    'Expected stopOnError to be true or false or an integer from 1 to 1000000000, got "yes".',
  ],
  ['itemsPerWorker', 1.5, 'Expected itemsPerWorker to be an integer from 1 to 1000000000, got 1.5.'],
  ['transfer', [], 'Expected transfer to be a function, got an array.'],
  ['printsTo', 'stdin', 'Expected printsTo to be stdout or stderr, got "stdin".'],
  ['workerFile', '', 'Expected workerFile to be a text that is not empty, got "".'],
  ['workerFile', 7, 'Expected workerFile to be a text that is not empty, got 7.'],
  ['poolsize', 4, 'Expected no option of the name poolsize: there is none.'],
];

describe.each([
  ['a function', same],
  ['a module', module],
])('an option of a stream of %s that is wrong is refused at once, in a sentence', (_what, task) => {
  test.each(wrong)('%s: %s', (option, value, sentence) => {
    const refused = () => mapStream(task as Anything, [1], { [option]: value } as Anything);
    expect(refused).toThrow(UsageError);
    expect(refused).toThrow(sentence);
  });
});

const ofStreams = new Set(['lookAhead', 'order']);

test.each(wrong.filter(([option]) => !ofStreams.has(option)))(
  'map refuses %s: %s',
  async (option, value, sentence) => {
    const refused = map(same, [1], { [option]: value } as Anything);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(sentence);
  },
);

test('what only the other one has is told as that', async () => {
  await expect(map(same, [1], { order: 'finished' } as Anything)).rejects.toThrow(
    'Expected no option of the name order: only mapStream has it.',
  );
  expect(() => mapStream(same, [1], { throwOnFailure: true } as Anything)).toThrow(
    'Expected no option of the name throwOnFailure: only map has it; see values().',
  );
});

test('several wrong options are told together', async () => {
  await expect(map(same, [1], { retries: 'x', graceMs: -1 } as Anything)).rejects.toMatchObject({
    sentences: [expect.stringMatching(/^Expected retries/), expect.stringMatching(/^Expected graceMs/)],
  });
});

test.each([
  ['items', same, 'abc', /iterable.* got "abc"/],
  ['items', same, 7, /iterable.* got 7/],
  ['items', same, undefined, /iterable.* got nothing/],
  ['items', same, Promise.resolve([1]), /got a promise: await it first/],
  ['a task', 5, [1], /Expected the task to be a function, or a module's path or URL, got 5\./],
  ['a task', '', [1], /Expected the task to be .*, got ""\./],
  ['a task', class Resize {}, [1], /Expected the task to be .*, got the class Resize\./],
])('%s that cannot be used are refused: %s, %s', async (_what, task, items, sentence) => {
  const refused = map(task as Anything, items as Anything);
  await expect(refused).rejects.toThrow(UsageError);
  await expect(refused).rejects.toThrow(sentence);
});

test.each([[null], [5], ['fast'], [[]]])('options that are no object are refused: %j', async (options) => {
  await expect(map(same, [1], options as Anything)).rejects.toThrow(
    /^Expected the options to be an object, got /,
  );
});

test('an option that is undefined is as if it were not there', async () => {
  const options = Object.fromEntries(
    wrong.filter(([name]) => name !== 'poolsize' && !ofStreams.has(name)).map(([name]) => [name, undefined]),
  );
  expect(await map(same, [1], options as Anything)).toMatchObject([{ status: 'done', value: 1 }]);
});

test('a retry of what was moved away is refused', async () => {
  await expect(map(module, [1], { retries: 1, transfer: () => [] })).rejects.toThrow(
    /no retries with transfer/,
  );
});

test('data that cannot be sent to a worker is refused', async () => {
  await expect(map(module, [1], { data: { log: () => {} } })).rejects.toThrow(
    /^Expected data to be what can be cloned for another thread: /,
  );
  await expect(map(module, [1], { data: { log: () => {} } })).rejects.toThrow(UsageError);
});

test('whatever is given as options, map ends, or refuses with a sentence for each wrong one', async () => {
  const options = fc.dictionary(
    fc.constantFrom(
      ...wrong.map(([option]) => option).filter((name) => !['signal', 'graceMs'].includes(name)),
    ),
    fc.oneof(
      fc.integer({ min: -2, max: 3 }),
      fc.string(),
      fc.constantFrom(null, Number.NaN, true, {}, undefined, 'auto'),
    ),
    { maxKeys: 3 },
  );
  await fc.assert(
    fc.asyncProperty(options, async (given) => {
      const results = await map(same, [1, 2, 3], given as Anything).catch((error: unknown) => error);
      if (results instanceof UsageError) {
        for (const said of results.sentences) expect(said).toMatch(/^Expected .+(, got .+|: .+)\.$/);
      } else expect(results).toHaveLength(3);
    }),
    { numRuns: 300 },
  );
});

describe('the other functions refuse wrong options likewise', () => {
  test.each([
    ['poolSize', 0, 'Expected poolSize to be an integer of at least 1, auto or a LivePoolSize, got 0.'],
    ['poolSize', '4', 'Expected poolSize to be an integer of at least 1, auto or a LivePoolSize, got "4".'],
    ['signal', 5, 'Expected signal to be an AbortSignal, got 5.'],
    ['onResult', 5, 'Expected onResult to be a function, got 5.'],
    ['force', 'yes', 'Expected force to be true or false, got "yes".'],
    ['only', ['a'], 'Expected only to be a set of inputs, got an array.'],
    ['limits', {}, 'Expected limits to be LiveLimits, got an object.'],
    ['journal', 1, 'Expected journal to be true, false or an object, got 1.'],
  ])('%s: %s', async (option, value, sentence) => {
    for (const refused of [
      thumbnails('absent', { [option]: value } as Anything),
      fetchAll('https://example.com', { [option]: value } as Anything),
    ]) {
      await expect(refused).rejects.toThrow(UsageError);
      await expect(refused).rejects.toThrow(sentence);
    }
  });

  test('options that are no object', async () => {
    await expect(thumbnails('absent', 5 as Anything)).rejects.toThrow(
      /^Expected the options to be an object/,
    );
    await expect(fetchAll('absent', null as Anything)).rejects.toThrow(
      /^Expected the options to be an object/,
    );
  });

  test.each([
    [{ sizes: [] }, /^Expected sizes to be a list of pool sizes, got an array\.$/],
    [{ sizes: [0] }, /^Expected sizes/],
    [{ sizes: 4 }, /^Expected sizes/],
    [{ sizes: undefined }, /^Expected sizes to be a list of pool sizes, got nothing\.$/],
    [{ runOnce: 5 }, /^Expected runOnce to be a function, got 5\.$/],
    [{ warmUp: 'no' }, /^Expected warmUp to be true or false, got "no"\.$/],
    [{ longestMs: 0 }, /^Expected longestMs/],
  ])('tune: %j', async (part, sentence) => {
    const options = {
      sizes: [1],
      warmUp: false,
      runOnce: () => Promise.reject(new Error('It was run.')),
      ...part,
    };
    await expect(tune(options as Anything)).rejects.toThrow(sentence);
  });

  test.each([
    [[0], 'Expected the pool size to be an integer of at least 1, got 0.'],
    [['4'], 'Expected the pool size to be an integer of at least 1, got "4".'],
    [[4, 2], 'Expected the pool size to be an integer from 1 to 2, got 4.'],
    [[4, Number.NaN], "Expected the pool size's ceiling to be an integer of at least 1, got NaN."],
  ])('LivePoolSize: %j', (given, sentence) => {
    const make = () => new LivePoolSize(...(given as [number, number?]));
    expect(make).toThrow(UsageError);
    expect(make).toThrow(sentence);
  });
});

describe('a source that breaks', () => {
  test('by answering what is no answer, rejects the run as a loop over it would', async () => {
    const answersNothing = { [Symbol.iterator]: () => ({ next: () => 1 }) } as Anything;
    for (const task of [same, module])
      await expect(map(task as Anything, answersNothing)).rejects.toThrow(TypeError);
  });

  const failing = (how: () => unknown) => ({ [Symbol.iterator]: how }) as Anything;
  const failingAsync = (how: () => unknown) => ({ [Symbol.asyncIterator]: how }) as Anything;
  const raise = () => {
    throw new Error('the source is broken');
  };
  test.each([
    ['has an iterator that cannot be had', failing(raise)],
    ['throws at its first item', failing(() => ({ next: raise }))],
    ['throws at its first item, later', failingAsync(() => ({ next: raise }))],
    ['rejects', failingAsync(() => ({ next: async () => raise() }))],
  ])('%s rejects the run, and leaves no thread behind', async (_how, items) => {
    for (const task of [same, module]) {
      await expect(map(task as Anything, items)).rejects.toThrow('the source is broken');
      await expect(Array.fromAsync(mapStream(task as Anything, items))).rejects.toThrow(
        'the source is broken',
      );
    }
  });
});

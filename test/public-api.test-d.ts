import { describe, expectTypeOf, test } from 'vitest';
import {
  type ErrorCode,
  fetchAll,
  type ItemResult,
  type LivePoolSize,
  type MapContext,
  type MapOptions,
  type MapResult,
  map,
  mapStream,
  type Report,
  thumbnails,
  values,
} from '../src/engine/index.ts';

// Compiled by `npm run typecheck`, never run: what a program that uses the library may rely on.

const modulePath = './count.mjs';

describe('map', () => {
  test('a function gives items and values their types', async () => {
    const results = await map((item: number) => `${item}`, [1, 2]);
    expectTypeOf(results).toEqualTypeOf<MapResult<number, string>[]>();
  });

  test('the items alone tell the type of the item', () => {
    map(
      (item, { index, signal }) => {
        expectTypeOf(item).toEqualTypeOf<string>();
        expectTypeOf(index).toEqualTypeOf<number>();
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
      },
      new Set(['a']),
    );
  });

  test('a promise is the value that it resolves to', async () => {
    const results = await map(async (url: URL) => url.href.length, [new URL('https://example.com')]);
    expectTypeOf(results).toEqualTypeOf<MapResult<URL, number>[]>();
  });

  test('the value of a module is unknown until it is said', async () => {
    expectTypeOf(await map(modulePath, ['a'])).toEqualTypeOf<MapResult<string, unknown>[]>();
    expectTypeOf(await map<string, number>(modulePath, ['a'])).toEqualTypeOf<MapResult<string, number>[]>();
  });

  test('only what is done has a value, only what has failed an error', () => {
    const value = (result: MapResult<string, number>) => {
      if (result.status === 'done') expectTypeOf(result.value).toEqualTypeOf<number>();
      if (result.status === 'failed') expectTypeOf(result.error.code).toEqualTypeOf<ErrorCode>();
      // @ts-expect-error There may be none.
      return result.value;
    };
    expectTypeOf(value).toBeFunction();
  });

  test('plain values have the type of the value', async () => {
    const plain = await map((item: number) => `${item}`, [1], { throwOnFailure: true });
    expectTypeOf(plain).toEqualTypeOf<string[]>();
    const results = await map((item: number) => `${item}`, [1], { throwOnFailure: false });
    expectTypeOf(values(results)).toEqualTypeOf<string[]>();
    const stream = mapStream(async (item: number) => item > 0, [1]);
    expectTypeOf(values(stream)).toEqualTypeOf<AsyncGenerator<boolean, void, undefined>>();
  });

  test('options that are made elsewhere may be handed on, whatever they say of failures', async () => {
    const options: MapOptions<number, string> = { poolSize: 2 };
    const either = await map((item: number) => `${item}`, [1], options);
    expectTypeOf(either).toEqualTypeOf<MapResult<number, string>[] | string[]>();
  });

  test('a task gets data and state of whatever type it and its caller agree on', () => {
    map(
      (item: number, { data, move, progress }: MapContext<{ factor: number }>) => {
        progress(0.5);
        return move(item * data.factor);
      },
      [1],
    );
  });

  test('items may come by and by, and a stream of them too', () => {
    async function* numbers() {
      yield 1;
    }
    const stream = mapStream((item) => item > 0, numbers(), { order: 'finished', lookAhead: 8 });
    expectTypeOf(stream).toEqualTypeOf<AsyncGenerator<MapResult<number, boolean>, void, undefined>>();
  });

  test('what is no option, no task and no list of items does not compile', () => {
    // @ts-expect-error There is no such option.
    map(modulePath, ['a'], { poolsize: 4 });
    // @ts-expect-error A task is a function or a module.
    map(4, ['a']);
    // @ts-expect-error A number is not iterable.
    map(modulePath, 4);
    // @ts-expect-error Only a stream has an order of its own.
    map(modulePath, ['a'], { order: 'finished' });
  });
});

describe('thumbnails and fetchAll', () => {
  test('take one input or many, and resolve to a report', () => {
    expectTypeOf(thumbnails).parameter(0).toEqualTypeOf<string | readonly string[]>();
    expectTypeOf(fetchAll).parameter(0).toEqualTypeOf<string | readonly string[]>();
    expectTypeOf(thumbnails).returns.resolves.toExtend<Report>();
    expectTypeOf(fetchAll).returns.resolves.toExtend<Report>();
    expectTypeOf<Report['failures']>().toEqualTypeOf<readonly ItemResult[]>();
  });

  test('take a pool size that can be changed meanwhile', (poolSize: unknown) => {
    thumbnails('photos', { poolSize: poolSize as LivePoolSize });
    fetchAll('urls.txt', { poolSize: 8 });
    thumbnails('photos', { poolSize: 'auto' });
  });

  test('a recipe has the settings of its own task only', () => {
    thumbnails('photos', { recipe: { format: 'webp', box: { width: 320, height: 240 } } });
    fetchAll('urls.txt', { recipe: { retries: 5, thumbnail: { quality: 70 } } });
    // @ts-expect-error There is no such format.
    thumbnails('photos', { recipe: { format: 'heic' } });
    // @ts-expect-error Thumbnails are not retried.
    thumbnails('photos', { recipe: { retries: 5 } });
  });
});

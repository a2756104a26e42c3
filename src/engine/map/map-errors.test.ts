import { describe, expect, test } from 'vitest';
import { ItemError } from '../../shared/failure.ts';
import type { MapResult } from '../../shared/result.ts';
import { map, mapStream } from './map.ts';
import { values } from './values.ts';

const failing = new URL('../../../test/tasks/failing.mjs', import.meta.url);

async function failureIn(where: string, how: string) {
  const task =
    where === 'a worker' ? failing : ((await import(failing.href)).default as (how: string) => string);
  const [result] = await map<string, string>(task, [how], { poolSize: 1 });
  if (result?.status !== 'failed') throw new Error(`It ended as ${result?.status}.`);
  return result.error;
}

describe.each(['a worker', 'this thread'])('what a task throws in %s', (where) => {
  test('keeps its class, its lines and its causes', async () => {
    const error = await failureIn(where, 'caused');
    expect(error).toMatchObject({
      code: 'TASK_THREW',
      message: 'outer',
      name: 'OddError',
      stack: expect.stringMatching(/^(Odd)?Error: outer\n\s+at .*failing\.mjs:5:\d+/),
      cause: { message: 'inner', name: 'TypeError', cause: { message: 'the root' } },
    });
  });

  test('keeps its own code and what else it says in plain words', async () => {
    expect(await failureIn(where, 'system')).toMatchObject({
      code: 'TASK_THREW',
      message: 'no such thing',
      errorCode: 'ENOENT',
      details: { path: '/absent', errno: -2 },
    });
  });

  test('has no lines but those of the task', async () => {
    for (const how of ['caused', 'later']) {
      const lines = (await failureIn(where, how)).stack?.split('\n').slice(1) ?? [];
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.filter((line) => !line.includes('failing.mjs'))).toEqual([]);
    }
  });

  test.each([
    ['text', 'a mere text'],
    ['nothing', 'undefined'],
    ['no message', 'It failed without a message.'],
    ['getter', 'Error: fine'],
    ['hostile', 'A value that is no text was thrown.'],
    ['hostile cause', 'fine'],
  ])('may be odd: %s', async (how, message) => {
    expect(await failureIn(where, how)).toMatchObject({ code: 'TASK_THREW', message });
  });

  test('is bounded, however long it is or however often it is its own cause', async () => {
    expect(JSON.stringify(await failureIn(where, 'long')).length).toBeLessThan(30_000);
    const text = JSON.stringify(await failureIn(where, 'circle'));
    expect(text.match(/"round"/g)?.length).toBeLessThan(8);
  });
});

test('a function’s own error is there itself', async () => {
  const error = new RangeError('mine');
  const [result] = await map(() => Promise.reject(error), [1]);
  expect(result).toMatchObject({ status: 'failed', error: { name: 'RangeError' } });
  expect((result as { thrown?: unknown }).thrown).toBe(error);
});

describe('for those who want plain values', () => {
  const half = async (item: number) => {
    if (item % 2 !== 0) throw new RangeError(`${item} is odd`);
    return item / 2;
  };

  test('values() gives those of results and of streams', async () => {
    expect(values(await map(half, [2, 4]))).toEqual([1, 2]);
    expect(await Array.fromAsync(values(mapStream(half, [2, 4])))).toEqual([1, 2]);
    expect(values([])).toEqual([]);
  });

  test('values() throws what the first failed task threw', async () => {
    const results = await map(half, [2, 3, 5]);
    expect(() => values(results)).toThrow(RangeError);
    expect(() => values(results)).toThrow('3 is odd');
    await expect(Array.fromAsync(values(mapStream(half, [2, 3])))).rejects.toThrow(RangeError);
  });

  test('throwOnFailure makes map resolve to the values, or reject with the first error and begin nothing more', async () => {
    expect(await map(half, [2, 4], { throwOnFailure: true })).toEqual([1, 2]);
    const begun: number[] = [];
    const task = (item: number) => {
      begun.push(item);
      return half(item);
    };
    const running = map(task, [2, 3, 4, 5, 6, 8, 10, 12], { poolSize: 2, throwOnFailure: true });
    await expect(running).rejects.toThrow(new RangeError('3 is odd'));
    expect(begun.length).toBeLessThan(8);
    const asIfNotThere = { throwOnFailure: true, stopOnError: undefined, poolSize: 1 } as const;
    begun.length = 0;
    await expect(map(task, [3, 4], asIfNotThere)).rejects.toThrow('3 is odd');
    expect(begun).toEqual([3]);
  });

  test('the error of a module is an ItemError, whose cause is like what was thrown', async () => {
    const running = map<string>(failing, ['fine', 'system'], { throwOnFailure: true, poolSize: 1 });
    await expect(running).rejects.toThrow(ItemError);
    await expect(running).rejects.toMatchObject({
      code: 'TASK_THREW',
      message: 'no such thing',
      cause: {
        name: 'Error',
        message: 'no such thing',
        code: 'ENOENT',
        path: '/absent',
        stack: expect.stringContaining('failing.mjs'),
      },
    });
  });

  test('what was cancelled has no value', () => {
    const cancelled = { index: 0, item: 1, status: 'cancelled', ms: 0 } as MapResult<number, number>;
    expect(() => values([cancelled])).toThrow('Item 0 was cancelled.');
  });
});

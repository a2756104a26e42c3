import { type Failure, ItemError } from '../../shared/failure.ts';
import type { MapResult } from '../../shared/result.ts';

/**
 * The plain values of results, for whoever wants all or nothing.
 *
 * @example const sizes = values(await map(size, files));
 * @example for await (const size of values(mapStream(size, files))) console.log(size);
 * @throws what the task of the first failed item threw: itself if the task is a function, and for a module an `ItemError`
 * whose `cause` tells what was thrown.
 */
export function values<Value>(results: Iterable<MapResult<unknown, Value>>): Value[];
export function values<Value>(
  results: AsyncIterable<MapResult<unknown, Value>>,
): AsyncGenerator<Value, void, undefined>;
export function values<Value>(
  results: Iterable<MapResult<unknown, Value>> | AsyncIterable<MapResult<unknown, Value>>,
): Value[] | AsyncGenerator<Value, void, undefined> {
  return Symbol.asyncIterator in results ? valuesOfStream(results) : valuesOfAll([...results]);
}

async function* valuesOfStream<Value>(
  results: AsyncIterable<MapResult<unknown, Value>>,
): AsyncGenerator<Value, void, undefined> {
  for await (const result of results) yield plainValue(result);
}

/** Of several that are no value, a failure is the reason of the others. */
function valuesOfAll<Value>(results: readonly MapResult<unknown, Value>[]): Value[] {
  const failed = results.find(({ status }) => status === 'failed');
  if (failed) plainValue(failed);
  return results.map(plainValue);
}

function plainValue<Value>(result: MapResult<unknown, Value>): Value {
  switch (result.status) {
    case 'done':
      return result.value;
    case 'failed':
      throw errorOf(result);
    case 'cancelled':
      throw new DOMException(`Item ${result.index} was cancelled.`, 'AbortError');
  }
}

/** The error of a failed item: the one that was thrown, or one like it. */
export function errorOf(result: { readonly error: Failure; readonly thrown?: unknown }): unknown {
  return 'thrown' in result ? result.thrown : errorOfFailure(result.error);
}

function errorOfFailure(failure: Failure): Error {
  const { code, message } = failure;
  if (failure.name === undefined) return new ItemError(code, message);
  return new ItemError(code, message, { cause: errorLike(failure) });
}

function errorLike({ message, name, stack, errorCode, details, cause }: Omit<Failure, 'code'>): Error {
  const error = new Error(message, cause && { cause: errorLike(cause) });
  if (name !== undefined)
    Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  if (stack !== undefined)
    Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
  return Object.assign(error, details, errorCode !== undefined && { code: errorCode });
}

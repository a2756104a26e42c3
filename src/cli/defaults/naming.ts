import { InvalidArgumentError } from 'commander';
import { UsageError } from '../../shared/failure.ts';

/** @throws UsageError that begins with where a value is from that is refused. */
export function naming<Value>(from: string, read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof InvalidArgumentError)) throw cause;
    throw new UsageError(`${from}: ${cause.message}`, { cause });
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { ItemError } from '../../shared/failure.ts';
import { machineFault } from './machine-fault.ts';

/** The first wait, in milliseconds; each further wait is twice as long. */
const firstWaitMs = 20;
const mostWaits = 9;
/** The number of waits for a while after one caller has waited the whole time in vain: the next ones would, too. */
const fewWaits = 2;
const whileMs = 10_000;
/** When a caller of this thread last waited in vain. */
let inVainAt = Number.NEGATIVE_INFINITY;

export function isShortOfFiles(error: unknown): boolean {
  const { code } = error instanceof ItemError ? error : (machineFault(error, '') ?? {});
  return code === 'TOO_MANY_OPEN_FILES';
}

/**
 * Retries work that failed because too many files were open, until others have closed theirs: for ten seconds in all.
 * @param error the error of the first try; any other kind of error is thrown again.
 * @throws the error of the last try, or an AbortError.
 */
export async function againWithRoomForFiles<Value>(
  error: unknown,
  again: () => Value | Promise<Value>,
  signal?: AbortSignal,
): Promise<Value> {
  let thrown = error;
  const most = performance.now() - inVainAt < whileMs ? fewWaits : mostWaits;
  for (let waits = 0; waits < most && isShortOfFiles(thrown); waits += 1) {
    await sleep(firstWaitMs * 2 ** waits, undefined, { signal });
    try {
      return await again();
    } catch (next) {
      thrown = next;
    }
  }
  if (isShortOfFiles(thrown)) inVainAt = performance.now();
  throw thrown;
}

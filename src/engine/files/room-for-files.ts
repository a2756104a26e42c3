import { setTimeout as sleep } from 'node:timers/promises';
import { ItemError } from '../../shared/failure.ts';
import { machineFault } from './machine-fault.ts';

/** The first wait, in milliseconds; each further one is twice as long. */
const firstWaitMs = 20;
const mostWaits = 9;
/** For a while after one has waited for all of that in vain: the next ones would, too. */
const fewWaits = 2;
const whileMs = 10_000;
/** When that was last, in this thread. */
let inVainAt = Number.NEGATIVE_INFINITY;

export function isShortOfFiles(error: unknown): boolean {
  const { code } = error instanceof ItemError ? error : (machineFault(error, '') ?? {});
  return code === 'TOO_MANY_OPEN_FILES';
}

/**
 * Does again what failed because too many files were open, as others that end make room: for ten seconds in all.
 * @param error what the first try threw; anything but such an error is thrown on.
 * @throws what the last try threw, or an AbortError.
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

import { ItemError, UsageError } from '../../../shared/failure.ts';
import type { Place } from './place.ts';

/**
 * Puts something into a place that a person has named.
 * @throws UsageError with the reason where the place does not take it.
 */
export async function intoPlace<Result>(place: Place, put: () => Promise<Result>): Promise<Result> {
  try {
    return await put();
  } catch (error) {
    if (!isOfPlace(error)) throw error;
    throw new UsageError(`${place.title} takes nothing: ${error.message}.`, {
      cause: error,
      setting: 'outputFolder',
    });
  }
}

/** Whether the reason is the file system, or the object storage. */
export function isOfPlace(error: unknown): error is Error {
  return error instanceof ItemError || (error instanceof Error && 'syscall' in error);
}

import { ItemError } from '../../../shared/failure.ts';
import { machineFault } from '../../files/machine-fault.ts';
import { isSystemError, systemItemError } from '../../files/system-error.ts';

/**
 * Converts whatever was thrown during work on an image to a code and a sentence. Errors of the image itself have them
 * already; all others are not the image's fault.
 */
export function failureOfImage(error: unknown, subject: string): ItemError {
  if (error instanceof ItemError) return error;
  const fault = machineFault(error, subject);
  if (fault) return fault;
  if (isSystemError(error)) return systemItemError(error, error.path ?? subject, 'read');
  const reason = error instanceof Error ? error.message : String(error);
  return new ItemError('UNEXPECTED', `${subject}: ${reason || 'it failed without a message'}`, {
    cause: error,
  });
}

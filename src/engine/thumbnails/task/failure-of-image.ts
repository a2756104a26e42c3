import { ItemError } from '../../../shared/failure.ts';
import { machineFault } from '../../files/machine-fault.ts';
import { isSystemError, systemItemError } from '../../files/system-error.ts';

/**
 * Puts whatever was thrown while an image was worked on into a code and a sentence. What is wrong with the image itself
 * has them already; of anything else the image is not to blame.
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

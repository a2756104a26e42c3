import { UsageError } from '../../../../shared/failure.ts';
import type { SetWriter } from '../set-of-pictures.ts';

/** Writes the contact sheet. */
export const writeContactSheet: SetWriter = async () => {
  throw new UsageError('There are no contact sheets yet.');
};

import { UsageError } from '../../../../shared/failure.ts';
import type { SetWriter } from '../set-of-pictures.ts';

/** Writes the gallery. */
export const writeGallery: SetWriter = async () => {
  throw new UsageError('There is no gallery yet.');
};

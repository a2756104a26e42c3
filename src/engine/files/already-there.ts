import { ItemError } from '../../shared/failure.ts';

/** The failure for an output whose name is taken by a file that, as far as we know, is somebody else's. */
export function alreadyThere(output: string): ItemError {
  return new ItemError('OUTPUT_EXISTS', `${output} is there already and was not made by Shoal.`);
}

import { ItemError } from '../../shared/failure.ts';

/** What bears the output's name is somebody else's, as far as we know. */
export function alreadyThere(output: string): ItemError {
  return new ItemError('OUTPUT_EXISTS', `${output} is there already and was not made by Shoal.`);
}

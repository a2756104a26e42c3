import { ItemError } from '../../../shared/failure.ts';

export async function thumbnailTask(): Promise<never> {
  throw new ItemError('UNSUPPORTED_IMAGE', 'not built yet');
}

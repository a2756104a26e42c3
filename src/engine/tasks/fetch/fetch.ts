import { ItemError } from '../../../shared/failure.ts';

export async function fetchTask(): Promise<never> {
  throw new ItemError('FETCH_FAILED', 'not built yet');
}

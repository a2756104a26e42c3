import { UsageError } from '../../../shared/failure.ts';
import type { FetchRequest } from '../../../shared/requests.ts';
import type { RunOptions } from '../../run/run-options.ts';

/** @throws UsageError for what no data set is made of. */
export function assertCanBeSet({ recipe, inputs }: FetchRequest, { only }: Pick<RunOptions, 'only'>): void {
  if (only || inputs.some(({ kind }) => kind === 'report')) throw isNoRetry();
  if (recipe.dedupe !== 'off') {
    throw new UsageError('A data set has a file for each item, also where two have the same bytes.', {
      setting: 'dedupe',
    });
  }
  if (recipe.imagesOf) {
    throw new UsageError('A data set is made from a list: which images pages have changes from run to run.', {
      setting: 'imagesOf',
    });
  }
}

export function isNoRetry(): UsageError {
  const message = 'Items of a data set cannot be done again by themselves: make it anew in another folder.';
  return new UsageError(message, { setting: 'dataset' });
}

import type { ThumbnailRequest } from '../../shared/requests.ts';
import type { ShardOfItems } from '../run/run-options.ts';

/** The warning about a folder that has no images. */
export function nothingFound(
  folder: string,
  { match }: Pick<ThumbnailRequest, 'match'>,
  shard: ShardOfItems | undefined,
): string {
  const which = match === undefined ? '' : ` that match ${match}`;
  // Another one may have them.
  return shard
    ? `Shard ${shard.title} has no images${which} in ${folder}.`
    : `No images${which} found in ${folder}.`;
}

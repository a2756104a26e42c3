import { UsageError } from '../../../shared/failure.ts';
import type { ThumbnailRequest } from '../../../shared/requests.ts';
import type { Summary } from '../../../shared/result.ts';
import type { RunContext } from '../../run/run-options.ts';
import type { WalkedRoot } from '../roots/thumbnail-roots.ts';
import { removeOrphans } from './remove-orphans.ts';

/** @throws UsageError if it cannot be known which originals are gone. */
export function assertMirrors({ list }: ThumbnailRequest, { shard }: RunContext): void {
  const refuse = (why: string) => {
    throw new UsageError(`Thumbnails of deleted originals cannot be removed ${why}.`, { setting: 'mirror' });
  };
  if (list) refuse('by a list: it tells what is there, and not what is gone');
  if (shard) refuse('by one shard of many: each would look at all');
}

/**
 * Removes the thumbnails of originals that are gone from the folders that were walked.
 * @returns what the summary tells of it.
 */
export async function mirror(
  request: ThumbnailRequest,
  walked: readonly WalkedRoot[],
  options: RunContext,
): Promise<Pick<Summary, 'removed' | 'removable'>> {
  const { ledger, onWarning } = options;
  if (!ledger) return {};
  if (walked.length === 0) {
    onWarning?.('Only of folders it is known which originals are gone: no thumbnails were looked for.');
  }
  const roots = walked.flatMap(({ root, isWhole, isEmpty }) => {
    const why = isWhole ? 'has no images, as a disk that is not mounted' : 'could not be read as a whole';
    if (isWhole && !isEmpty) return [root];
    onWarning?.(`${root.path} ${why}: no thumbnails of deleted originals were removed.`);
    return [];
  });
  const count = await removeOrphans({ ...options, request, roots, ledger });
  if (count === 0) return {};
  return options.dryRun ? { removable: count } : { removed: count };
}

import { join } from 'node:path';
import { thumbnailFolder } from '../../../shared/settings/choices.ts';
import { lstatOf } from '../../files/stat-of.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Root } from './thumbnail-roots.ts';

/**
 * The default output folders count as Shoal's own by their name, wherever a run's outputs go: else a run with another
 * output folder would make thumbnails of thumbnails, where no ledger knows of them (another machine's, a lost one).
 */
export function* thumbsByName(roots: readonly Root[]): Generator<string, void> {
  for (const { kind, path } of roots) {
    const thumbs = join(path, thumbnailFolder);
    if (kind === 'folder' && lstatOf(thumbs)?.isDirectory()) yield thumbs;
  }
}

/** The warning about such a folder, unless it is the run's output folder, or one that the ledger knows. */
export function passedOverByName(
  thumbs: string,
  roots: readonly Root[],
  ledger: Ledger | undefined,
): string | undefined {
  if (ledger?.isOutputFolder(thumbs)) return undefined;
  if (roots.some((root) => root.path === thumbs || ('output' in root && root.output.path === thumbs)))
    return undefined;
  return `${thumbs} counts as thumbnails made before, by its name, and was passed over: give it itself if it is meant.`;
}

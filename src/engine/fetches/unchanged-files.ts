import type { ItemResult } from '../../shared/result.ts';
import { endingOf, resultOf } from '../run/run-results.ts';
import { resultBase } from './attempt-results.ts';
import type { ListedUrl } from './lists/list-entry.ts';
import type { ThumbnailStage } from './then-thumbnail/thumbnail-stage.ts';

export interface UnchangedFilesOptions {
  readonly thumbnails: ThumbnailStage | undefined;
  /** Whether files are kept, or only their thumbnails. */
  readonly originals: boolean;
  readonly dryRun: boolean;
}

/** The results for files that an earlier run fetched and that are unchanged. */
export class UnchangedFiles {
  readonly #options: UnchangedFilesOptions;

  constructor(options: UnchangedFilesOptions) {
    this.#options = options;
  }

  /**
   * The result for an existing file. If its thumbnail is missing, it is made now.
   * @param spentMs the time spent so far, in milliseconds.
   */
  async resultOf(index: number, entry: ListedUrl, output: string, spentMs: number): Promise<ItemResult> {
    const { thumbnails, originals, dryRun } = this.#options;
    const item = resultBase(index, entry);
    const unchanged = { status: 'skipped', reason: 'unchanged' } as const;
    if (thumbnails && !originals) return resultOf(item, spentMs, { ...unchanged, thumbnail: { output } });
    if (!thumbnails || dryRun || thumbnails.isMade(output)) {
      return resultOf(item, spentMs, { ...unchanged, output });
    }
    const made = await thumbnails.ofFile(output);
    const ending = endingOf(made, (thumbnail) => ({ thumbnail }));
    return resultOf(item, spentMs + made.ms, { ...ending, output });
  }
}

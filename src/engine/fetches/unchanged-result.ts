import type { ItemResult } from '../../shared/result.ts';
import { inMicroseconds, resultBase } from './attempt-results.ts';
import type { ListedUrl } from './lists/list-entry.ts';
import type { ThumbnailStage } from './then-thumbnail/thumbnail-stage.ts';

/** An item whose file is there already. */
export interface UnchangedItem {
  readonly index: number;
  readonly entry: ListedUrl;
  readonly output: string;
  /** Time that was spent on finding that out, in milliseconds. */
  readonly ms: number;
}

export interface UnchangedOptions {
  readonly thumbnails: ThumbnailStage | undefined;
  /** Whether files are kept, and not their thumbnails alone. */
  readonly originals: boolean;
  readonly dryRun: boolean;
}

/** The result of such an item: its file may still lack its thumbnail, which is made then. */
export async function unchangedResult(
  { index, entry, output, ms }: UnchangedItem,
  { thumbnails, originals, dryRun }: UnchangedOptions,
): Promise<ItemResult> {
  const base = { ...resultBase(index, entry), ms: inMicroseconds(ms) };
  if (thumbnails && !originals) {
    return { ...base, status: 'skipped', reason: 'unchanged', thumbnail: { output } };
  }
  if (!thumbnails || dryRun || thumbnails.isMade(output)) {
    return { ...base, output, status: 'skipped', reason: 'unchanged' };
  }
  const made = await thumbnails.ofFile(output);
  const whole = { ...base, output, ms: inMicroseconds(ms + made.ms) };
  switch (made.status) {
    case 'done':
      return { ...whole, status: 'done', thumbnail: made.value };
    case 'failed':
      return { ...whole, status: 'failed', error: made.error };
    case 'cancelled':
      return { ...whole, status: 'cancelled' };
  }
}

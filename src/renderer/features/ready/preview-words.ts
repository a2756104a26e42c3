import type { Preview } from '../../../shared/ipc/job.ts';
import { counted } from '../../lib/format.ts';
import type { JobKind } from '../../stores/inputs.ts';

/** Whether there is nothing to work on. A count that was stopped early (`partial`) does not prove that. */
export function foundNothing({ total, partial }: Preview): boolean {
  return total === 0 && !partial;
}

export function headline(kind: JobKind, preview: Preview): string {
  const { total, skipped, unusable, partial } = preview;
  if (foundNothing(preview)) return kind === 'fetch' ? 'No URLs found' : 'No images found';
  if (total === 0) return kind === 'fetch' ? 'Download what is found' : 'Make thumbnails of what is found';
  const work = total - skipped - unusable;
  const atLeast = partial ? 'at least ' : '';
  if (work <= 0) return skipped > 0 ? 'Everything is up to date' : 'Nothing here can be used';
  return kind === 'fetch'
    ? `Download ${atLeast}${counted(work, 'file')}`
    : `Make ${atLeast}${counted(work, 'thumbnail')}`;
}

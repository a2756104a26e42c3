import { UsageError } from '../../../shared/failure.ts';
import { FolderPlace } from './folder-place.ts';
import type { Place } from './place.ts';

/**
 * The place that a person names: a folder.
 * @throws UsageError for what names none.
 */
export async function openPlace(text: string): Promise<Place> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
    throw new UsageError(`Expected a folder that all machines see, got ${text}.`, {
      setting: 'outputFolder',
    });
  }
  return new FolderPlace(text);
}

/** Where the outputs under a key of the place go, as a run takes its output folder. */
export function outputFolderIn(place: Place, key: string): string {
  return key === '' ? place.title : `${place.title.replace(/\/$/, '')}/${key}`;
}

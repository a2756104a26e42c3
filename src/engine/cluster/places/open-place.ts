import { UsageError } from '../../../shared/failure.ts';
import { FolderPlace } from './folder-place.ts';
import type { Place } from './place.ts';
import { isS3Address } from './s3-address.ts';

/**
 * The place that a person names: a folder, or `s3://bucket/prefix`.
 * @throws UsageError for what names none.
 */
export async function openPlace(text: string): Promise<Place> {
  if (isS3Address(text)) {
    const { S3Place } = await import('./s3-place.ts');
    return S3Place.open(text);
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
    throw new UsageError(`Expected a folder that all machines see or s3://bucket/prefix, got ${text}.`, {
      setting: 'outputFolder',
    });
  }
  return new FolderPlace(text);
}

/** Where the outputs under a key of the place go, as a run takes its output folder. */
export function outputFolderIn(place: Place, key: string): string {
  return key === '' ? place.title : `${place.title.replace(/\/$/, '')}/${key}`;
}

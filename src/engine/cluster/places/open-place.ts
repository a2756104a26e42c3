import { resolve } from 'node:path';
import { UsageError } from '../../../shared/failure.ts';
import { FolderPlace } from './folder-place.ts';
import type { Place } from './place.ts';
import { isS3Address, s3Address, s3Url } from './s3-address.ts';

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

/** How the title of a place begins with this text, without opening it: a person's path may be relative. */
function titleOf(text: string): string {
  return isS3Address(text) ? s3Url(s3Address(text)).replace(/\/$/, '') : resolve(text);
}

/** Whether a place is one of these, or lies in one. */
export function isPlaceIn(text: string, places: readonly string[]): boolean {
  const title = titleOf(text);
  return places.some((place) => {
    const outer = titleOf(place).replace(/\/$/, '');
    return title === outer || title.startsWith(`${outer}/`);
  });
}

/**
 * Where the outputs under a key of the place go, as a run takes its output folder.
 * @throws for a key that leads out of the place.
 */
export function outputFolderIn(place: Place, key: string): string {
  if (key.split(/[/\\]/).includes('..')) throw new Error(`Expected a key below the place, got ${key}.`);
  return key === '' ? place.title : `${place.title.replace(/\/$/, '')}/${key}`;
}

import { dirname, extname } from 'node:path';
import { UsageError } from '../../../shared/failure.ts';
import { formatOfExtension } from '../../../shared/image-formats.ts';
import type { ThumbnailRequest } from '../../../shared/requests.ts';
import { nameMatcher } from '../../names/name-matcher.ts';
import { isSystemFolder } from '../../thumbnails/walk/selection.ts';
import { isS3Address } from '../places/s3-address.ts';
import type { S3Object, S3Place } from '../places/s3-place.ts';

/** The images of an object storage whose keys differ only behind the last slash. */
export interface StoredFolder {
  /** Below the place; '' for what is in none. */
  readonly folder: string;
  readonly objects: readonly S3Object[];
}

/**
 * The one place in an object storage whose images a request names.
 * @returns undefined if it names paths on this machine.
 * @throws UsageError if it names more, or no place for the thumbnails.
 */
export function storedImages({ paths, outputFolder }: ThumbnailRequest): string | undefined {
  if (!paths.some(isS3Address)) return undefined;
  if (paths.length > 1)
    throw new UsageError('Expected one place in an object storage, and nothing beside it.');
  if (outputFolder === undefined) {
    throw new UsageError('Expected an output folder: an object storage has none beside its images.', {
      setting: 'outputFolder',
    });
  }
  return paths[0];
}

/**
 * The images that a request names, folder by folder, as a walk of folders has them. Keys come in their order: so no more is
 * held than the images of one folder, and of those that it is in.
 */
export async function* foldersOfStorage(
  place: S3Place,
  request: ThumbnailRequest,
): AsyncGenerator<StoredFolder, void> {
  const isWanted = selection(request);
  const open: { folder: string; objects: S3Object[] }[] = [];
  for await (const object of place.objects('', { isDeep: request.recursive })) {
    if (!isWanted(object.key)) continue;
    const folder = folderOf(object.key);
    for (let last = open.at(-1); last && !isWithin(folder, last.folder); last = open.at(-1)) {
      yield last;
      open.pop();
    }
    const last = open.at(-1);
    if (last?.folder === folder) last.objects.push(object);
    else open.push({ folder, objects: [object] });
  }
  yield* open.reverse();
}

function folderOf(key: string): string {
  const folder = dirname(key);
  return folder === '.' ? '' : folder;
}

function isWithin(folder: string, outer: string): boolean {
  return outer === '' || folder === outer || folder.startsWith(`${outer}/`);
}

/** Which keys are taken: those of images that are read, as a walk of a folder takes them. */
function selection({ match, exclude }: ThumbnailRequest): (key: string) => boolean {
  const matches = match === undefined ? () => true : nameMatcher(match);
  const excluded = exclude.map(nameMatcher);
  return (key) => {
    const parts = key.split('/');
    if (!parts.every(isName) || parts.slice(0, -1).some(isSystemFolder)) return false;
    const isLeftOut = parts.some((_, index) =>
      excluded.some((each) => each(parts.slice(0, index + 1).join('/'))),
    );
    const format = formatOfExtension(extname(key).slice(1).toLowerCase());
    return format?.kept !== undefined && matches(key) && !isLeftOut;
  };
}

/** A key may be anything: only those are taken that are paths below the folder, and not hidden. */
function isName(part: string): boolean {
  return part !== '' && !part.startsWith('.') && !part.includes('\0') && !part.includes('\\');
}

import { dirname, join, relative, sep } from 'node:path';
import * as z from 'zod/mini';
import { type Failure, UsageError } from '../../../shared/failure.ts';
import type { FetchRequest, ThumbnailRequest } from '../../../shared/requests.ts';
import type { ItemResult } from '../../../shared/result.ts';
import { thumbnailFolder } from '../../../shared/settings/choices.ts';
import type { TextOfBytes } from '../../../shared/text-of-bytes.ts';
import type { ListEntry, ListedUrl } from '../../fetches/lists/list-entry.ts';
import { checkInputs, urlList } from '../../fetches/lists/url-list.ts';
import type { MapItem } from '../../map/items-of-inputs.ts';
import { notText } from '../../run/input-items.ts';
import { resolveRoots } from '../../thumbnails/roots/thumbnail-roots.ts';
import { walkImages } from '../../thumbnails/walk/image-folder.ts';
import { outputFolderIn } from '../places/open-place.ts';
import { foldersOfStorage, storedImages } from '../storage/folders-of-storage.ts';
import type { GroupedLine } from './split-items.ts';

/** What is told of a request while it is read. */
export interface LinesOptions {
  /** Takes the failure of what no worker can do. */
  readonly onRefused: (result: Omit<ItemResult, 'index'>) => void;
  readonly onWarning: (warning: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** A folder of thumbnails' originals, or files that were given by themselves: a line of a bucket. */
export const folderLineSchema = z.strictObject({
  /** Absent of files that were given by themselves. */
  folder: z.optional(z.string()),
  /** Below the place, with `/` as separator. */
  below: z.string(),
  /** The images. */
  paths: z.array(z.string()),
});
type FolderLine = Readonly<z.infer<typeof folderLineSchema>>;

/** So many lines are passed on at once. */
const batchSize = 64;

/** The URLs of a request, as lines that a list has. A URL is in the bucket of its host. */
export async function* linesOfFetch(
  { inputs, recipe }: FetchRequest,
  { onRefused }: LinesOptions,
): AsyncGenerator<GroupedLine[], void> {
  await checkInputs(inputs);
  for await (const batch of urlList(inputs, { literal: recipe.literal })) {
    yield batch.flatMap((entry) => {
      const refused = refusalOf(entry);
      if (!refused) return [lineOf(entry as ListedUrl)];
      onRefused(refused);
      return [];
    });
  }
}

function refusalOf(entry: ListEntry): Omit<ItemResult, 'index'> | undefined {
  const about = { input: entry.input, status: 'failed', ms: 0 } as const;
  const columns = entry.columns && { columns: entry.columns };
  if (entry.kind === 'rejected') return { ...about, ...columns, error: entry.error };
  if (!entry.credentials) return undefined;
  const message = `The URL ${entry.input} came with a password, which is not written where all machines read it: give the workers a netrc or hosts file.`;
  return { ...about, ...columns, error: { code: 'BAD_LIST_LINE', message } };
}

function lineOf({ input, host, name, sha256, md5, columns }: ListedUrl): GroupedLine {
  const line = JSON.stringify({
    url: input,
    ...(name !== undefined && { name }),
    ...(sha256 !== undefined && { sha256 }),
    ...(md5 !== undefined && { md5 }),
    ...columns,
  });
  return { belongsTo: host, line, items: 1 };
}

/** The inputs that a line of a bucket stands for, as results name them. */
export function inputsOfLine(kind: 'fetch' | 'thumbnails' | 'map', line: string): readonly string[] {
  switch (kind) {
    case 'fetch':
      return [(JSON.parse(line) as { readonly url: string }).url];
    case 'thumbnails':
      return (JSON.parse(line) as FolderLine).paths;
    case 'map':
      return [JSON.parse(line) as string];
  }
}

/** The items of a person's own function. Each is in the bucket of its text, and as often there as it was given. */
export async function* linesOfMap(
  items: Iterable<string> | AsyncIterable<TextOfBytes | MapItem>,
  { onRefused }: LinesOptions,
): AsyncGenerator<GroupedLine[], void> {
  let batch: GroupedLine[] = [];
  for await (const item of items) {
    const text = typeof item === 'string' ? item : item.text;
    const error = failureOf(item);
    if (error) {
      onRefused({ input: text, status: 'failed', ms: 0, error });
      continue;
    }
    batch.push({ belongsTo: text, line: JSON.stringify(text), items: 1 });
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function failureOf(item: string | TextOfBytes | MapItem): Failure | undefined {
  if (typeof item === 'string') return undefined;
  if ('isUtf8' in item) return item.isUtf8 ? undefined : notText(item.text);
  return item.failure;
}

/** The folders of a request with their images, as a walk finds them now. A folder is in the bucket of its path. */
export async function* linesOfThumbnails(
  request: ThumbnailRequest,
  { onRefused, onWarning, signal }: LinesOptions,
): AsyncGenerator<GroupedLine[], void> {
  const { outputFolder } = request;
  if (outputFolder === undefined)
    throw new UsageError('A run in a queue needs an output folder: a place that all machines see.');
  const stored = storedImages(request);
  if (stored !== undefined) {
    yield* linesOfStorage(stored, request, signal);
    return;
  }
  const roots = resolveRoots(request);
  const files = roots.flatMap((root) => (root.kind === 'file' ? [root.path] : []));
  if (files.length > 0) yield [lineOfFolder({ below: '', paths: files })];
  const outputs = new Set(roots.flatMap((root) => ('output' in root ? [root.output.path] : [])));
  const isOutputFolder = (folder: string): boolean =>
    outputs.has(folder) || roots.some(({ path }) => folder === join(path, thumbnailFolder));
  for (const root of roots) {
    if (root.kind === 'missing' || root.kind === 'other') {
      onRefused({ input: root.path, status: 'failed', ms: 0, error: root.error });
    }
    if (root.kind !== 'folder') continue;
    for await (const event of walkImages(root.path, { ...request, isOutputFolder, signal })) {
      if (event.kind === 'warning') onWarning(event.message);
      if (event.kind === 'failed') {
        onRefused({ input: event.path, status: 'failed', ms: 0, error: event.error });
      }
      if (event.kind !== 'folder') continue;
      const folder = join(root.path, event.folder);
      const below = relative(outputFolder, join(root.output.path, event.folder)).split(sep).join('/');
      yield [lineOfFolder({ folder, below, paths: event.names.map((name) => join(folder, name)) })];
    }
  }
}

/** The same of an object storage: only its keys are read here. */
async function* linesOfStorage(
  url: string,
  request: ThumbnailRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<GroupedLine[], void> {
  const { S3Place } = await import('../places/s3-place.ts');
  const place = await S3Place.open(url);
  try {
    for await (const { folder, objects } of foldersOfStorage(place, request)) {
      signal?.throwIfAborted();
      const paths = objects.map(({ key }) => place.urlOf(key));
      yield [lineOfFolder({ folder: outputFolderIn(place, folder), below: folder, paths })];
    }
  } finally {
    await place.close();
  }
}

function lineOfFolder(line: FolderLine): GroupedLine {
  const folder = line.folder ?? dirname(line.paths[0] ?? '');
  return { belongsTo: folder, line: JSON.stringify(line), items: line.paths.length };
}

import { extname } from 'node:path';
import type { ItemResult, Produced } from '../../../shared/result.ts';
import type { ImageFacts } from './image-size.ts';
import type { ShardSettings } from './shard-settings.ts';

/** One row of a shard's table. Texts of the list's further columns stand beside. */
export interface SampleRow {
  readonly key: string;
  readonly url: string;
  readonly caption: string | null;
  /** As img2dataset calls it. */
  readonly status: 'success' | 'failed_to_download' | 'failed_to_resize';
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly final_url: string | null;
  readonly further: Readonly<Record<string, string>>;
}

/** The names of the columns that every table has, in their order. */
export const ownColumns = [
  'key',
  'url',
  'caption',
  'status',
  'error_code',
  'error_message',
  'width',
  'height',
  'sha256',
  'bytes',
  'final_url',
] as const satisfies readonly (keyof SampleRow)[];

const isOwnColumn: ReadonlySet<string> = new Set(ownColumns);

/** A file that goes into the tar under the item's key. */
export interface SampleFile {
  readonly path: string;
  /** What comes before the extension: nothing, or `.thumb` of a thumbnail beside its original. */
  readonly suffix: string;
}

/** The files of an item that is done, the image itself first. */
export function filesOf({ output, thumbnail }: ItemResult, { originals }: ShardSettings): SampleFile[] {
  const made = thumbnail?.output;
  const isBeside = originals && output !== undefined;
  return [
    ...(isBeside ? [{ path: output, suffix: '' }] : []),
    ...(made === undefined ? [] : [{ path: made, suffix: isBeside ? '.thumb' : '' }]),
  ];
}

/** The extension of a file in a tar: that of its bytes, or that of its name, as lower-case letters and digits. */
export function extensionOf(path: string, { extension }: ImageFacts): string {
  if (extension !== undefined) return extension;
  const named = extname(path).slice(1).toLowerCase();
  return /^[a-z0-9]{1,8}$/.test(named) && !taken.has(named) ? named : 'bin';
}

/** The extensions of what stands beside the image. */
const taken = new Set(['json', 'txt']);

export function rowOf(
  key: string,
  result: ItemResult,
  image: Pick<Produced, 'width' | 'height' | 'bytesOut'>,
): SampleRow {
  const { input, status, error, reason, sha256, finalUrl, columns = {} } = result;
  const isDone = status === 'done';
  const isFetched = sha256 !== undefined;
  const told = Object.entries(columns);
  const caption = told.find(([name]) => isCaption(name));
  const others = told.filter((each) => each !== caption);
  return {
    key,
    url: input,
    caption: caption?.[1] ?? null,
    status: isDone ? 'success' : isFetched ? 'failed_to_resize' : 'failed_to_download',
    error_code: error?.code ?? reason ?? null,
    error_message: error?.message ?? (reason === undefined ? null : `skipped: ${reason}`),
    width: image.width ?? null,
    height: image.height ?? null,
    sha256: sha256 ?? null,
    bytes: image.bytesOut ?? null,
    final_url: finalUrl ?? null,
    further: Object.fromEntries(others.map(([name, value]) => [furtherName(name), value])),
  };
}

/** What `key.json` says of an item. */
export function jsonOf({ further, ...row }: SampleRow): string {
  return JSON.stringify({ ...row, ...further });
}

function isCaption(name: string): boolean {
  return /^(?:caption|text)$/i.test(name);
}

/** A column of the list that is named as one of ours is told apart, as in saved reports. */
function furtherName(name: string): string {
  return isOwnColumn.has(name) ? `list.${name}` : name;
}

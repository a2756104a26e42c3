import { statSync } from 'node:fs';
import { ItemError } from '../../../shared/failure.ts';
import type { ItemResult } from '../../../shared/result.ts';
import { PartFile } from '../../files/parts/part-file.ts';
import { systemItemError } from '../../files/system-error.ts';
import { imageFacts } from './image-size.ts';
import {
  extensionOf,
  filesOf,
  jsonOf,
  ownColumns,
  rowOf,
  type SampleFile,
  type SampleRow,
} from './sample.ts';
import { keyOf, type ShardSet, tarOf } from './shard-names.ts';
import type { ShardSettings } from './shard-settings.ts';
import type { ShardStats } from './shard-stats.ts';
import { SourceFile } from './source-file.ts';
import { TarWriter } from './tar-writer.ts';

/** The files of so many items are opened before they are needed. */
const itemsAhead = 8;

export interface Packing {
  readonly shard: number;
  /** Its items, in the order of the list. */
  readonly results: readonly ItemResult[];
  readonly settings: ShardSettings;
  readonly set: ShardSet;
  /** Where files are written before they get to their place. */
  readonly folder: string;
  /** The further columns of the shards before. */
  readonly columns: readonly string[];
  readonly durable: boolean;
}

/** The files of a shard, before they have their names. */
export interface PackedShard {
  readonly tar: PartFile;
  readonly table: Buffer;
  readonly stats: ShardStats;
}

/** Makes the files of a shard. @throws ItemError if they cannot be written. */
export async function packShard(packing: Packing): Promise<PackedShard> {
  const { shard, set, folder, durable } = packing;
  let tar: PartFile | undefined;
  try {
    tar = PartFile.create(folder, { durable });
    tar.keepFresh();
    const rows = await packTar(packing, tar);
    const columns = [
      ...new Set([...packing.columns, ...rows.flatMap(({ further }) => Object.keys(further))]),
    ];
    return { tar, table: await tableOf(rows, columns), stats: statsOf(rows, columns, packing.settings) };
  } catch (error) {
    tar?.discard();
    throw error instanceof ItemError ? error : systemItemError(error, tarOf(set, shard), 'write');
  }
}

async function packTar(packing: Packing, part: PartFile): Promise<SampleRow[]> {
  const { shard, results, settings, set } = packing;
  const tar = await TarWriter.into(part);
  const rows: SampleRow[] = [];
  for await (const { result, files } of openedInOrder(results, settings)) {
    const key = keyOf(set, shard, rows.length, settings.mostItems);
    const packed = [];
    for (const { path, suffix, source } of files) {
      const facts = imageFacts(source.bytes);
      const bytesOut = await tar.file(`${key}${suffix}.${extensionOf(path, facts)}`, source);
      packed.push({ ...facts, bytesOut });
    }
    const row = rowOf(key, result, packed[0] ?? {});
    rows.push(row);
    if (files.length === 0) continue;
    await tar.text(`${key}.json`, jsonOf(row));
    if (row.caption !== null) await tar.text(`${key}.txt`, row.caption);
  }
  await tar.end();
  return rows;
}

type OpenedFile = SampleFile & { readonly source: SourceFile };

/** The items with their files open, some of them ahead: transfers and packing go on while the disk is waited for. */
async function* openedInOrder(
  results: readonly ItemResult[],
  settings: ShardSettings,
): AsyncGenerator<{ readonly result: ItemResult; readonly files: readonly OpenedFile[] }, void> {
  const ahead: Promise<OpenedFile[]>[] = [];
  let next = 0;
  const openNext = (): void => {
    const result = results[next];
    next += 1;
    if (!result) return;
    const opening = openFiles(result.status === 'done' ? filesOf(result, settings) : []);
    // It is awaited in its turn.
    opening.catch(() => {});
    ahead.push(opening);
  };
  try {
    for (let count = 0; count < itemsAhead; count += 1) openNext();
    for (const result of results) {
      const [files = []] = await Promise.all(ahead.slice(0, 1));
      yield { result, files };
      ahead.shift();
      await closeFiles(files);
      openNext();
    }
  } finally {
    for (const opened of await Promise.allSettled(ahead)) {
      if (opened.status === 'fulfilled') await closeFiles(opened.value);
    }
  }
}

async function openFiles(files: readonly SampleFile[]): Promise<OpenedFile[]> {
  const opened: OpenedFile[] = [];
  try {
    for (const file of files) opened.push({ ...file, source: await SourceFile.open(file.path) });
    return opened;
  } catch (error) {
    await closeFiles(opened);
    throw error;
  }
}

async function closeFiles(files: readonly OpenedFile[]): Promise<void> {
  for (const { source } of files) await source[Symbol.asyncDispose]();
}

/** The types of columns that are no texts. */
const typesOf: Partial<Record<keyof SampleRow, 'INT32' | 'INT64'>> = {
  width: 'INT32',
  height: 'INT32',
  bytes: 'INT64',
};

/** A Parquet table with a row for each item, those that failed too. */
async function tableOf(rows: readonly SampleRow[], further: readonly string[]): Promise<Buffer> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const own = ownColumns.map((name) => ({
    name,
    data: rows.map((row) => (name === 'bytes' && row.bytes !== null ? BigInt(row.bytes) : row[name])),
    type: typesOf[name] ?? ('STRING' as const),
    nullable: name !== 'key' && name !== 'url' && name !== 'status',
  }));
  const others = further.map((name) => ({
    name,
    data: rows.map((row) => row.further[name] ?? null),
    type: 'STRING' as const,
    nullable: true,
  }));
  return Buffer.from(parquetWriteBuffer({ columnData: [...own, ...others] }));
}

function statsOf(rows: readonly SampleRow[], columns: string[], settings: ShardSettings): ShardStats {
  const causes = new Map<string, number>();
  for (const { status, error_code } of rows) {
    const told = status === 'success' ? status : (error_code ?? status);
    causes.set(told, (causes.get(told) ?? 0) + 1);
  }
  const count = (wanted: SampleRow['status']) => rows.filter(({ status }) => status === wanted).length;
  return {
    count: rows.length,
    successes: count('success'),
    failed_to_download: count('failed_to_download'),
    failed_to_resize: count('failed_to_resize'),
    status_dict: Object.fromEntries([...causes].sort(([one], [other]) => (one < other ? -1 : 1))),
    bytes: rows.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    columns,
    settings: { ...settings },
  };
}

/** How many bytes of images an item brings into its shard. */
export function bytesOf(result: ItemResult, settings: ShardSettings): number {
  if (result.status !== 'done') return 0;
  return filesOf(result, settings).reduce((sum, { path }) => sum + statSync(path).size, 0);
}

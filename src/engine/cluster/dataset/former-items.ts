import { join } from 'node:path';
import { errorCodes } from '../../../shared/error-codes/error-codes.ts';
import { type ErrorCode, UsageError } from '../../../shared/failure.ts';
import { type ItemResult, type SkipReason, skipReasons } from '../../../shared/result.ts';
import { ParquetFault } from '../../fetches/lists/parquet/parquet-fault.ts';
import { ParquetTable } from '../../fetches/lists/parquet/parquet-table.ts';
import { PartFile } from '../../files/parts/part-file.ts';
import { shardNames } from './shard-names.ts';
import type { ShardPlace } from './shard-place.ts';

/** How an item of a finished shard ended. */
export interface FormerItem {
  readonly url: string;
  readonly ending: Pick<ItemResult, 'status' | 'reason' | 'error'>;
  readonly tar: string;
}

/**
 * The items of finished shards, in order, as their tables tell them.
 * @param folder where a table is put that is read.
 * @throws UsageError if one of them cannot be read.
 */
export async function* formerItems(
  place: ShardPlace,
  shards: number,
  folder: string,
): AsyncGenerator<FormerItem, void> {
  for (let shard = 0; shard < shards; shard += 1) {
    const { tar, table } = shardNames(shard);
    const bytes = await place.read(table);
    if (!bytes)
      throw new UsageError(`${place.title}/${table} is missing: make the data set anew.`, {
        setting: 'force',
      });
    const part = PartFile.create(folder);
    try {
      part.append(bytes);
      part.close();
      await using opened = await ParquetTable.open(part.path);
      const names = opened.columns.map(({ name }) => name);
      for await (const rows of opened.rows()) {
        for (const row of rows) yield formerItem(names, row, tar);
      }
    } catch (error) {
      if (!(error instanceof ParquetFault)) throw error;
      const message = `${place.title}/${table} cannot be read: ${error.message}. Make the data set anew.`;
      throw new UsageError(message, { cause: error, setting: 'force' });
    } finally {
      part.discard();
    }
  }
}

function formerItem(names: readonly string[], row: readonly string[], tar: string): FormerItem {
  const cell = (name: string) => row[names.indexOf(name)] ?? '';
  return {
    url: cell('url'),
    ending: endingOf(cell('status'), cell('error_code'), cell('error_message')),
    tar,
  };
}

function endingOf(status: string, told: string, message: string): FormerItem['ending'] {
  if (status === 'success') return { status: 'skipped', reason: 'unchanged' };
  const reason = skipReasons.find((each): each is SkipReason => each === told);
  if (reason) return { status: 'skipped', reason };
  const code = errorCodes.find((each): each is ErrorCode => each === told) ?? 'UNEXPECTED';
  return { status: 'failed', error: { code, message } };
}

/** What a result tells as the output of an item: the tar that it is in. */
export function outputIn(place: ShardPlace, tar: string): string {
  return place.title.includes('://') ? `${place.title}/${tar}` : join(place.title, tar);
}

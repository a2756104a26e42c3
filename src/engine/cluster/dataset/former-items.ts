import { join } from 'node:path';
import { errorCodes } from '../../../shared/error-codes/error-codes.ts';
import { type ErrorCode, UsageError } from '../../../shared/failure.ts';
import { type ItemResult, type SkipReason, skipReasons } from '../../../shared/result.ts';
import { ParquetFault } from '../../fetches/lists/parquet/parquet-fault.ts';
import { ParquetTable } from '../../fetches/lists/parquet/parquet-table.ts';
import { PartFile } from '../../files/parts/part-file.ts';
import { shardNames } from './shard-names.ts';
import type { ShardPlace } from './shard-place.ts';
import type { ShardStats } from './shard-stats.ts';

/** How an item of a finished shard ended. */
interface FormerItem {
  readonly url: string;
  readonly ending: Pick<ItemResult, 'status' | 'reason' | 'error'>;
  readonly tar: string;
}

/** The items of a list that are in finished shards. */
export class FormerItems {
  /** How many there are. */
  readonly count: number;
  readonly #place: ShardPlace;
  readonly #items: AsyncGenerator<FormerItem, void>;

  /** @param folder where a table is put that is read. */
  constructor(place: ShardPlace, finished: readonly ShardStats[], folder: string) {
    this.count = finished.reduce((sum, { count }) => sum + count, 0);
    this.#place = place;
    this.#items = formerItems(place, finished.length, folder);
  }

  /**
   * The result of the next item of the list.
   * @throws UsageError if it is not the one that is in its place.
   */
  async resultOf(
    index: number,
    input: string,
    { columns }: Pick<ItemResult, 'columns'>,
  ): Promise<ItemResult> {
    const former = await this.#items.next();
    if (former.done || former.value.url !== input) throw this.otherList(former.value?.tar);
    const { ending, tar } = former.value;
    const output = ending.reason === 'unchanged' && { output: outputIn(this.#place, tar) };
    return { index, input, ms: 0, ...ending, ...output, ...(columns && { columns }) };
  }

  otherList(tar = shardNames(0).tar): UsageError {
    return new UsageError(
      `${this.#place.title} has a data set of another list (see ${tar}): choose another folder, or make it anew.`,
      { setting: 'force' },
    );
  }

  async close(): Promise<void> {
    await this.#items.return();
  }
}

/**
 * The items of finished shards, in order, as their tables tell them.
 * @throws UsageError if one of them cannot be read.
 */
async function* formerItems(
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

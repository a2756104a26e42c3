import { errorCodes } from '../../../shared/error-codes/error-codes.ts';
import { type ErrorCode, UsageError } from '../../../shared/failure.ts';
import { type ItemResult, type SkipReason, skipReasons } from '../../../shared/result.ts';
import { ParquetFault } from '../../fetches/lists/parquet/parquet-fault.ts';
import { ParquetTable } from '../../fetches/lists/parquet/parquet-table.ts';
import { PartFile } from '../../files/parts/part-file.ts';
import { type ShardSet, shardNames, tarOf } from './shard-names.ts';
import type { ShardStats } from './shard-stats.ts';

/** How an item of a finished shard ended. */
interface FormerItem {
  readonly url: string;
  readonly ending: Pick<
    ItemResult,
    'status' | 'reason' | 'error' | 'output' | 'sha256' | 'finalUrl' | 'bytesOut'
  >;
  readonly tar: string;
}

/** The items of a list that are in finished shards. */
export class FormerItems {
  /** How many there are. */
  readonly count: number;
  readonly #set: ShardSet;
  readonly #items: AsyncGenerator<FormerItem, void>;

  /**
   * @param folder where a table is put that is read.
   * @param isOfRun whether a shard was made by this very run, on whatever machine: then its items are done by it.
   */
  constructor(
    set: ShardSet,
    finished: readonly ShardStats[],
    folder: string,
    isOfRun: (shard: number) => boolean = () => false,
  ) {
    this.count = finished.reduce((sum, { count }) => sum + count, 0);
    this.#set = set;
    this.#items = formerItems(set, finished.length, folder, isOfRun);
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
    return { index, input, ms: 0, ...former.value.ending, ...(columns && { columns }) };
  }

  otherList(tar = shardNames(this.#set, 0).tar): UsageError {
    return new UsageError(
      `${this.#set.place.title} has a data set of another list (see ${tar}): choose another folder, or make it anew.`,
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
  set: ShardSet,
  shards: number,
  folder: string,
  isOfRun: (shard: number) => boolean,
): AsyncGenerator<FormerItem, void> {
  const { place } = set;
  for (let shard = 0; shard < shards; shard += 1) {
    const { tar, table } = shardNames(set, shard);
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
        for (const row of rows) {
          const cell = (name: string) => row[names.indexOf(name)] ?? '';
          const ending = isDone(cell)
            ? { ...doneIn(cell, isOfRun(shard)), output: tarOf(set, shard) }
            : endingOf(cell);
          yield { url: cell('url'), ending, tar };
        }
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

type Cell = (column: string) => string;

function isDone(cell: Cell): boolean {
  return cell('status') === 'success';
}

function doneIn(cell: Cell, isOfRun: boolean): FormerItem['ending'] {
  if (!isOfRun) return { status: 'skipped', reason: 'unchanged' };
  const finalUrl = cell('final_url');
  return {
    status: 'done',
    sha256: cell('sha256'),
    bytesOut: Number(cell('bytes')),
    ...(finalUrl !== '' && { finalUrl }),
  };
}

function endingOf(cell: Cell): FormerItem['ending'] {
  const told = cell('error_code');
  const reason = skipReasons.find((each): each is SkipReason => each === told);
  if (reason) return { status: 'skipped', reason };
  const code = errorCodes.find((each): each is ErrorCode => each === told) ?? 'UNEXPECTED';
  return { status: 'failed', error: { code, message: cell('error_message') } };
}

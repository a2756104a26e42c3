import { ItemError, UsageError } from '../../../shared/failure.ts';
import type { FetchRequest } from '../../../shared/requests.ts';
import type { ItemResult, Summary } from '../../../shared/result.ts';
import { withoutQuery } from '../../../shared/without-secrets.ts';
import { systemItemError } from '../../files/system-error.ts';
import type { ListedItem, RunContext } from '../../run/run-options.ts';
import { Tally } from '../../run/tally.ts';
import type { CommitShard } from './commit-shard.ts';
import { FormerItems } from './former-items.ts';
import { ListOrder } from './list-order.ts';
import { packShard } from './pack-shard.ts';
import { type ShardSet, tarOf } from './shard-names.ts';
import type { ShardSettings } from './shard-settings.ts';
import type { ShardStats } from './shard-stats.ts';
import type { Staging } from './staging.ts';

export interface DatasetRunParts {
  readonly request: FetchRequest;
  readonly options: RunContext;
  readonly set: ShardSet;
  readonly staging: Staging;
  readonly settings: ShardSettings;
  /** The shards that are there. */
  readonly finished: readonly ShardStats[];
  /** Which of them this very run has made, on whatever machine. Default: none. */
  readonly isOfRun?: (shard: number) => boolean;
  /** Gives the files of a shard their names. */
  readonly commit: CommitShard;
}

/** Stands around a run of fetches: takes items out of its list that are done, and its results into shards. */
export class DatasetRun {
  /** The options for the run of fetches. */
  readonly options: RunContext;
  readonly #parts: DatasetRunParts;
  readonly #former: FormerItems;
  readonly #staged: Map<number, ItemResult>;
  readonly #order: ListOrder;
  readonly #tally = new Tally();
  readonly #failed = new AbortController();
  readonly #signal: AbortSignal;
  #columns: readonly string[];
  /** The number of items of the list that were read, and of those that the run of fetches got. */
  #read = 0;
  #passed = 0;
  /** The places in the list of items that the run of fetches has, by the places that it knows. */
  readonly #places = new Map<number, number>();

  constructor(parts: DatasetRunParts) {
    const { options, set, staging, settings, finished, isOfRun } = parts;
    this.#parts = parts;
    this.#columns = finished.at(-1)?.columns ?? [];
    this.#former = new FormerItems(set, finished, staging.folder, isOfRun);
    this.#staged = staging.kept(this.#former.count, settings);
    this.#signal = AbortSignal.any([this.#failed.signal, ...(options.signal ? [options.signal] : [])]);
    this.#order = new ListOrder({
      settings,
      first: { item: this.#former.count, shard: finished.length },
      pack: (shard, results) => this.#pack(shard, results),
      onFault: (error) => this.#failed.abort(error),
    });
    const { onStart, onPlace, onTotal } = options;
    this.options = {
      ...options,
      signal: this.#signal,
      throughList: (batches) => this.#toFetch(batches),
      onResult: (result) => this.#ended(result),
      ...(onStart && { onStart: (started) => onStart(this.#inList(started)) }),
      ...(onPlace && { onPlace: (at, item) => onPlace(at, item && this.#inList(item)) }),
      ...(onTotal && {
        onTotal: (total, final) => onTotal(total + this.#read - this.#passed, final),
      }),
    };
  }

  /** Why the run was ended, if a shard could not be written. */
  get fault(): unknown {
    const { aborted, reason } = this.#failed.signal;
    if (!aborted || !(reason instanceof ItemError)) return aborted ? reason : undefined;
    const message = `${reason.message}. What was fetched is kept: run it again to go on.`;
    return new UsageError(message, { cause: reason });
  }

  /** Call at the end, however that came. */
  async close(): Promise<void> {
    await this.#former.close();
  }

  /** Finishes the last shard, unless the run was interrupted. @returns the totals of all items of the list. */
  async end(summary: Summary): Promise<Summary> {
    const isWhole = !this.#signal.aborted;
    await (isWhole ? this.#order.end() : this.#order.settled());
    if (this.fault !== undefined) throw this.fault;
    if (isWhole) {
      if (this.#read < this.#former.count) throw this.#former.otherList();
      this.#parts.staging.remove();
    }
    return { ...summary, ...this.#tally.summary() };
  }

  async *#toFetch<Item extends ListedItem>(
    batches: AsyncIterable<readonly Item[]>,
  ): AsyncGenerator<readonly Item[], void> {
    for await (const batch of batches) {
      let toFetch: Item[] = [];
      for (const item of batch) {
        const index = this.#read;
        this.#read += 1;
        if (await this.#isDone(index, item)) continue;
        if (!this.#order.hasRoom(index)) {
          // Those before it may be what is waited for.
          yield toFetch;
          toFetch = [];
          await this.#order.room(index, this.#signal);
        }
        this.#places.set(this.#passed, index);
        this.#passed += 1;
        toFetch.push(item);
      }
      yield toFetch;
    }
  }

  async #isDone(index: number, item: ListedItem): Promise<boolean> {
    const input = this.#nameOf(item.input);
    if (index < this.#former.count) {
      this.#tell(await this.#former.resultOf(index, input, item));
      return true;
    }
    const staged = this.#staged.get(index);
    this.#staged.delete(index);
    if (staged?.input !== input) return false;
    this.#order.add(index, staged);
    this.#tell(this.#told(index, staged));
    return true;
  }

  #ended(result: ItemResult): void {
    const index = this.#places.get(result.index);
    if (index === undefined) throw new Error('A result came of no item of the list.');
    this.#places.delete(result.index);
    const placed = { ...result, index };
    if (result.status !== 'cancelled' && this.#keep(index, placed)) this.#order.add(index, placed);
    this.#tell(this.#told(index, placed));
  }

  /** @returns whether it is kept: if not, the run ends. */
  #keep(index: number, result: ItemResult): boolean {
    const { staging } = this.#parts;
    try {
      staging.keep(index, result);
      return true;
    } catch (error) {
      this.#failed.abort(systemItemError(error, staging.folder, 'write'));
      return false;
    }
  }

  /** A result as others see it: with the tar in the place of files that are gone soon. */
  #told(index: number, result: ItemResult): ItemResult {
    const { output: _output, thumbnail, ...told } = result;
    const { output: _made, outputs: _outputs, ...thumbnailTold } = thumbnail ?? {};
    const { settings, finished, set } = this.#parts;
    const shard = finished.length + Math.floor((index - this.#former.count) / settings.mostItems);
    // By bytes, the shard follows from the items before it, which may not have ended.
    const isKnown = result.status === 'done' && settings.mostBytes === undefined;
    return {
      ...told,
      ...(isKnown && { output: tarOf(set, shard) }),
      ...(thumbnail && { thumbnail: thumbnailTold }),
    };
  }

  #tell(result: ItemResult): void {
    this.#tally.add(result);
    this.#parts.options.onResult?.(result);
  }

  async #pack(shard: number, results: readonly ItemResult[]): Promise<void> {
    const { request, set, staging, settings, commit } = this.#parts;
    const packed = await packShard({
      shard,
      results,
      settings,
      set,
      folder: staging.folder,
      columns: this.#columns,
      durable: request.durable,
    });
    await commit(shard, packed);
    this.#columns = packed.stats.columns;
    await staging.drop(results, settings, (results.at(-1)?.index ?? 0) + 1);
  }

  #inList<Item extends { readonly index: number }>(item: Item): Item {
    return { ...item, index: this.#places.get(item.index) ?? item.index };
  }

  /** As results name it. */
  #nameOf(input: string): string {
    return this.#parts.request.recipe.redact ? withoutQuery(input) : input;
  }
}

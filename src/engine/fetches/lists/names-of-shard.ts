import type { UrlInput } from '../../../shared/requests.ts';
import { SeenSet } from '../../files/seen-set.ts';
import type { ShardOfItems } from '../../run/run-options.ts';
import { isOfShard } from './entries-of-shard.ts';
import type { ListEntry, ListedUrl } from './list-entry.ts';
import { urlList } from './url-list.ts';

export interface NamesOfShardOptions {
  readonly inputs: readonly UrlInput[];
  readonly literal: boolean;
  readonly shard: ShardOfItems;
  /** All names that a URL's file would take. */
  readonly keysOf: (entry: ListedUrl) => readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * The names that a shard's URLs ask for. Of the other shards' URLs only those matter that ask for one of these: no others
 * need be remembered. The list is read once more for that.
 */
export class NamesOfShard {
  readonly #options: NamesOfShardOptions;
  readonly #wanted = new SeenSet();

  constructor(options: NamesOfShardOptions) {
    this.#options = options;
  }

  /** The entries, once the names are known. */
  async *before<Entry>(entries: AsyncIterable<Entry>): AsyncGenerator<Entry, void> {
    const { inputs, literal, shard, keysOf, signal } = this.#options;
    for await (const batch of urlList(inputs, { literal })) {
      if (signal?.aborted) break;
      for (const entry of batch) {
        if (entry.kind !== 'url' || !isOfShard(shard, entry)) continue;
        for (const key of keysOf(entry)) this.#wanted.add(key);
      }
    }
    yield* entries;
  }

  /** Whether an entry is of the shard, or may take a name that one of the shard asks for. */
  matters(entry: ListEntry): boolean {
    const { shard, keysOf } = this.#options;
    if (entry.kind !== 'url' || isOfShard(shard, entry)) return true;
    return keysOf(entry).some((key) => this.#wanted.has(key));
  }
}

import type { ItemResult } from '../../../shared/result.ts';
import { bytesOf } from './pack-shard.ts';
import type { ShardSettings } from './shard-settings.ts';

/** How many items beyond a full shard may be fetched while those before are waited for. */
const leastAhead = 2_000;
const mostAhead = 20_000;

export interface ListOrderParts {
  readonly settings: ShardSettings;
  /** The item and the shard to begin with. */
  readonly first: { readonly item: number; readonly shard: number };
  /** Called with one shard at a time. */
  readonly pack: (shard: number, results: readonly ItemResult[]) => Promise<void>;
  readonly onFault: (error: unknown) => void;
}

/** Puts what ends in any order back into that of the list, and divides it into shards. */
export class ListOrder {
  readonly #parts: ListOrderParts;
  readonly #ended = new Map<number, ItemResult>();
  #shard: ItemResult[] = [];
  #bytes = 0;
  #shards: number;
  #next: number;
  /** Items before this one are in finished shards. */
  #packed: number;
  #packing: Promise<void> = Promise.resolve();
  #wake = Promise.withResolvers<void>();

  constructor(parts: ListOrderParts) {
    this.#parts = parts;
    this.#shards = parts.first.shard;
    this.#next = parts.first.item;
    this.#packed = parts.first.item;
  }

  /** Whether the item may be fetched: what is fetched ahead takes disk and memory until its shard is full. */
  hasRoom(index: number): boolean {
    const { mostItems } = this.#parts.settings;
    return index < this.#packed + mostItems + Math.min(Math.max(mostItems, leastAhead), mostAhead);
  }

  /** Resolves when the item may be fetched, or the run is aborted. */
  async room(index: number, signal: AbortSignal): Promise<void> {
    while (!this.hasRoom(index) && !signal.aborted) {
      const woken = this.#wake.promise;
      const aborted = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => aborted.resolve(), { once: true });
      await Promise.race([woken, aborted.promise]);
    }
  }

  add(index: number, result: ItemResult): void {
    this.#ended.set(index, result);
    for (let next = this.#ended.get(this.#next); next; next = this.#ended.get(this.#next)) {
      this.#ended.delete(this.#next);
      this.#next += 1;
      this.#take(next);
    }
  }

  /** The list is at its end: what there is makes the last shard. */
  async end(): Promise<void> {
    if (this.#shard.length > 0) this.#close();
    await this.#packing;
  }

  /** Waits for the shards that are full. */
  async settled(): Promise<void> {
    await this.#packing;
  }

  #take(result: ItemResult): void {
    const { settings } = this.#parts;
    const { mostItems, mostBytes } = settings;
    this.#shard.push(result);
    if (mostBytes !== undefined) this.#bytes += bytesOf(result, settings);
    if (this.#shard.length >= mostItems || this.#bytes >= (mostBytes ?? Number.POSITIVE_INFINITY))
      this.#close();
  }

  #close(): void {
    const results = this.#shard;
    const shard = this.#shards;
    this.#shard = [];
    this.#bytes = 0;
    this.#shards += 1;
    this.#packing = this.#packing.then(async () => {
      await this.#parts.pack(shard, results);
      this.#packed += results.length;
      this.#wake.resolve();
      this.#wake = Promise.withResolvers();
    });
    this.#packing.catch((error: unknown) => this.#parts.onFault(error));
  }
}

import type { FetchRequest } from '../../../shared/requests.ts';

/** What decides what is in a shard, beside the list. */
export interface ShardSettings {
  readonly mostItems: number;
  /** A shard with so many bytes of images takes no more. */
  readonly mostBytes?: number;
  /** Whether the bytes as fetched are in it. */
  readonly originals: boolean;
  readonly thumbnail?: object;
  /** Which part of the list it is: machines that share one have a folder each. */
  readonly shard?: string;
}

export function shardSettingsOf({ recipe, shard }: FetchRequest): ShardSettings {
  const { tarItems, tarBytes, originals, thumbnail } = recipe;
  return {
    mostItems: tarItems,
    ...(tarBytes !== undefined && { mostBytes: tarBytes }),
    originals: originals || thumbnail === undefined,
    ...(thumbnail && { thumbnail }),
    ...(shard !== undefined && { shard }),
  };
}

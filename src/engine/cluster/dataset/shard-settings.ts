import type { FetchRecipe } from '../../../shared/recipe.ts';

/** What decides what is in a shard, beside the list. */
export interface ShardSettings {
  readonly mostItems: number;
  /** A shard with so many bytes of images takes no more. */
  readonly mostBytes?: number;
  /** Whether the bytes as fetched are in it. */
  readonly originals: boolean;
  readonly thumbnail?: object;
}

export function shardSettingsOf({ tarItems, tarBytes, originals, thumbnail }: FetchRecipe): ShardSettings {
  return {
    mostItems: tarItems,
    ...(tarBytes !== undefined && { mostBytes: tarBytes }),
    originals: originals || thumbnail === undefined,
    ...(thumbnail && { thumbnail }),
  };
}

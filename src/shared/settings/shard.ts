/** One part of the items: of `of` parts, the `number`th, counted from 1. */
export interface ShardNumber {
  readonly number: number;
  readonly of: number;
}

/** More machines than this have no list in common. */
const mostShards = 100_000;

/** Why a text names no shard; undefined if it does. */
export function shardFault(text: string): string | undefined {
  const [, number = '', of = ''] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (of === '') return 'Expected a shard such as 3/8, the third of eight,';
  if (Number(of) < 1 || Number(of) > mostShards) {
    return `Expected the number of shards to be from 1 to ${mostShards}`;
  }
  if (Number(number) === 0) {
    return `Expected a shard from 1/${of} to ${of}/${of} (they are counted from 1: add one to an index that begins with 0)`;
  }
  return Number(number) > Number(of) ? `Expected a shard from 1/${of} to ${of}/${of}` : undefined;
}

/** `3/8`, which has been checked, is the third of eight. */
export function shardOfText(text: string): ShardNumber {
  const [number, of] = text.split('/').map(Number);
  return { number: number ?? 1, of: of ?? 1 };
}

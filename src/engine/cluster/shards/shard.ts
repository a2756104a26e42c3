import { shardOfText } from '../../../shared/settings/shard.ts';
import { hashOfText } from '../../files/hash-of-text.ts';
import type { ShardOfItems } from '../../run/run-options.ts';

/** So many hexadecimal digits of the hash make a number that JavaScript has exactly. */
const digits = 12;

/**
 * The shard that a key belongs to, from 1. Never change it: machines of two versions would leave items out. Anybody can
 * work it out: the first 12 hexadecimal digits of the key's SHA-256 (UTF-8), modulo the number of shards, plus 1.
 */
export function shardOfKey(key: string, of: number): number {
  return (Number.parseInt(hashOfText(key).slice(0, digits), 16) % of) + 1;
}

/**
 * The part of all items that one machine does. Which it is depends on the key of an item alone.
 * @param text `3/8`, as a request has it: the third of eight, counted from 1.
 * @throws UsageError if it is no such text.
 */
export function shardOf(text: string): ShardOfItems {
  const { number, of } = shardOfText(text);
  // Items of one host or folder come one after the other.
  let last: { readonly key: string; readonly isIncluded: boolean } | undefined;
  return {
    title: text,
    includes: (key) => {
      if (last?.key !== key) last = { key, isIncluded: shardOfKey(key, of) === number };
      return last.isIncluded;
    },
  };
}

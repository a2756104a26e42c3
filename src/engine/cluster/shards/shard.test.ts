import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { needs } from '../../../../test/needs.ts';
import { shardFault } from '../../../shared/settings/shard.ts';
import { shardOf, shardOfKey } from './shard.ts';

const withSha256sum = needs('sha256sum', spawnSync('sha256sum', ['--version']).status === 0);
const keys = ['', 'example.com', 'localhost:8080', '2024/07', 'Übung', '日本'];

test('a key is in the same shard for ever: machines of two versions must agree', () => {
  expect(keys.map((key) => [8, 3, 1_000].map((of) => shardOfKey(key, of)))).toEqual([
    [5, 2, 125],
    [8, 3, 120],
    [8, 1, 568],
    [5, 3, 773],
    [2, 2, 498],
    [4, 3, 276],
  ]);
});

withSha256sum.test('anybody can work out the shard of a key', () => {
  const line = 'echo $((0x$(printf %s "$1" | sha256sum | cut -c1-12) % 8 + 1))';
  for (const key of keys) {
    const { stdout } = spawnSync('sh', ['-c', line, 'sh', key], { encoding: 'utf8' });
    expect([key, Number(stdout)]).toEqual([key, shardOfKey(key, 8)]);
  }
});

test('each key is in one of the shards', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (key, of) => {
      const all = Array.from({ length: of }, (_, at) => shardOf(`${at + 1}/${of}`));
      expect(all.filter((shard) => shard.includes(key))).toHaveLength(1);
    }),
  );
});

test('many keys are spread evenly', () => {
  const counts = new Map<number, number>();
  for (let at = 0; at < 80_000; at += 1) {
    const shard = shardOfKey(`host${at}.example`, 8);
    counts.set(shard, (counts.get(shard) ?? 0) + 1);
  }
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

test('what is no shard is refused with a sentence that tells what was expected', () => {
  for (const text of ['1/1', '1/2', '2/2', '100000/100000', '07/10'])
    expect(shardFault(text), text).toBeUndefined();
  for (const text of ['', '3', '/', '1/', '/2', '-1/2', '1/2/3', ' 1/2', '1.5/2', 'a/b']) {
    expect(shardFault(text), text).toBe('Expected a shard such as 3/8, the third of eight,');
  }
  expect(shardFault('0/8')).toBe(
    'Expected a shard from 1/8 to 8/8 (they are counted from 1: add one to an index that begins with 0)',
  );
  expect(shardFault('9/8')).toBe('Expected a shard from 1/8 to 8/8');
  for (const text of ['1/0', '0/0', '1/100001']) {
    expect(shardFault(text)).toBe('Expected the number of shards to be from 1 to 100000');
  }
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/temp-folder.ts';
import type { ItemResult } from '../../../shared/result.ts';
import { Tally } from '../../run/tally.ts';
import { FolderPlace } from '../places/folder-place.ts';
import { BucketRecord, type Owner } from './bucket-record.ts';
import { Commits } from './commits.ts';

const resultOf = (input: string): ItemResult => ({ index: 0, input, status: 'done', ms: 1 });

async function commit(bucket: BucketRecord, owner: Owner, sequence: number, ...inputs: string[]) {
  const lines = inputs.map((input) => `${JSON.stringify({ input, status: 'done', ms: 1 })}\n`);
  await bucket.commit(owner, sequence, lines.join(''));
}

async function end(bucket: BucketRecord, owner: Owner, parts: number) {
  await bucket.end(owner, { worker: owner.worker, at: '', parts, summary: new Tally().summary() });
}

async function reported(bucket: BucketRecord): Promise<string[] | undefined> {
  const report = await bucket.report();
  return report && (await Array.fromAsync(report.results, ({ input }) => input));
}

async function taken(bucket: BucketRecord, worker: string): Promise<Owner> {
  const owner = await bucket.takeOver(worker);
  if (!owner) throw new Error('The bucket is at its end.');
  return owner;
}

describe('a bucket', () => {
  const newBucket = () => new BucketRecord(new FolderPlace(tempFolder()), 'run', 42);

  it('goes on behind what an earlier owner committed', async () => {
    const bucket = newBucket();
    const first = await taken(bucket, 'one');
    await commit(bucket, first, 0, 'a');
    await commit(bucket, first, 1, 'b');
    const second = await taken(bucket, 'two');
    expect(second.adopts).toEqual(['part-1-0.ndjson', 'part-1-1.ndjson']);
    await commit(bucket, second, 0, 'c');
    const third = await taken(bucket, 'three');
    await commit(bucket, third, 0, 'd');
    expect(await reported(bucket)).toBeUndefined();
    await end(bucket, third, 1);
    expect(await reported(bucket)).toEqual(['a', 'b', 'c', 'd']);
    expect(await bucket.takeOver('four')).toBeUndefined();
  });

  it('counts nothing that an owner writes after another has taken over, not even its end', async () => {
    const bucket = newBucket();
    const late = await taken(bucket, 'late');
    await commit(bucket, late, 0, 'a');
    const next = await taken(bucket, 'next');
    await commit(bucket, late, 1, 'b');
    await commit(bucket, next, 0, 'b');
    expect([await bucket.isNewest(late), await bucket.isNewest(next)]).toEqual([false, true]);
    await end(bucket, late, 2);
    await commit(bucket, next, 1, 'c');
    await end(bucket, next, 2);
    expect(await reported(bucket)).toEqual(['a', 'b', 'c']);
    expect(await bucket.totals()).toEqual({ done: 3, failed: 0 });
  });

  it('keeps nothing of what an owner wrote too late, whoever comes next', async () => {
    const bucket = newBucket();
    const late = await taken(bucket, 'late');
    await commit(bucket, late, 0, 'a');
    const next = await taken(bucket, 'next');
    await commit(bucket, late, 1, 'b');
    await commit(bucket, next, 0, 'b');
    expect((await taken(bucket, 'last')).adopts).toEqual(['part-1-0.ndjson', 'part-2-0.ndjson']);
  });

  it('has one owner of each number, of however many that take it at the same time', async () => {
    const folder = tempFolder();
    const owners = await Promise.all(
      Array.from({ length: 9 }, (_, worker) =>
        taken(new BucketRecord(new FolderPlace(folder), 'run', 0), String(worker)),
      ),
    );
    const numbers = owners.map(({ number }) => number).toSorted((one, other) => one - other);
    expect(numbers).toEqual(Array.from({ length: 9 }, (_, index) => index + 1));
  });

  it('gets its results in parts of 500, and those that were cancelled not at all', async () => {
    const bucket = newBucket();
    const owner = await taken(bucket, 'one');
    const commits = new Commits(bucket, owner, () => {});
    for (let index = 0; index < 1_001; index += 1) commits.add(resultOf(String(index)));
    commits.add({ ...resultOf('x'), status: 'cancelled' });
    expect(await commits.end()).toBe(3);
    await end(bucket, owner, 3);
    expect(await reported(bucket)).toHaveLength(1_001);
  });
});

describe('a folder as a place', () => {
  it('lets one of several create a key, shows nothing half written, and lists what is there', async () => {
    const folder = tempFolder();
    const place = new FolderPlace(folder);
    const created = await Promise.all(['a', 'b', 'c'].map((text) => place.create('x/y.json', text)));
    expect(created.filter(Boolean)).toHaveLength(1);
    await place.write('x/z.json', 'one');
    await place.write('x/z.json', 'two');
    expect(String(await place.read('x/z.json'))).toBe('two');
    expect(await place.read('x/missing')).toBeUndefined();
    expect((await Array.fromAsync(place.list('x/'))).toSorted()).toEqual(['x/y.json', 'x/z.json']);
    expect(await Array.fromAsync(place.list('x/z'))).toEqual(['x/z.json']);
    expect(await Array.fromAsync(place.list('none/'))).toEqual([]);
    await place.remove('x/z.json');
    await place.remove('x/z.json');
    expect(readdirSync(join(folder, 'x'))).toEqual(['y.json']);
    await expect(place.read('../outside')).rejects.toThrow('below the place');
  });
});

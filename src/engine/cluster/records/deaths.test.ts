import { beforeEach, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/temp-folder.ts';
import type { ItemResult } from '../../../shared/result.ts';
import { FolderPlace } from '../places/folder-place.ts';
import { BucketRecord, type Owner } from './bucket-record.ts';
import { Commits } from './commits.ts';
import { BucketGivenUp, deathsBeforeCare, isWithCare, mostDeaths } from './deaths.ts';
import { InFlight } from './in-flight.ts';

let bucket: BucketRecord;

beforeEach(() => {
  bucket = new BucketRecord(new FolderPlace(tempFolder()), 'run', 1);
});

async function taken(): Promise<Owner> {
  const owner = await bucket.takeOver('worker');
  if (!owner) throw new Error('The bucket is at its end.');
  return owner;
}

async function takenTimes(times: number): Promise<Owner> {
  let owner = await taken();
  for (let time = 1; time < times; time += 1) owner = await taken();
  return owner;
}

/** What a worker does with the items until it dies of one. */
async function worksUntil(owner: Owner, items: readonly string[], deadly: string): Promise<void> {
  const commits = new Commits(bucket, owner, () => {});
  const inFlight = new InFlight(bucket, owner, commits);
  for (const input of items) {
    inFlight.begins(input);
    if (input === deadly) break;
    const result: ItemResult = { index: 0, input, status: 'done', ms: 1 };
    inFlight.ends(input);
    commits.add(result);
  }
  await commits.end();
}

it('is worked on with care after some deaths in a row without a result, and given up after more', async () => {
  const deaths = [0, ...Array.from({ length: mostDeaths - 1 }, (_, at) => at + 1)];
  for (const number of deaths) {
    const owner = await taken();
    expect([owner.deaths ?? 0, isWithCare(owner)]).toEqual([number, number >= deathsBeforeCare]);
  }
  await expect(bucket.takeOver('worker')).rejects.toThrow(BucketGivenUp);
  await bucket.forgiveDeaths();
  expect(isWithCare(await taken())).toBe(false);
});

it('does not count an owner that lives, or one that came further', async () => {
  const first = await taken();
  await bucket.leave(first);
  expect((await taken()).deaths).toBe(undefined);
  const third = await taken();
  expect(third.deaths).toBe(1);
  await bucket.commit(third, 0, '{"input":"a"}\n');
  expect((await taken()).deaths).toBe(undefined);
});

it('names what a worker with care has died of, which fails, and goes on with care behind it', async () => {
  const careful = await takenTimes(deathsBeforeCare + 1);
  await worksUntil(careful, ['a', 'b', 'a', 'x'], 'x');
  const next = await taken();
  expect([next.suspects, isWithCare(next), next.adopts.length]).toEqual([['x'], true, 3]);
  // Nothing but the failure that it began with: it came no further.
  await bucket.commit(next, 0, '{"input":"x"}\n');
  expect((await taken()).deaths).toBe(deathsBeforeCare + 1);
});

it('names an item that was given twice, also when the first of them has a result', async () => {
  const careful = await takenTimes(deathsBeforeCare + 1);
  await worksUntil(careful, ['x'], '');
  bucket.noteBegun(careful, { inputs: ['x'], since: 1 });
  expect((await taken()).suspects).toEqual(['x']);
});

it('names nothing where the last item has its result, or the worker has left', async () => {
  const careful = await takenTimes(deathsBeforeCare + 1);
  await worksUntil(careful, ['a', 'b'], '');
  const next = await taken();
  expect(next.suspects).toBe(undefined);
  await worksUntil(next, ['c'], 'c');
  await bucket.leave(next);
  expect((await taken()).suspects).toBe(undefined);
});

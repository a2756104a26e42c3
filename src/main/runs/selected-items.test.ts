import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { type SelectedItems, selectedItemsSchema } from '../../shared/ipc/selection.ts';
import { RunRecord } from '../views/run-record.ts';
import { countSelected, selectedItems } from './selected-items.ts';

/** Ten items that ended; every third failed. */
function record(): RunRecord {
  const record = new RunRecord(() => undefined);
  for (let index = 0; index < 10; index += 1) {
    const input = `/photos/${String.fromCharCode(106 - index)}.jpg`;
    record.settle({ index, input, status: index % 3 === 0 ? 'failed' : 'done', ms: index }, 1);
  }
  return record;
}

function asked(change: Partial<SelectedItems>): SelectedItems {
  return selectedItemsSchema.parse({ runId: randomUUID(), total: 10, ranges: [[0, 9]], ...change });
}

const numbers = (of: RunRecord, change: Partial<SelectedItems>) =>
  [...selectedItems(of, asked(change))].map(({ index }) => index);

it('gives the items of a list by their places, whatever its filter and order', () => {
  const of = record();
  expect(
    numbers(of, {
      ranges: [
        [1, 2],
        [9, 9],
      ],
    }),
  ).toEqual([1, 2, 9]);
  expect(numbers(of, { filter: 'failed', ranges: [[1, 3]] })).toEqual([3, 6, 9]);
  expect(numbers(of, { order: 'name', ranges: [[0, 1]] })).toEqual([9, 8]);
  expect(numbers(of, { search: 'c.j', total: 1, ranges: [[0, 0]] })).toEqual([7]);
  expect(
    countSelected(
      of,
      asked({
        ranges: [
          [2, 4],
          [8, 900],
        ],
      }),
    ),
  ).toBe(5);
});

it('says so where a sorted list has other places by now, and goes on in one that only grew', () => {
  const of = record();
  of.settle({ index: 10, input: '/photos/a0.jpg', status: 'done', ms: 1 }, 1);
  expect(() => numbers(of, { order: 'name' })).toThrow('select them again');
  expect(numbers(of, { ranges: [[9, 9]] })).toEqual([9]);
});

it('takes no pieces that overlap: a page could ask for the same items a thousand times', () => {
  for (const ranges of [
    [
      [0, 5],
      [5, 6],
    ],
    [[4, 3]],
    [
      [3, 4],
      [0, 1],
    ],
    [],
  ]) {
    const selected = { runId: randomUUID(), total: 10, ranges };
    expect(selectedItemsSchema.safeParse(selected).success).toBe(false);
  }
});

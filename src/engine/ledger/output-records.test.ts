import { readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { open } from '../../../test/ledgers.ts';
import { tempFolder } from '../../../test/temp-folder.ts';
import { stampOf } from '../files/stamp.ts';
import type { Ledger } from './ledger.ts';
import { OutputRecords } from './output-records.ts';

let folder: string;
let ledger: Ledger | undefined;
let input: string;
let outputs: string[];

beforeEach(() => {
  folder = tempFolder();
  ({ ledger } = open(join(folder, 'state')));
  input = join(folder, 'a.jpg');
  outputs = ['a-1.jpg', 'a-2.jpg'].map((name) => join(folder, name));
  for (const path of [input, ...outputs]) writeFileSync(path, 'bytes');
  utimesSync(input, 10, 10);
});
afterEach(() => ledger?.close());

const records = (settings: object = { size: 1 }) => new OutputRecords(ledger, settings);

/** Records both outputs as made from the current version of the input. */
function record(): void {
  const [first = '', second = ''] = outputs;
  const made = { width: 1, height: 1, bytesOut: 5 };
  const told = records().recordThumbnails(
    {
      inputStamp: stampOf(statSync(input)),
      stages: [],
      produced: {
        output: first,
        ...made,
        outputs: [
          { output: first, ...made },
          { output: second, ...made },
        ],
      },
    },
    input,
  );
  expect(told).not.toHaveProperty('inputStamp');
}

describe('outputs', () => {
  it('are up to date when all are there, made by the recipe from the input as it is', () => {
    expect(records().areUpToDate(outputs, input)).toBe(false);
    record();
    expect(records().areUpToDate(outputs, input)).toBe(true);
  });

  it.each<[string, () => boolean]>([
    ['by another recipe', () => records({ size: 2 }).areUpToDate(outputs, input)],
    ['without a ledger', () => new OutputRecords(undefined, { size: 1 }).areUpToDate(outputs, input)],
    ['of another input', () => records().areUpToDate(outputs, outputs[0] ?? '')],
    ['with one more size', () => records().areUpToDate([...outputs, join(folder, 'a-3.jpg')], input)],
    [
      'where one was changed',
      () => {
        writeFileSync(outputs[1] ?? '', 'others');
        return records().areUpToDate(outputs, input);
      },
    ],
    [
      'where the input is another file of the same size and time',
      () => {
        const other = join(folder, 'other');
        writeFileSync(other, readFileSync(input));
        utimesSync(other, 10, 10);
        renameSync(other, input);
        return records().areUpToDate(outputs, input);
      },
    ],
    [
      'where the input was changed',
      () => {
        utimesSync(input, 11, 11);
        return records().areUpToDate(outputs, input);
      },
    ],
  ])('are not: %s', (_what, answer) => {
    record();
    expect(answer()).toBe(false);
  });

  it('of a URL are those of the recipe that are in the folder still', () => {
    const url = 'http://a/x.jpg';
    for (const [at, output] of outputs.entries()) {
      records({ size: at }).recordOutput({ output, input: url, inputStamp: '', bytes: 5 });
    }
    expect(
      records({ size: 1 })
        .madeOf(url, folder)
        .map(({ output }) => output),
    ).toEqual([outputs[1]]);
    expect(records({ size: 1 }).madeOf(url, join(folder, 'other'))).toEqual([]);
    writeFileSync(outputs[1] ?? '', 'others');
    expect(records({ size: 1 }).madeOf(url, folder)).toEqual([]);
  });
});

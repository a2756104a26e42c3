import { expect, it } from 'vitest';
import { resultColumns } from './result-columns.ts';

it('has these columns, and shows each of them here', () => {
  const shown = resultColumns.map(({ key, report }) => [
    key,
    report === 'all' ? 'reports' : 'reports, of what is done',
  ]);
  expect(shown).toEqual([
    ['bytesIn', 'reports, of what is done'],
    ['bytesOut', 'reports, of what is done'],
    ['width', 'reports'],
    ['height', 'reports'],
    ['ms', 'reports'],
    ['value', 'reports, of what is done'],
    ['tries', 'reports'],
  ]);
});

it('has no column under a name that reports and rows have for something else', () => {
  const others = [
    'index',
    'name',
    'input',
    'state',
    'status',
    'output',
    'thumb',
    'thumbnail',
    'sha256',
    'reason',
  ];
  const objects = ['listed', 'columns', 'error', 'errorCode', 'errorMessage'];
  const keys = resultColumns.map(({ key }): string => key);
  expect(keys.filter((key) => [...others, ...objects].includes(key))).toEqual([]);
  expect(new Set(keys).size).toBe(keys.length);
});

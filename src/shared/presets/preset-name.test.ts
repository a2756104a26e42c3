import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText } from '../../../test/any-text.ts';
import { safeName } from '../../engine/names/file-name.ts';
import { isSamePresetName, longestPresetName, presetName, presetNameFault } from './preset-name.ts';

const likelyName = fc.string({
  unit: fc.constantFrom(
    ..."abcXYZ019äéßж字ア ., ’&-_()+'",
    'e\u0301',
    '\u0301',
    '\u3164',
    '/',
    '\\',
    ':',
    '\u202e',
  ),
  maxLength: 80,
});

it('a name that is taken is the name of a file on any system, unchanged', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, likelyName).map(presetName), (name) => {
      if (presetNameFault(name) !== undefined) return;
      expect(safeName(`${name}.json`)).toBe(`${name}.json`);
      expect(Buffer.byteLength(`${name}.json`)).toBeLessThanOrEqual(255);
    }),
    { numRuns: 5_000 },
  );
});

it.each([
  ['Web gallery 2', undefined],
  ['für Oma (klein)', undefined],
  ['写真+', undefined],
  ["Anna's, large & small", undefined],
  ['a"b', 'characters'],
  ['', 'empty'],
  ['a'.repeat(longestPresetName), undefined],
  ['a'.repeat(longestPresetName + 1), 'long'],
  ['../up', 'characters'],
  ['.hidden', 'characters'],
  ['-flag', 'characters'],
  ['a/b', 'characters'],
  ['a\u202eb', 'characters'],
  ['a\u3164', 'characters'],
  ['e\u0301', 'characters'],
  ['ends.', 'end'],
  ['con', 'reserved'],
  ['LPT1.x', 'reserved'],
  ['Contact-Sheet', 'builtIn'],
])('of the name %j it says %s', (name, fault) => {
  expect(presetNameFault(name)).toBe(fault);
});

it('spaces around a name are none of it, and neither case nor the form of an accent makes another one', () => {
  expect(presetName('  e\u0301t\u00e9 ')).toBe('été');
  expect(isSamePresetName('Été', 'e\u0301te\u0301')).toBe(true);
  expect(isSamePresetName('web', 'webs')).toBe(false);
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText } from '../../../test/any-text.ts';
import { UsageError } from '../failure.ts';
import { parseFolderSettings } from './folder-preset.ts';

const thumbs = (settings: object) => JSON.stringify({ $schema: 'x', thumbs: settings }, null, 1);

it.each<[object, object]>([
  [{ size: 30 }, { box: { width: 30, height: 30 } }],
  [
    { size: ['75', '320x240'], fit: 'cover' },
    { box: { width: 75, height: 75 }, furtherBoxes: [{ width: 320, height: 240 }], fit: 'cover' },
  ],
  [{ format: ['webp', 'jpeg'] }, { format: 'webp', furtherFormats: ['jpeg'] }],
  [
    { format: 'png', quality: '70', sharpen: 0.5 },
    { format: 'png', quality: 70, sharpen: 0.5 },
  ],
  [
    { recursive: false, lossless: 'yes' },
    { recursive: false, lossless: true },
  ],
  [
    { exclude: 'cache', match: '*.jpg' },
    { exclude: ['cache'], match: '*.jpg' },
  ],
  [{ name: '{name}-s', out: 'small' }, { nameTemplate: '{name}-s' }],
  [{}, {}],
])('of %j the settings are %j', (settings, expected) => {
  expect(parseFolderSettings(thumbs(settings), 'shoal.json')).toEqual(expected);
});

it.each<[string, string]>([
  ['{', 'shoal.json:1: Expected JSON: '],
  ['[]', 'shoal.json: Expected an object in braces, got [].'],
  ['{"fetch": {"proxy": "x"}}', 'shoal.json:1: The shoal.json of a folder has settings of thumbs alone.'],
  [thumbs({ force: true }), 'shoal.json:4: The shoal.json of a folder cannot set force.'],
  [thumbs({ 'max-pixels': 9 }), 'shoal.json:4: The shoal.json of a folder cannot set max-pixels.'],
  [thumbs({ qualitty: 9 }), 'shoal.json:4: There is no setting qualitty of shoal thumbs; quality is one.'],
  [thumbs({ fit: 'cover', quality: 900 }), 'shoal.json:5: Expected quality to be at most 100, got 900.'],
  [thumbs({ size: 9_000 }), 'shoal.json:4: Expected size to be at most 4096 pixels a side, got 9000.'],
  [thumbs({ size: 'large' }), 'shoal.json:4: Expected size to be pixels such as 75 or 320x240, got "large".'],
  [thumbs({ out: '../up' }), 'shoal.json:4: Expected out to be a folder inside this one, got "../up".'],
  [thumbs({ keep: 'exif' }), 'shoal.json:4: Expected keep to be none or icc, got "exif".'],
  [thumbs({ lossless: 'maybe' }), 'shoal.json:4: Expected lossless to be true or false, got "maybe".'],
])('of the file %s it says: %s', (text, words) => {
  expect(() => parseFolderSettings(text, 'shoal.json')).toThrow(words);
});

it('any text is settings or a fault in words, never a crash', () => {
  const key = fc.constantFrom(
    'size',
    'format',
    'quality',
    'out',
    'match',
    'exclude',
    'name',
    'fit',
    'keep',
    'lossless',
  );
  const likely = fc
    .dictionary(key, fc.oneof(fc.jsonValue(), fc.constantFrom('75', 'webp', '../x', 0, true, ['1x1', '2'])))
    .map(thumbs);
  fc.assert(
    fc.property(fc.oneof(anyText, fc.json(), likely), (text) => {
      try {
        parseFolderSettings(text, 'shoal.json');
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
        expect((error as UsageError).message).not.toBe('');
      }
    }),
    { numRuns: 1_000 },
  );
});

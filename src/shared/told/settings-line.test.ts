import { expect, test } from 'vitest';
import { fetchRequestSchema, thumbnailRequestSchema } from '../requests.ts';
import { settingsLine } from './settings-line.ts';

test.each([
  [{}, '75 × 75, whole'],
  [
    { box: { width: 256, height: 256 }, fit: 'cover', format: 'webp', quality: 70 },
    '256 × 256, cropped, WebP 70',
  ],
  [{ furtherBoxes: [{ width: 300, height: 200 }], format: 'png' }, '75 × 75 and 300 × 200, whole, PNG'],
  [
    { fit: 'cover', position: 'northeast', sharpen: 0.5 },
    '75 × 75, cropped, Position Top right, Sharpen 0.5',
  ],
  [{ format: 'webp', furtherFormats: ['same'], quality: 70 }, '75 × 75, whole, WebP and as input 70'],
  [{ quality: 50, fast: true }, '75 × 75, whole, quality 50, Quicker JPEG, less sharp'],
])('the settings of thumbnails are a line: %j', (recipe, line) => {
  expect(settingsLine(thumbnailRequestSchema.parse({ kind: 'thumbnails', paths: ['/a'], recipe }))).toBe(
    line,
  );
});

test('of a fetch only what is not usual is told, without its flags', () => {
  const request = (recipe: object) =>
    fetchRequestSchema.parse({ kind: 'fetch', inputs: [{ kind: 'text', text: 'x' }], recipe });
  expect(settingsLine(request({}))).toBe('');
  expect(settingsLine(request({ perHost: 2, minGap: 1 }))).toBe(
    'Per host 2, Wait between requests to a host 1',
  );
  expect(settingsLine(request({ thumbnail: { box: { width: 9, height: 9 } } }))).toBe(
    'thumbnails 9 × 9, whole',
  );
});

test('a switch that is off is not told as if it were on', () => {
  const paths = ['/a'];
  const line = (more: object) =>
    settingsLine({ ...thumbnailRequestSchema.parse({ kind: 'thumbnails', paths, recipe: {} }), ...more });
  expect(line({ recursive: false })).toBe('75 × 75, whole, Include subfolders: off');
  expect(line({ force: true, journal: false })).toBe(
    '75 × 75, whole, Redo what is already there, journal: off',
  );
});

test('of a function of one’s own it tells how it is applied, and of long options the beginning', () => {
  const recipe = { data: { names: ['x'.repeat(100)] }, retries: 2, timeoutMs: 1_500 };
  expect(settingsLine({ kind: 'map', module: '/x.js', inputs: [], recipe })).toBe(
    `Options for the function {"names":["${'x'.repeat(29)}…, Retries 2, Give up a try after 1.5`,
  );
});

test('a request of another kind, or none, has an empty line', () => {
  expect(settingsLine(null)).toBe('');
  expect(settingsLine({ kind: 'map', module: '/x.js' })).toBe('');
});

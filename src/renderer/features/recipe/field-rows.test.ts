import { expect, it } from 'vitest';
import { fetchSettings } from '../../../shared/settings/fetch-settings.ts';
import { thumbnailSettings } from '../../../shared/settings/thumbnail-settings.ts';
import { fieldRows } from './field-rows.ts';

const keys = (settings: Parameters<typeof fieldRows>[0]) =>
  fieldRows(settings).map((row) => row.map(([key]) => key));

it('what has a field has a row, and halves share one', () => {
  expect(keys(fetchSettings)).toEqual([
    ['perHost', 'retries'],
    ['timeout'],
    ['imagesOf'],
    ['literal'],
    ['redact'],
  ]);
  expect(keys(thumbnailSettings)).toEqual([['fit'], ['format', 'quality']]);
});

it('a half that another setting follows has a row of its own', () => {
  const { perHost, timeout, retries } = fetchSettings;
  expect(keys({ perHost, timeout, retries })).toEqual([['perHost'], ['timeout'], ['retries']]);
});

import { expect, it } from 'vitest';
import { fetchSettings } from '../../../../shared/settings/fetch-settings.ts';
import { thumbnailSettings } from '../../../../shared/settings/thumbnail-settings.ts';
import { changedWords } from './changed-settings.ts';
import { fieldRows, foldedSettings, seenSettings } from './field-rows.ts';

const keys = (rows: ReturnType<typeof fieldRows>) => rows.map((row) => row.map(([key]) => key));

it('what is always seen has a row, and halves share one', () => {
  expect(keys(fieldRows(seenSettings(fetchSettings)))).toEqual([
    ['perHost', 'retries'],
    ['timeout'],
    ['imagesOf'],
  ]);
  expect(keys(fieldRows(seenSettings(thumbnailSettings)))).toEqual([['fit'], ['format'], ['quality']]);
});

it('all else that has a field is folded away below a heading', () => {
  expect(foldedSettings(thumbnailSettings).map(({ group, settings }) => [group, settings.length])).toEqual([
    ['Names', 1],
    ['Look', 3],
    ['Colours and metadata', 2],
    ['Reading', 4],
    ['Writing', 5],
  ]);
  const access = foldedSettings(fetchSettings).find(({ group }) => group === 'Access')?.settings ?? [];
  expect(keys(fieldRows(access)).flat()).toContain('password');
});

it('what differs from the defaults is told in a line, and no secret with it', () => {
  const settings = Object.entries(fetchSettings);
  expect(changedWords(settings, { retries: 3, maxBytes: undefined })).toBe('');
  const values = {
    retries: 5,
    maxBytes: 2_097_152,
    literal: true,
    originals: false,
    user: 'me',
    password: 'x',
  };
  expect(changedWords(settings, values)).toBe(
    'Retries 5 · Refuse larger files 2M · Off: Keep the files, not only their thumbnails · User · Password · Take brackets in URLs literally',
  );
});

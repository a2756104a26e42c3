import { expect, it } from 'vitest';
import type { Preview } from '../../../shared/ipc/job.ts';
import { forecastWords, foundNothing, headline } from './preview-words.ts';

const counted = (counts: Partial<Preview>): Preview => ({
  total: 0,
  skipped: 0,
  destination: '/photos/thumbs',
  unusable: 0,
  unusableExamples: [],
  partial: false,
  ...counts,
});

it('says what there is to do', () => {
  expect(headline('thumbnails', counted({ total: 1_240, skipped: 40 }))).toBe('Make 1,200 thumbnails');
  expect(headline('fetch', counted({ total: 2, unusable: 1 }))).toBe('Download 1 file');
  expect(headline('thumbnails', counted({ total: 5, skipped: 5 }))).toBe('Everything is up to date');
  expect(headline('fetch', counted({ total: 1, unusable: 1 }))).toBe('Nothing here can be used');
});

it('says that it is at least so much where the count was broken off', () => {
  expect(headline('thumbnails', counted({ total: 3_000, partial: true }))).toBe(
    'Make at least 3,000 thumbnails',
  );
});

it('does not take a count that has come to nothing yet for nothing there', () => {
  const slow = counted({ total: 0, partial: true });
  expect(foundNothing(slow)).toBe(false);
  expect(headline('thumbnails', slow)).toBe('Make thumbnails of what is found');
  expect(foundNothing(counted({ total: 0 }))).toBe(true);
  expect(headline('thumbnails', counted({ total: 0 }))).toBe('No images found');
});

it('tells a forecast as roughly as it is known', () => {
  const forecast = { poolSize: 8, items: 6_000, seconds: 31.4, bytesIn: 84e6, bytesOut: 3e6, failures: 0 };
  expect(forecastWords(forecast)).toBe('About 31 s with 8 at once; 84 MB read, 3 MB written');
  expect(forecastWords({ ...forecast, seconds: 4.21, failures: 12 })).toBe(
    'About 4.2 s with 8 at once; 84 MB read, 3 MB written; 12 may fail',
  );
});

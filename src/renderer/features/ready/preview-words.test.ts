import { afterEach, expect, it } from 'vitest';
import { speak } from '../../../languages/translate.ts';
import type { Preview } from '../../../shared/ipc/job.ts';
import { canStart } from '../../stores/preview.ts';
import {
  alreadyThere,
  forecastWords,
  foundNothing,
  headline,
  removedWords,
  replacedWords,
  startWords,
} from './preview-words.ts';

afterEach(() => speak('en'));

const emptyContents = {
  formats: [],
  unread: [],
  unreadNames: [],
  twice: 0,
  hosts: [],
  furtherHosts: 0,
  furtherUrls: 0,
  otherSettings: 0,
  earlier: 0,
};

const counted = (counts: Partial<Preview>): Preview => ({
  total: 0,
  seen: counts.total ?? 0,
  skipped: 0,
  destination: '/photos/thumbs',
  unusable: 0,
  unusableExamples: [],
  warnings: [],
  contents: emptyContents,
  partial: false,
  goesOn: false,
  ...counts,
});

it('says what there is to do', () => {
  expect(headline('thumbnails', counted({ total: 1_240, skipped: 40 }))).toBe('Make 1,200 thumbnails');
  expect(headline('fetch', counted({ total: 2, unusable: 1 }))).toBe('Download 1 file');
  expect(headline('thumbnails', counted({ total: 5, skipped: 5 }))).toBe('Everything is up to date');
  expect(headline('fetch', counted({ total: 1, unusable: 1 }))).toBe('Nothing here can be used');
});

it('says what there is to remove, where nothing is to be made', () => {
  const gone = counted({ total: 5, skipped: 5, removals: 2 });
  expect(headline('thumbnails', gone)).toBe('Remove 2 thumbnails of deleted originals');
  expect(startWords('thumbnails', gone)).toBe('Remove 2 thumbnails of deleted originals');
  expect(headline('thumbnails', { ...gone, skipped: 4 })).toBe('Make 1 thumbnail');
  expect(removedWords({ ...gone, removals: 1 })).toBe('1 thumbnail of a deleted original');
  const state = { loading: false, problem: undefined, forecast: undefined };
  expect(canStart({ ...state, preview: gone })).toBe(true);
  expect(canStart({ ...state, preview: counted({ total: 5, skipped: 5 }) })).toBe(false);
});

it('says what there is so far while it is counted, of what was looked at alone', () => {
  const soFar = counted({ total: 20_000, seen: 8_000, skipped: 7_000, partial: true });
  expect(headline('thumbnails', soFar)).toBe('1,000 thumbnails to make so far');
  expect(alreadyThere(soFar, false)).toBe('7,000 so far, of 8,000 looked at; 20,000 found');
  expect(headline('fetch', counted({ total: 20_000, seen: 0, partial: true }))).toBe('Counting…');
});

it('says that all is new only where that was looked at', () => {
  expect(alreadyThere(counted({ total: 3 }), false)).toBe('None; everything is new or has changed');
  expect(alreadyThere(counted({ total: 3 }), true)).toBe('Not asked: all of it is made anew');
});

it('says what a run would replace, and what the button does', () => {
  const contents = { ...emptyContents, otherSettings: 376, earlier: 1 };
  const preview = counted({ total: 400, contents });
  expect(replacedWords(preview)).toBe('376 made with other settings and 1 made before will be replaced');
  expect(alreadyThere(preview, false)).toBe('None that can stay as it is');
  expect(replacedWords(counted({ total: 400 }))).toBeUndefined();
  expect(startWords('thumbnails', preview)).toBe('Make 400 thumbnails');
  expect(startWords('fetch', counted({ total: 1, partial: true }))).toBe('Start downloading');
});

it('does not say that nothing is there where it cannot be read', () => {
  const contents = { ...emptyContents, unread: [{ name: 'OpenEXR', count: 3 }] };
  expect(headline('thumbnails', counted({ contents }))).toBe('No image here can be read');
});

it('does not take a count that has come to nothing yet for nothing there', () => {
  const slow = counted({ total: 0, partial: true });
  expect(foundNothing(slow)).toBe(false);
  expect(headline('thumbnails', slow)).toBe('Counting…');
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

it('counts in the language of the person, whole sentences at a time', () => {
  speak('de');
  expect(headline('thumbnails', counted({ total: 1 }))).toBe('1 Vorschaubild machen');
  expect(startWords('fetch', counted({ total: 1_200 }))).toBe('1.200 Dateien herunterladen');
  const contents = { ...emptyContents, otherSettings: 376, earlier: 1 };
  expect(replacedWords(counted({ total: 400, contents, partial: true }))).toBe(
    '376 mit anderen Einstellungen und 1 von früher – wird ersetzt, bis jetzt',
  );
});

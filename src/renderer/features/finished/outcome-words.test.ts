import { expect, it } from 'vitest';
import type { RunView } from '../../stores/run-view.ts';
import { outcomeOf } from './outcome-words.ts';

const none = { total: 0, totalKnown: true, done: 0, skipped: 0, failed: 0, cancelled: 0, inFlight: 0 };

function told(kind: RunView['kind'], counters: Partial<RunView['counters']>, more: Partial<RunView> = {}) {
  const all = { ...none, bytesIn: 0, bytesOut: 0, ...counters };
  const ended = all.done + all.skipped + all.failed + all.cancelled;
  const { tone, ...words } = outcomeOf({ kind, counters: { ...all, total: all.total || ended }, ...more });
  return [Object.values(words).join(', '), tone];
}

it.each([
  [
    told('thumbnails', { done: 376, failed: 13, bytesIn: 84_000_000, bytesOut: 485_000 }),
    ['376 thumbnails, 84 MB → 485 kB, 13 could not be made', 'mixed'],
  ],
  [
    told('fetch', { done: 2_928, failed: 36, bytesIn: 412_000_000, bytesOut: 412_000_000 }),
    ['2,928 files, 412 MB, 36 could not be fetched', 'mixed'],
  ],
  [told('fetch', { done: 1, bytesOut: 100 }), ['1 file, 100 B', 'good']],
  [told('fetch', { failed: 3 }), ['0 files, 3 could not be fetched', 'bad']],
  [told('thumbnails', { skipped: 9 }), ['Nothing to do: everything was up to date', 'good']],
  [told('thumbnails', { skipped: 9, done: 1 }), ['1 thumbnail', 'good']],
  [told('thumbnails', { skipped: 9 }, { removed: 2 }), ['2 thumbnails of deleted originals removed', 'good']],
  [
    told('thumbnails', { done: 1, bytesIn: 9_000, bytesOut: 1_000 }, { removed: 1 }),
    ['1 thumbnail, 9 kB → 1 kB, 1 thumbnail of a deleted original removed', 'good'],
  ],
  [
    told('fetch', { done: 10, cancelled: 2, total: 100 }, { wasCancelled: true }),
    ['Cancelled: 10 files, 90 left undone', 'neutral'],
  ],
  [
    told('thumbnails', { done: 2, total: 5 }, { problem: 'The disk is full.' }),
    ['Ended early: 2 thumbnails, 3 left undone', 'bad'],
  ],
])('says in one line what a run came to: %j', (said, expected) => expect(said).toEqual(expected));

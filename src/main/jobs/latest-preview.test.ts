import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PlannedItems } from '../../engine/run/front-ends/index.ts';
import { SpreadSample } from '../samples/spread-sample.ts';
import { LatestPreview } from './latest-preview.ts';
import { PreviewContents } from './preview-contents.ts';
import type { PreviewCount } from './preview-job.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A count that is as far as it is told to be. */
function counting() {
  const over = Promise.withResolvers<void>();
  const state = { seen: 0, goesOn: true };
  let begun = 0;
  let signal: AbortSignal | undefined;
  const begin = (given: AbortSignal): PreviewCount => {
    begun += 1;
    signal = given;
    return {
      preview: () => ({
        total: state.seen,
        seen: state.seen,
        skipped: 0,
        destination: '/thumbs',
        unusable: 0,
        unusableExamples: [],
        warnings: [],
        contents: new PreviewContents('thumbnails').view(new Map()),
        partial: state.goesOn,
        goesOn: state.goesOn,
      }),
      planned: new PlannedItems(),

      spread: new SpreadSample<string>(8),
      ended: over.promise,
    };
  };
  const end = () => {
    state.goesOn = false;
    over.resolve();
  };
  return { state, begin, end, begun: () => begun, stopped: () => signal?.aborted };
}

it('tells how far a count is, and goes on with it when it is asked again', async () => {
  const previews = new LatestPreview();
  const count = counting();
  count.state.seen = 8_000;
  const first = previews.ask('photos', count.begin);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await first).toMatchObject({ seen: 8_000, partial: true, goesOn: true });
  expect(previews.plannedOf('photos')).toBeUndefined();
  const second = previews.ask('photos', count.begin);
  count.state.seen = 20_000;
  count.end();
  expect(await second).toMatchObject({ seen: 20_000, partial: false, goesOn: false });
  expect(count.begun()).toBe(1);
  expect(previews.plannedOf('photos')).toBeDefined();
});

it('counts anew what was counted to its end, as the disk may have changed', async () => {
  const previews = new LatestPreview();
  const count = counting();
  count.end();
  await previews.ask('photos', count.begin);
  await previews.ask('photos', count.begin);
  expect(count.begun()).toBe(2);
});

it('stops a count when another job is asked about', async () => {
  const previews = new LatestPreview();
  const [photos, urls] = [counting(), counting()];
  void previews.ask('photos', photos.begin);
  urls.end();
  await previews.ask('urls', urls.begin);
  expect(photos.stopped()).toBe(true);
  expect(previews.plannedOf('photos')).toBeUndefined();
});

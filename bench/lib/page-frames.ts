import type { Page } from '@playwright/test';

/** A distribution, in milliseconds. */
interface Times {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** What a person would feel of the page. */
export interface PageFigures {
  readonly frames: number;
  /**
   * From one frame to the next, in whole refreshes of the screen: at 60 Hz 16.7, or 33.3 where one was missed. The
   * page's clock is coarse (0.1 ms) and tells a refresh as 16.6 to 16.8.
   */
  readonly interval: Times;
  /** The share of refreshes that passed without a frame. */
  readonly missed: number;
  /** What the page's thread was busy with for a frame: from its callbacks to the end of style, layout and paint. */
  readonly work: Times;
  /** Tasks of more than 50 ms, which a person notices (the platform's own limit for "long"). */
  readonly longTasks: number;
  readonly longestTask: number;
}

interface Seen {
  readonly at: number[];
  readonly work: number[];
  readonly tasks: number[];
  readonly firstThumbnail: Promise<number>;
  readonly finished: Promise<void>;
}

declare global {
  interface Window {
    shoalFrames: Seen;
  }
}

/** Starts to note each frame, each long task, the next drop, the first thumbnail after it, and the end of the run. */
export async function watchPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const first = Promise.withResolvers<number>();
    const finished = Promise.withResolvers<void>();
    const seen = {
      at: [] as number[],
      work: [] as number[],
      tasks: [] as number[],
      firstThumbnail: first.promise,
      finished: finished.promise,
    };
    window.shoalFrames = seen;
    // A message that is posted in a frame's callback arrives when the frame has been painted.
    const afterFrame = new MessageChannel();
    let begun = 0;
    afterFrame.port1.onmessage = () => seen.work.push(performance.now() - begun);
    const frame = (now: number): void => {
      seen.at.push(now);
      begun = performance.now();
      afterFrame.port2.postMessage(undefined);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.tasks.push(duration);
    }).observe({ type: 'longtask' });
    let droppedAt = 0;
    window.addEventListener(
      'drop',
      () => {
        droppedAt = performance.now();
      },
      { capture: true },
    );
    // Load events of images do not bubble, but they can be captured. On screen it is once it is decoded, with the
    // end of the next frame.
    const onLoad = ({ target }: Event): void => {
      if (!(target instanceof HTMLImageElement) || !target.src.startsWith('thumb:')) return;
      document.removeEventListener('load', onLoad, { capture: true });
      void target
        .decode()
        .then(() =>
          requestAnimationFrame(() => setTimeout(() => first.resolve(performance.now() - droppedAt))),
        );
    };
    document.addEventListener('load', onLoad, { capture: true });
    window.api.on('run:update', ({ state }) => {
      if (state === 'finished') finished.resolve();
    });
  });
}

/** From the drop to the frame with the first thumbnail, in milliseconds. Asked once, so that asking costs nothing. */
export function firstThumbnail(page: Page): Promise<number> {
  return page.evaluate(() => window.shoalFrames.firstThumbnail);
}

/** Until the page has been told of the run's end. */
export function runFinished(page: Page): Promise<void> {
  return page.evaluate(() => window.shoalFrames.finished);
}

/** Figures since the last call. */
export async function takeFrames(page: Page): Promise<PageFigures> {
  const { at, work, tasks } = await page.evaluate(() => {
    const { at, work, tasks } = window.shoalFrames;
    return { at: at.splice(0), work: work.splice(0), tasks: tasks.splice(0) };
  });
  const exact = at.slice(1).map((time, place) => time - (at[place] ?? time));
  const refresh = times(exact).p50;
  const refreshes = exact.map((interval) => Math.max(1, Math.round(interval / refresh)));
  const all = refreshes.reduce((sum, count) => sum + count, 0);
  return {
    frames: exact.length,
    interval: times(refreshes.map((count) => count * refresh)),
    missed: all > 0 ? 1 - exact.length / all : 0,
    work: times(work),
    longTasks: tasks.length,
    longestTask: Math.max(0, ...tasks),
  };
}

function times(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0 };
}

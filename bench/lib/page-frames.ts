import type { Page } from '@playwright/test';

/** What a person would feel of the page. Times in milliseconds. */
export interface PageFigures {
  readonly frames: number;
  readonly p50: number;
  readonly p95: number;
  readonly longestFrame: number;
  readonly longestTask: number;
}

declare global {
  interface Window {
    shoalFrames: { at: number[]; longestTask: number; dropAt: number; shownAt: number };
  }
}

/** Starts to note each frame, each long task, the next drop and the first thumbnail that is drawn after it. */
export async function watchPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = { at: [] as number[], longestTask: 0, dropAt: 0, shownAt: 0 };
    window.shoalFrames = seen;
    const frame = (now: number): void => {
      seen.at.push(now);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longestTask = Math.max(seen.longestTask, duration);
    }).observe({ type: 'longtask' });
    window.addEventListener(
      'drop',
      () => {
        seen.dropAt = performance.now();
      },
      { capture: true },
    );
    // Load events of images do not bubble, but they can be captured; the frame after it shows the picture.
    document.addEventListener(
      'load',
      ({ target }) => {
        if (seen.shownAt > 0 || !(target instanceof HTMLImageElement) || !target.src.startsWith('thumb:'))
          return;
        seen.shownAt = -1;
        requestAnimationFrame(() => {
          seen.shownAt = performance.now();
        });
      },
      { capture: true },
    );
  });
}

/** From the drop to the frame with the first thumbnail; undefined while there is none. */
export function firstThumbnail(page: Page): Promise<number | undefined> {
  return page.evaluate(() => {
    const { dropAt, shownAt } = window.shoalFrames;
    return dropAt > 0 && shownAt > 0 ? shownAt - dropAt : undefined;
  });
}

/** Figures since the last call. */
export function takeFrames(page: Page): Promise<PageFigures> {
  return page.evaluate(() => {
    const seen = window.shoalFrames;
    const times = seen.at.slice(1).map((at, place) => at - (seen.at[place] ?? at));
    times.sort((a, b) => a - b);
    const at = (share: number): number =>
      Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
    const longestTask = Math.round(seen.longestTask);
    seen.at.length = 0;
    seen.longestTask = 0;
    const longestFrame = Math.round(times.at(-1) ?? 0);
    return { frames: times.length, p50: at(0.5), p95: at(0.95), longestFrame, longestTask };
  });
}

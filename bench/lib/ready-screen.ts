import type { Page } from '@playwright/test';
import type { LaunchedApp } from '../../e2e/launched-app.ts';

/** From the drop of a folder whose thumbnails are all there to the sentence that says so, in milliseconds. */
export async function upToDateAfter(app: LaunchedApp, folder: string): Promise<number> {
  const told = app.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let dropped = Number.NaN;
        window.addEventListener(
          'drop',
          () => {
            dropped = performance.now();
          },
          { capture: true, once: true },
        );
        const look = (): void => {
          const words = document.querySelector('section[aria-label="Preview"] h2')?.textContent;
          if (words === 'Everything is up to date') resolve(performance.now() - dropped);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  await app.drop([folder]);
  return told;
}

/** From a click on another size to the frame with the eight samples at that size, in milliseconds. */
export function samplesAfter(page: Page, size: string): Promise<number> {
  return page.evaluate(
    (name) =>
      new Promise<number>((resolve, reject) => {
        const images = () => [
          ...document.querySelectorAll<HTMLImageElement>(
            'section[aria-label="How they will look"] button img',
          ),
        ];
        const before = new Set(images().map(({ src }) => src));
        const button = document.querySelector<HTMLElement>(`button[aria-label="${name}"]`);
        if (button === null) return reject(new Error(`There is no button ${name}.`));
        const clicked = performance.now();
        button.click();
        const look = (): void => {
          const isNew = images().every(({ src, complete }) => complete && !before.has(src));
          if (isNew && images().length === before.size) resolve(performance.now() - clicked);
          else requestAnimationFrame(look);
        };
        look();
      }),
    size,
  );
}
